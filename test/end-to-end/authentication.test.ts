/** What a client, and what a stranger, gets from a running installation. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { patientViewRequest } from '../support/hook-request.js';
import { publicUrl, startInstallation, type Installation } from '../support/installation.js';

const call = '/cds-services/vertebral-fracture-patient-view';
const feedback = `${call}/feedback`;
const prefetch = { patient: { resourceType: 'Patient', id: 'p1' }, conditions: null };
const feedbackBody = {
  feedback: [{ card: 'c1', outcome: 'overridden', outcomeTimestamp: '2026-11-23T10:00:00Z' }],
};

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation({
    client: { callsPerMinute: 40, corsOrigins: ['https://ehr.example.org'] },
  });
});
afterAll(() => installation.stop());

const endpoints: readonly [string, string, string, object | undefined][] = [
  ['discovery', 'GET', '/cds-services', undefined],
  ['a call', 'POST', call, patientViewRequest({ prefetch })],
  ['feedback', 'POST', feedback, feedbackBody],
];

async function send(method: string, path: string, body: object | undefined, headers: Record<string, string>) {
  const response = await fetch(`${installation.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

describe.each(endpoints)('%s', (_name, method, path, body) => {
  test('is for clients whose token names exactly this endpoint', async () => {
    const { status } = await send(method, path, body, await installation.headers(path));
    expect(status).toBe(200);
  });

  test('is refused with 401 and not a word about why', async () => {
    const others = endpoints.map(([, , other]) => other).filter((other) => other !== path);
    const tokens = [
      {},
      { Authorization: 'Bearer x' },
      ...(await Promise.all(others.map((other) => installation.headers(other)))),
      await installation.headers(path, { iss: 'https://evil.example' }),
      await installation.headers(path, { exp: 1 }),
    ];
    for (const headers of tokens) {
      const answer = await send(method, path, body, { 'Content-Type': 'application/json', ...headers });
      expect([answer.status, answer.body]).toEqual([
        401,
        {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'login', details: { text: 'Authentication is required.' } }],
        },
      ]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });
});

test('the reason for a refusal stands in the log, with the client where it is a registered one', async () => {
  await send('GET', '/cds-services', undefined, {});
  await send('GET', '/cds-services', undefined, await installation.headers('/cds-services', { exp: 1 }));
  const lines = installation
    .log()
    .split('\n')
    .filter((line) => line.includes('"refusal"'))
    .slice(-2)
    .map((line) => JSON.parse(line) as object);
  expect(lines).toMatchObject([
    { status: 401, failure: 'unauthenticated', refusal: 'no-token' },
    { status: 401, failure: 'unauthenticated', refusal: 'expired', client: 'north' },
  ]);
});

test('a token works once', async () => {
  const headers = await installation.headers('/cds-services');
  const first = await send('GET', '/cds-services', undefined, headers);
  const second = await send('GET', '/cds-services', undefined, headers);
  expect([first.status, second.status]).toEqual([200, 401]);
  expect(installation.log()).toContain('"refusal":"replayed"');
});

test('a browser of the client learns of errors, too, and asks beforehand without a token', async () => {
  const Origin = 'https://ehr.example.org';
  const preflight = await fetch(`${installation.url}${call}`, {
    method: 'OPTIONS',
    headers: { Origin, 'Access-Control-Request-Method': 'POST' },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, Origin]);
  const refused = await send('POST', call, {}, { Origin, 'Content-Type': 'application/json' });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, Origin]);
});

test('the body of a stranger is not even read', async () => {
  const { status } = await send(
    'POST',
    call,
    { x: 'x'.repeat(5_000_000) },
    {
      'Content-Type': 'application/json',
    },
  );
  expect(status).toBe(401);
});

test('health, metrics and the front page need no token; metrics count refusals without naming strangers', async () => {
  for (const path of ['/', '/health/live', '/health/ready']) {
    expect((await fetch(`${installation.url}${path}`)).status).toBe(200);
  }
  const metrics = await (await fetch(`${installation.url}/metrics`)).text();
  expect(metrics).toContain('vertebral_cds_tokens_refused_total{client="north",reason="expired"}');
  expect(metrics).toContain(
    'vertebral_cds_hook_calls_total{hook="patient-view",client="north",status="200"}',
  );
  expect(metrics).not.toContain('evil.example');
});

test(`the audience is built from PUBLIC_URL (${publicUrl}), not from the address behind the proxy`, async () => {
  const headers = await installation.headers('/cds-services', { aud: `${installation.url}/cds-services` });
  expect((await send('GET', '/cds-services', undefined, headers)).status).toBe(401);
});

test('a client that calls too often is told when to come again', async () => {
  let answer = await send('GET', '/cds-services', undefined, await installation.headers('/cds-services'));
  for (let calls = 0; answer.status === 200 && calls < 60; calls += 1) {
    answer = await send('GET', '/cds-services', undefined, await installation.headers('/cds-services'));
  }
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.body).toMatchObject({ issue: [{ code: 'throttled' }] });
});

test('an installation whose clients have no keys that can be fetched is not ready, and says so', async () => {
  const nowhere = { url: 'http://127.0.0.1:1/jwks.json', internal: true, allowHttp: true };
  const lockedOut = await startInstallation({ client: { keys: undefined, jwks: nowhere } });
  let answer = await fetch(`${lockedOut.url}/health/ready`);
  for (let tries = 0; answer.status === 200 && tries < 100; tries += 1) {
    answer = await fetch(`${lockedOut.url}/health/ready`);
  }
  expect([answer.status, await answer.text()]).toEqual([
    503,
    expect.stringContaining('the keys of none of them could be fetched'),
  ]);
  expect(lockedOut.log()).toContain('"event":"keys-not-fetched","client":"north"');
  await lockedOut.stop();
});
