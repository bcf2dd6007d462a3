import { describe, expect, test } from '@jest/globals';
import { createMetrics } from '../../src/operations/metrics.js';
import type { RequestLine } from '../../src/operations/request-line.js';
import { fakeService } from '../support/fake-service.js';

const base = 'https://fhir.example/r4';

function metrics() {
  const made = createMetrics({
    product: { name: 'vertebral-cds', version: '1.2.3' },
    knowledgeVersion: '4.5.6',
    clients: ['north'],
    fhirServers: [base],
    services: [fakeService('order-sign')],
    refusals: ['expired', 'signature'],
  });
  const lines = async () =>
    (await made.render()).text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { made, lines };
}
const withoutHook: RequestLine = {
  requestId: 'r',
  traceId: '1'.repeat(32),
  route: 'call',
  status: 200,
  ms: 12,
  client: 'north',
};
const line: RequestLine = { ...withoutHook, hook: 'order-sign' };
const read = {
  client: 'north',
  server: base,
  resourceType: 'Condition',
  outcome: 'resource',
  ms: 30,
  attempts: 3,
} as const;

describe('a request is counted', () => {
  const rows: readonly [string, Partial<RequestLine>, string][] = [
    ['by route and status', {}, 'requests_total{route="call",status="200"} 1'],
    ['by hook and client', {}, 'hook_calls_total{hook="order-sign",client="north",status="200"} 1'],
    ['with its time', {}, 'hook_call_seconds_bucket{le="0.025",hook="order-sign"} 1'],
    [
      'with its cards',
      { outcomes: ['kyphoplasty', 'defer'], rules: ['T6', '0.4'], indicators: ['info', 'critical'] },
      'cards_total{outcome="defer",rule="0.4",indicator="critical"} 1',
    ],
    [
      'as one with nothing to say',
      { cards: 0 },
      'calls_without_cards_total{hook="order-sign",client="north"} 1',
    ],
    [
      'with the data it lacked',
      { status: 412, gaps: { patient: 'none', conditions: 'timeout' } },
      'data_unavailable_total{client="north",key="conditions",reason="timeout"} 1',
    ],
    ['with data of other patients', { otherPatients: 2 }, 'other_patient_resources_total{client="north"} 2'],
    [
      'as refused, with the reason',
      { status: 401, refusal: 'expired' },
      'tokens_refused_total{client="north",reason="expired"} 1',
    ],
    ['as too many', { status: 429, failure: 'too-many-calls' }, 'rate_limited_total{client="north"} 1'],
    [
      'with the feedback that accepts',
      { route: 'feedback', feedback: 4, accepted: 1 },
      'feedback_total{client="north",outcome="accepted"} 1',
    ],
    [
      'with the feedback that overrides',
      { route: 'feedback', feedback: 4, accepted: 1 },
      'feedback_total{client="north",outcome="overridden"} 3',
    ],
  ];
  test.each(rows)('%s', async (_how, members, expected) => {
    const { made, lines } = metrics();
    made.request({ ...line, ...members });
    expect(await lines()).toContain(`vertebral_cds_${expected}`);
  });

  test('without a hook, by route and status alone', async () => {
    const { made, lines } = metrics();
    made.request({ ...withoutHook, route: 'discovery' });
    expect((await lines()).filter((one) => one.includes('hook="'))).toEqual([]);
  });
});

test('reads, retries and breakers are counted by registered base', async () => {
  const { made, lines } = metrics();
  made.fhirRead(read);
  made.breaker({ server: base, state: 'half-open' });
  expect(await lines()).toEqual(
    expect.arrayContaining([
      `vertebral_cds_fhir_reads_total{client="north",server="${base}",resource_type="Condition",outcome="resource"} 1`,
      `vertebral_cds_fhir_read_seconds_bucket{le="0.05",client="north",server="${base}"} 1`,
      `vertebral_cds_fhir_retries_total{server="${base}"} 2`,
      `vertebral_cds_breaker_open{server="${base}"} 0.5`,
    ]),
  );
});

test('what alerts look at is there, at 0, before anything has happened', async () => {
  expect(await metrics().lines()).toEqual(
    expect.arrayContaining([
      `vertebral_cds_breaker_open{server="${base}"} 0`,
      'vertebral_cds_not_written_total{what="audit-lost"} 0',
      'vertebral_cds_not_written_total{what="log-lost"} 0',
      'vertebral_cds_other_patient_resources_total{client="north"} 0',
      'vertebral_cds_requests_total{route="call",status="500"} 0',
      'vertebral_cds_ready 0',
    ]),
  );
});

test('what is running, whether it is ready and what it could not write is told', async () => {
  const { made, lines } = metrics();
  made.ready(true);
  made.notWritten('audit-lost', 7);
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'vertebral_cds_ready 1',
      'vertebral_cds_not_written_total{what="audit-lost"} 7',
      'vertebral_cds_build_info{version="1.2.3",knowledge_version="4.5.6"} 1',
    ]),
  );
  expect((await lines()).some((one) => one.startsWith('vertebral_cds_nodejs_eventloop_lag_seconds'))).toBe(
    true,
  );
});

/** Types hold no stranger back: whatever each member is made of at run time. */
const smuggled = (text: string) => text as never;

test('whatever strangers send in any member makes no new series, and shows in none', async () => {
  const { made, lines } = metrics();
  for (let index = 0; index < 10_000; index += 1) {
    const canary = smuggled(`canary "${index}"\n\\`);
    made.request({
      requestId: canary,
      traceId: canary,
      route: canary,
      status: canary,
      ms: index,
      failure: canary,
      client: canary,
      refusal: canary,
      service: canary,
      hook: canary,
      cards: 0,
      outcomes: [canary],
      rules: [canary],
      indicators: [canary],
      gaps: { [canary]: canary },
      otherPatients: 1,
      feedback: 2,
      accepted: 1,
    });
    made.fhirRead({
      client: canary,
      server: canary,
      resourceType: canary,
      outcome: canary,
      ms: index,
      attempts: 2,
    });
    made.breaker({ server: canary, state: 'open' });
    made.notWritten(canary, 1);
  }
  const after = (await lines()).filter((one) => !/^vertebral_cds_(process|nodejs)_/.test(one));
  expect(after.join('\n')).not.toContain('canary');
  expect(after.length).toBeLessThan(90);
}, 30_000);

test('outcomes and rules, which are words of the services, are kept up to a number', async () => {
  const { made, lines } = metrics();
  for (let index = 0; index < 1000; index += 1) {
    made.request({ ...line, outcomes: [`outcome-${index}`], rules: [`T${index}`], indicators: ['info'] });
  }
  const given = (await lines()).filter((one) => one.startsWith('vertebral_cds_cards_total'));
  expect(given.length).toBe(201);
  expect(given).toContain('vertebral_cds_cards_total{outcome="other",rule="other",indicator="info"} 800');
});

test('two services in one process do not share what they count', async () => {
  const [one, other] = [metrics(), metrics()];
  one.made.request(line);
  expect((await other.lines()).join()).not.toContain('hook_calls_total{');
});
