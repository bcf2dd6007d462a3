import { describe, expect, test } from '@jest/globals';
import type { RequestLine } from '../../src/operations/log.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { fakeService } from '../support/fake-service.js';

const base = 'https://fhir.example/r4';

function metrics() {
  const made = createMetrics({
    product: { name: 'vertebral-cds', version: '1.2.3' },
    clients: ['north'],
    fhirServers: [base],
    services: [fakeService('order-sign')],
  });
  const lines = async () =>
    (await made.render()).text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { made, lines };
}
const line: RequestLine = {
  requestId: 'r',
  traceId: '1'.repeat(32),
  route: 'call',
  status: 200,
  ms: 12,
  client: 'north',
  hook: 'order-sign',
};

describe('a request is counted', () => {
  const rows: readonly [string, Partial<RequestLine>, string][] = [
    ['by route and status', {}, 'requests_total{route="call",status="200"} 1'],
    ['by hook and client', {}, 'hook_calls_total{hook="order-sign",client="north",status="200"} 1'],
    ['with its time', {}, 'hook_call_seconds_bucket{le="0.025",hook="order-sign"} 1'],
    [
      'with its cards',
      { outcomes: ['kyphoplasty', 'defer'], rules: ['T6', '0.4'] },
      'cards_total{outcome="defer",rule="0.4"} 1',
    ],
    [
      'with the data it lacked',
      { status: 412, prefetch: { present: 2, timeout: 3 } },
      'data_unavailable_total{client="north",reason="timeout"} 3',
    ],
    ['with data of other patients', { otherPatients: 2 }, 'other_patient_resources_total{client="north"} 2'],
    [
      'as refused, with the reason',
      { status: 401, refusal: 'expired' },
      'tokens_refused_total{client="north",reason="expired"} 1',
    ],
    ['as too many', { status: 429, failure: 'too-many-calls' }, 'rate_limited_total{client="north"} 1'],
    ['with its feedback', { route: 'feedback', feedback: 4 }, 'feedback_total{client="north"} 4'],
  ];
  test.each(rows)('%s', async (_how, members, expected) => {
    const { made, lines } = metrics();
    made.request({ ...line, ...members });
    expect(await lines()).toContain(`vertebral_cds_${expected}`);
  });
});

test('reads, retries and breakers are counted by registered base', async () => {
  const { made, lines } = metrics();
  made.fhirRead({
    client: 'north',
    server: base,
    resourceType: 'Condition',
    outcome: 'resource',
    ms: 30,
    attempts: 3,
  });
  made.breaker({ server: base, state: 'open' });
  expect(await lines()).toEqual(
    expect.arrayContaining([
      `vertebral_cds_fhir_reads_total{client="north",server="${base}",resource_type="Condition",outcome="resource"} 1`,
      `vertebral_cds_fhir_retries_total{server="${base}"} 2`,
      `vertebral_cds_breaker_open{server="${base}"} 1`,
    ]),
  );
});

test('a breaker that never opened is there, at 0, so that an alert can be told from silence', async () => {
  expect(await metrics().lines()).toContain(`vertebral_cds_breaker_open{server="${base}"} 0`);
});

test('whatever strangers send makes no new series, and shows in none', async () => {
  const { made, lines } = metrics();
  const before = (await lines()).length;
  for (let index = 0; index < 2000; index += 1) {
    const canary = `canary-${index}`;
    made.request({ ...line, client: canary, outcomes: [canary], rules: [canary] });
    made.fhirRead({
      client: canary,
      server: canary,
      resourceType: canary,
      outcome: 'failed',
      ms: 1,
      attempts: 2,
    });
    made.breaker({ server: canary, state: 'open' });
  }
  const after = await lines();
  // Outcomes and rules come from our own services: they are kept, up to a number.
  const ownWords = after.filter((one) => one.startsWith('vertebral_cds_cards_total'));
  expect(ownWords.length).toBeLessThanOrEqual(201);
  expect(after.length - ownWords.length).toBeLessThan(before + 60);
  expect(after.filter((one) => one.includes('canary') && !ownWords.includes(one))).toEqual([]);
});

test('two services in one process do not share what they count', async () => {
  const [one, other] = [metrics(), metrics()];
  one.made.request(line);
  expect((await other.lines()).join()).not.toContain('hook_calls_total{');
});
