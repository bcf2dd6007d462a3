import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { responseSchema } from '../../src/cds-hooks/response.js';
import type { HookCall } from '../../src/cds-hooks/service.js';
import { post, testApp } from '../support/app.js';
import { fakeService, oneCard } from '../support/fake-service.js';
import { startFhirServer, type FhirTestServer } from '../support/fhir-server.js';
import { orderSignRequest, patientViewRequest } from '../support/hook-request.js';

const patient = { resourceType: 'Patient', id: 'p1' } as const;
const condition = { resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/p1' } } as const;
const conditions = { resourceType: 'Bundle', entry: [{ resource: condition }] };
const path = '/cds-services/fake-patient-view';

let server: FhirTestServer;
beforeEach(async () => {
  server = await startFhirServer([patient, condition], { token: 'canary-token' });
});
afterEach(() => server.close());
const ehr = () => ({ fhirServer: server.baseUrl, fhirAuthorization: { access_token: 'canary-token' } });

describe('a call is answered with cards', () => {
  test.each(['application/json', 'application/fhir+json', 'application/json; charset=UTF-8'])(
    'sent as %s',
    async (type) => {
      const { app } = testApp();
      const call = patientViewRequest({ prefetch: { patient, conditions } });
      const { status, body: answer } = await post(app, path, call, type);
      expect([status, responseSchema.safeParse(answer).success]).toEqual([200, true]);
    },
  );

  const routes: readonly [string, () => Record<string, unknown>][] = [
    ['prefetch', () => ({ prefetch: { patient, conditions } })],
    ['the FHIR server', () => ehr()],
    ['half of each', () => ({ prefetch: { patient }, ...ehr() })],
  ];
  test.each(routes)('on the same data by %s', async (_, members) => {
    const calls: HookCall[] = [];
    const service = fakeService('patient-view', (call) => {
      calls.push(call);
      return { cards: [], records: [], mostCards: 3, acts: [], ofOtherPatients: 0 };
    });
    await request(testApp({ services: [service] }).app)
      .post(path)
      .send(patientViewRequest(members()))
      .expect(200, { cards: [] });
    const resources = [...(calls[0]?.data.values() ?? [])].map((data) =>
      data.state === 'present' ? data.resources : data,
    );
    expect(resources).toEqual([[patient], [condition]]);
  });

  test('although optional data came too late', async () => {
    server.break('Condition', 'hang');
    const { app, log } = testApp({ caller: { budget: { budgetMs: 1000, fhirBudgetMs: 60 } } });
    const { status, body } = await post(app, path, patientViewRequest(ehr()));
    expect([status, body]).toMatchObject([200, { cards: [{ summary: 'unavailable conditions' }] }]);
    expect(JSON.parse(log.at(-1)!)).toMatchObject({ status: 200, prefetch: { present: 1, timeout: 1 } });
  });

  test('although the FHIR server forbids optional data', async () => {
    server.break('Condition', 'forbidden');
    const { status } = await post(testApp().app, path, patientViewRequest(ehr()));
    expect(status).toBe(200);
  });

  test('that are remembered, with the moment they were shown', async () => {
    const { app, cards } = testApp();
    const { body } = await post(app, path, patientViewRequest({ prefetch: { patient } }));
    expect(cards).toEqual([
      {
        record: expect.objectContaining({ cardUuid: (body as { cards: [{ uuid: string }] }).cards[0].uuid }),
        service: 'fake-patient-view',
        client: 'trial',
        hook: 'patient-view',
        patientId: 'p1',
        userId: 'Practitioner/u1',
        encounterId: undefined,
        hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
        mode: 'live',
        isRepeat: false,
        shownAt: new Date('2026-11-23T10:00:00Z'),
      },
    ]);
  });
});

describe('a call without the data it cannot do without is refused with 412, naming key and reason,', () => {
  const rows: readonly [string, () => Record<string, unknown>, RegExp][] = [
    ['when there is no way to get it', () => ({}), /^prefetch\.patient was not sent/],
    [
      'when the client failed',
      () => ({ prefetch: { patient: { resourceType: 'OperationOutcome' } }, ...ehr() }),
      /OperationOutcome/,
    ],
    [
      'when the server refuses the token',
      () => ({ ...ehr(), fhirAuthorization: { access_token: 'x' } }),
      /refused/,
    ],
    ['when the server is nowhere', () => ({ fhirServer: 'http://127.0.0.1:1/fhir' }), /FHIR server failed/],
  ];
  test.each(rows)('%s', async (_, members, diagnostics) => {
    const { status, body } = await post(testApp().app, path, patientViewRequest(members()));
    expect([status, body]).toEqual([
      412,
      {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'processing',
            details: { text: expect.any(String) },
            diagnostics: expect.stringMatching(diagnostics),
            expression: ['prefetch.patient'],
          },
        ],
      },
    ]);
  });
});

test('that the client looked and found nothing (null) is an answer, not a reason to refuse', async () => {
  const { status } = await post(testApp().app, path, patientViewRequest({ prefetch: { patient: null } }));
  expect(status).toBe(200);
});

test('a service that fails gives 500 without a word of why, and the next call is answered', async () => {
  let isBroken = true;
  const service = fakeService('patient-view', (call) => {
    if (isBroken) throw new Error('Mrs Smith, born 1948');
    return oneCard(call);
  });
  const { app, log } = testApp({ services: [service] });
  const call = () =>
    request(app)
      .post(path)
      .send(patientViewRequest({ prefetch: { patient } }));
  const failed = await call();
  expect([failed.status, failed.text]).toEqual([500, expect.not.stringMatching(/Smith|at /)]);
  expect(failed.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'exception' }] });
  expect(log.join('')).not.toContain('Smith');
  expect(log.join('')).toContain('hook-call');
  isBroken = false;
  expect((await call()).status).toBe(200);
});

test('neither ids nor tokens nor data reach the log', async () => {
  const { app, log } = testApp();
  await request(app)
    .post('/cds-services/fake-order-sign')
    .send(orderSignRequest({ ...ehr(), secret: 'canary' }, { patientId: 'p1' }));
  expect(log).toHaveLength(1);
  expect(JSON.parse(log[0]!)).toEqual({
    level: 30,
    time: expect.any(String),
    requestId: expect.any(String),
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    client: 'trial',
    route: 'call',
    status: 200,
    ms: expect.any(Number),
    service: 'fake-order-sign',
    hook: 'order-sign',
    prefetch: { present: 2 },
    cards: 1,
    outcomes: ['kyphoplasty'],
    rules: ['T6'],
    indicators: ['info'],
  });
});

describe('the log tells which key lacks what, and why:', () => {
  const next = { relation: 'next', url: 'https://elsewhere.example/2' };
  const rows: readonly [string, () => Record<string, unknown>, number, unknown][] = [
    ['nothing', () => ({ prefetch: { patient, conditions } }), 200, undefined],
    ['data that was not sent', () => ({ prefetch: { patient } }), 200, { conditions: 'not-provided' }],
    [
      'pages that could not be read',
      () => ({ prefetch: { patient, conditions: { ...conditions, link: [next] } } }),
      200,
      { conditions: 'incomplete' },
    ],
    [
      'refusals',
      () => ({ fhirServer: server.baseUrl }),
      412,
      { patient: 'forbidden', conditions: 'forbidden' },
    ],
  ];
  test.each(rows)('%s', async (_, members, status, gaps) => {
    const { app, log } = testApp();
    await post(app, path, patientViewRequest(members()));
    expect(JSON.parse(log.at(-1)!)).toMatchObject({ status, ...(gaps === undefined ? {} : { gaps }) });
    expect(log.at(-1)!.includes('"gaps"')).toBe(gaps !== undefined);
  });

  test('a patient who does not exist', async () => {
    const { app, log } = testApp();
    await post(app, path, patientViewRequest(ehr(), { patientId: 'nobody' }));
    expect(JSON.parse(log.at(-1)!)).toMatchObject({ status: 412, gaps: { patient: 'none' } });
  });
});
