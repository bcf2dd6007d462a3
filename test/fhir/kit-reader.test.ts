import { spawnSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { startDeadline, type Deadline } from '../../src/fhir/deadline.js';
import { createFhirReader, type KitReaderOptions } from '../../src/fhir/kit-reader.js';
import type { BreakerReport, FhirReader, FhirSource, ReadReport } from '../../src/fhir/reader.js';
import { createOutbound } from '../../src/outbound/outbound.js';
import type { Fault } from '../support/fhir-faults.js';
import { startFhirServer, type FhirTestServer } from '../support/fhir-server.js';

const patient: FhirResource = { resourceType: 'Patient', id: 'p1' };
const token = 'canary-token';
const search = 'Condition?patient=p1';

const outbound = createOutbound();
afterAll(() => outbound.close());
let server: FhirTestServer;
let deadline: Deadline;
beforeEach(async () => {
  deadline = startDeadline(10_000);
  server = await startFhirServer([patient], { token });
});
afterEach(async () => {
  deadline.end();
  await server.close();
});

const source = (more: Partial<FhirSource> = {}): FhirSource => ({
  server: { url: server.baseUrl, network: 'trial' },
  accessToken: token,
  ...more,
});

interface Watched extends FhirReader {
  readonly reads: readonly ReadReport[];
  readonly breaker: readonly BreakerReport[];
}

function reader(options: Partial<KitReaderOptions> = {}): Watched {
  const reads: ReadReport[] = [];
  const breaker: BreakerReport[] = [];
  const { get } = createFhirReader({
    outbound,
    resourceTypes: new Set(['Patient', 'Condition']),
    observer: { onRead: (report) => reads.push(report), onBreaker: (report) => breaker.push(report) },
    ...options,
  });
  return { get, reads, breaker };
}

describe('a request', () => {
  test('carries token and trace context, and asks for FHIR in plain', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await reader().get(source({ traceparent }), 'Patient/p1', deadline);
    expect(server.headers).toEqual([
      expect.objectContaining({
        authorization: `Bearer ${token}`,
        traceparent,
        accept: 'application/fhir+json',
        'accept-encoding': 'identity',
      }),
    ]);
  });

  test('carries neither when there is none', async () => {
    const open: FhirSource = { server: source().server };
    expect(await reader().get(open, 'Patient/p1', deadline)).toEqual({ outcome: 'forbidden' });
    expect(server.headers[0]).not.toHaveProperty('authorization');
    expect(server.headers[0]).not.toHaveProperty('traceparent');
  });

  test('is not sent for a place outside of the base', async () => {
    const { get, reads } = reader();
    expect(await get(source(), `${server.baseUrl}-evil/Patient/p1`, deadline)).toEqual({ outcome: 'failed' });
    expect(server.requests).toEqual([]);
    expect(reads).toMatchObject([{ resourceType: 'other', outcome: 'failed', attempts: 0 }]);
  });

  test('is not sent when the time is over', async () => {
    deadline.end();
    expect(await reader().get(source(), 'Patient/p1', deadline)).toEqual({ outcome: 'timeout' });
    expect(server.requests).toEqual([]);
  });

  test.each(['hang', 'drip'] as const)('has a time of its own (%s)', async (fault) => {
    server.break('Patient', fault);
    const { get } = reader({ readTimeoutMs: 50 });
    expect(await get(source(), 'Patient/p1', deadline)).toEqual({ outcome: 'timeout' });
    expect(deadline.signal.aborted).toBe(false);
  });
});

describe('an answer', () => {
  const faults: readonly [Fault, string][] = [
    ['error', 'failed'],
    ['unauthorized', 'forbidden'],
    ['forbidden', 'forbidden'],
    ['gone', 'not-found'],
    ['html', 'failed'],
    ['no-content', 'failed'],
    ['truncated', 'failed'],
    ['bare-string', 'failed'],
    ['redirect', 'failed'],
    ['reset', 'failed'],
    ['reset-midway', 'failed'],
    ['endless', 'failed'],
    ['too-deep', 'failed'],
    ['too-many', 'failed'],
    ['polluted', 'failed'],
    ['gzip-bomb', 'failed'],
    ['wrong-content-type', 'failed'],
  ];
  test.each(faults)('gone wrong (%s) is %s, and the next read works', async (fault, outcome) => {
    const { get } = reader();
    server.break('Patient', fault);
    expect(await get(source(), 'Patient/p1', deadline)).toEqual({ outcome });
    server.break('Patient');
    expect(await get(source(), 'Patient/p1', deadline)).toEqual({ outcome: 'resource', resource: patient });
  });

  test('beyond what the call may take in all is given up', async () => {
    const small = startDeadline(10_000, 100);
    const { get } = reader();
    const outcomes = [];
    for (let read = 0; read < 5; read += 1) {
      outcomes.push((await get(source(), 'Patient/p1', small)).outcome);
    }
    small.end();
    expect(outcomes).toEqual(['resource', 'resource', 'failed', 'failed', 'failed']);
  });
});

describe('a server that is busy', () => {
  const rows: readonly [string, Fault, string, number][] = [
    ['once (429) is asked again', { busy: 429, retryAfter: 0, times: 1 }, 'resource', 2],
    ['twice (503) is asked again', { busy: 503, retryAfter: 0, times: 2 }, 'resource', 3],
    [
      'until a date that has come is asked again',
      { busy: 503, retryAfter: { dateIn: -1 }, times: 1 },
      'resource',
      2,
    ],
    ['always is asked three times', { busy: 429, retryAfter: 0 }, 'failed', 3],
    ['for longer than the call may take is not asked again', { busy: 429, retryAfter: 11 }, 'failed', 1],
    [
      'until a date after the call is not asked again',
      { busy: 503, retryAfter: { dateIn: 60 } },
      'failed',
      1,
    ],
    ['without saying how long is not asked again', { busy: 503 }, 'failed', 1],
    ['with a 500 is not asked again', 'error', 'failed', 1],
  ];
  test.each(rows)('%s', async (_, fault, outcome, attempts) => {
    server.break('Patient', fault);
    const { get, reads } = reader();
    expect(await get(source(), 'Patient/p1', deadline)).toMatchObject({ outcome });
    expect(server.requests).toHaveLength(attempts);
    expect(reads).toEqual([
      { server: server.baseUrl, resourceType: 'Patient', outcome, ms: expect.any(Number), attempts },
    ]);
  });

  test('is waited for as long as it says', async () => {
    server.break('Patient', { busy: 503, retryAfter: 1, times: 1 });
    const { get, reads } = reader();
    expect(await get(source(), 'Patient/p1', deadline)).toMatchObject({ outcome: 'resource' });
    expect(reads[0]!.ms).toBeGreaterThan(950);
  });
});

describe('a server that is down', () => {
  const failing: readonly [string, Fault][] = [
    ['errors', 'error'],
    ['broken connections', 'reset'],
    ['silence', 'hang'],
    ['an endless wait', { busy: 503, retryAfter: 60 }],
  ];
  test.each(failing)('is left alone after %s', async (_, fault) => {
    server.break('*', fault);
    // Only silence is to run out of time, and not before it was asked for.
    const readTimeoutMs = fault === 'hang' ? 300 : 5000;
    const { get, reads, breaker } = reader({ failures: 3, readTimeoutMs, fairWaitMs: 30 });
    for (let read = 0; read < 3; read += 1) await get(source(), search, deadline);
    server.break('*');
    expect(await get(source(), 'Patient/p1', deadline)).toEqual({ outcome: 'failed' });
    expect(server.requests).toHaveLength(3);
    expect(reads.at(-1)).toMatchObject({ attempts: 0, outcome: 'failed' });
    expect(breaker).toEqual([{ server: server.baseUrl, state: 'open' }]);
  });

  test('is asked again after a while', async () => {
    server.break('*', 'error');
    const { get, breaker } = reader({ failures: 3, halfOpenAfterMs: 0 });
    for (let read = 0; read < 3; read += 1) await get(source(), search, deadline);
    server.break('*');
    expect(await get(source(), 'Patient/p1', deadline)).toMatchObject({ outcome: 'resource' });
    expect(breaker.map(({ state }) => state)).toEqual(['open', 'half-open', 'closed']);
  });

  const answering: readonly Fault[] = [
    'forbidden',
    'gone',
    'html',
    'endless',
    'gzip-bomb',
    'bare-string',
    { busy: 429 },
  ];
  test.each(answering)('is another matter than one that answers %j', async (fault) => {
    server.break('*', fault);
    const { get, breaker } = reader({ failures: 3 });
    for (let read = 0; read < 4; read += 1) await get(source(), search, deadline);
    expect([server.requests.length, breaker]).toEqual([4, []]);
  });

  test('is not taken for down because calls gave it no time', async () => {
    server.break('*', 'hang');
    const { get, breaker } = reader({ failures: 3 });
    for (let read = 0; read < 4; read += 1) {
      expect(await get(source(), search, startDeadline(20))).toEqual({ outcome: 'timeout' });
    }
    expect(breaker).toEqual([]);
  });
});

test('many reads of one call leave no listener behind', async () => {
  const { get } = reader({ readsAtOnce: 4 });
  const readings = await Promise.all(Array.from({ length: 40 }, () => get(source(), 'Patient/p1', deadline)));
  expect(new Set(readings.map(({ outcome }) => outcome))).toEqual(new Set(['resource']));
  expect(getEventListeners(deadline.signal, 'abort')).toEqual([]);
});

test('reads waiting for their turn time out with the call', async () => {
  server.break('Condition', 'hang');
  const { get, reads } = reader({ readsAtOnce: 2 });
  const short = startDeadline(100);
  const readings = await Promise.all(Array.from({ length: 6 }, () => get(source(), search, short)));
  expect(readings).toEqual(readings.map(() => ({ outcome: 'timeout' })));
  expect(reads.map(({ attempts }) => attempts).sort()).toEqual([0, 0, 0, 0, 1, 1]);
});

/** Reads in a process of its own, where DEBUG is set before anything is loaded. */
const script = (url: string) => `
  const at = ${JSON.stringify(new URL('../../src/', import.meta.url).href)};
  const { createFhirReader } = await import(at + 'fhir/kit-reader.ts');
  const { createOutbound } = await import(at + 'outbound/outbound.ts');
  const { startDeadline } = await import(at + 'fhir/deadline.ts');
  const outbound = createOutbound();
  const source = { server: { url: '${url}', network: 'trial' }, accessToken: '${token}' };
  const { outcome } = await createFhirReader({ outbound }).get(source, 'Patient/p1', startDeadline(5000));
  const debug = (await import('debug')).default;
  console.log(outcome, debug.enabled('express:router'), debug.enabled('fhir-kit-client:info'));
  process.exit();
`;

test.each(['*', 'fhir-kit-client:*', 'express:*,fhir-kit-client:info'])(
  'DEBUG=%s does not print what is sent',
  (namespaces) => {
    const env = { PATH: process.env.PATH, DEBUG: namespaces };
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script('http://127.0.0.1:1/fhir')],
      { env, encoding: 'utf8' },
    );
    expect(stdout).toBe(`failed ${String(!namespaces.startsWith('fhir'))} false\n`);
    expect(stderr).not.toMatch(/canary|Patient/);
  },
  30_000,
);
