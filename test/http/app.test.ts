import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { discoverySchema } from '../../src/cds-hooks/discovery.js';
import { get, testApp } from '../support/app.js';
import { patientViewRequest } from '../support/hook-request.js';

const call = '/cds-services/fake-patient-view';

describe('discovery', () => {
  test('lists the services with their prefetch and nothing of ours', async () => {
    const { status, body } = await get(testApp().app, '/cds-services');
    expect([status, discoverySchema.safeParse(body).success]).toEqual([200, true]);
    expect(body).toMatchObject({
      services: [
        {
          id: 'fake-patient-view',
          hook: 'patient-view',
          prefetch: {
            patient: 'Patient/{{context.patientId}}',
            conditions: 'Condition?patient={{context.patientId}}',
          },
        },
        { id: 'fake-order-select' },
        { id: 'fake-order-sign' },
      ],
    });
  });

  test('of no services is an empty list', async () => {
    await request(testApp({ services: [] }).app)
      .get('/cds-services')
      .expect(200, { services: [] });
  });
});

describe('feedback', () => {
  const feedback = {
    feedback: [{ card: 'c1', outcome: 'overridden', outcomeTimestamp: '2026-11-23T10:00:00Z' }],
  };

  test('is handed on with the service and the time it came', async () => {
    const { app, feedback: given } = testApp();
    await request(app).post(`${call}/feedback`).send(feedback).expect(200, { stored: 1 });
    expect(given).toEqual([
      {
        service: 'fake-patient-view',
        client: 'trial',
        feedback: {
          card: 'c1',
          outcome: 'overridden',
          outcomeTimestamp: '2026-11-23T10:00:00.000Z',
          hasComment: false,
        },
        receivedAt: new Date('2026-11-23T10:00:00Z'),
      },
    ]);
  });

  test('is counted in the log, with how many suggestions were accepted', async () => {
    const { app, log } = testApp();
    const [one] = feedback.feedback;
    const yes = { ...one, outcome: 'accepted', acceptedSuggestions: [{ id: 's1' }] };
    await request(app)
      .post(`${call}/feedback`)
      .send({ feedback: [one, yes, one] })
      .expect(200);
    expect(JSON.parse(log.at(-1)!)).toMatchObject({ feedback: 3, accepted: 1 });
  });

  test('that could not be stored is answered 503', async () => {
    const failing = {
      rememberCards: () => undefined,
      rememberActs: () => undefined,
      addFeedback: () => Promise.resolve(false),
    };
    await request(testApp({ feedback: failing }).app)
      .post(`${call}/feedback`)
      .send(feedback)
      .expect(503);
  });
});

describe('cross-origin calls', () => {
  const preflight = (app: ReturnType<typeof testApp>['app'], origin: string) =>
    request(app).options(call).set('Origin', origin).set('Access-Control-Request-Method', 'POST');

  test('are open to everybody in a trial, without credentials', async () => {
    const { status, headers } = await preflight(testApp().app, 'https://sandbox.cds-hooks.org');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'Content-Type, Authorization',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test('are open to the origins that are configured', async () => {
    const { app } = testApp({ corsOrigins: ['https://ehr.example'] });
    expect((await preflight(app, 'https://ehr.example')).headers).toMatchObject({
      'access-control-allow-origin': 'https://ehr.example',
      vary: 'Origin',
    });
    const other = await preflight(app, 'https://evil.example');
    expect(other.status).toBe(204);
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('every answer', () => {
  test('carries security headers, an id, and no trace of the framework', async () => {
    const { headers } = await request(testApp().app).get('/');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });

  test('at the root says what this is, to a programme', async () => {
    await request(testApp().app)
      .get('/')
      .accept('application/json')
      .expect(200, { name: 'vertebral-cds', version: '0.0.0', discovery: '/cds-services' });
  });
});

describe('health', () => {
  test('is live and ready', async () => {
    const { app } = testApp();
    await request(app).get('/health/live').expect(200, { status: 'live' });
    await request(app).get('/health/ready').expect(200, { status: 'ready' });
  });

  test('is not ready, but live, when something keeps the service from working, and says what', async () => {
    const whyNotReady = () => Promise.resolve([{ path: 'database', message: 'does not answer' }]);
    const { app } = testApp({ whyNotReady });
    const { status, body } = await get(app, '/health/ready');
    expect([status, body]).toMatchObject([
      503,
      { issue: [{ code: 'transient', diagnostics: 'database does not answer' }] },
    ]);
    await request(app).get('/health/live').expect(200);
  });

  test('does not keep a stopping server from answering calls, each as the last of its connection', async () => {
    const { app } = testApp({ isOpen: () => false });
    const prefetch = { patient: { resourceType: 'Patient', id: 'p1' } };
    await request(app)
      .post(call)
      .send(patientViewRequest({ prefetch }))
      .expect(200)
      .expect('Connection', 'close');
  });
});
