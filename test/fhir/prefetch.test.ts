import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import type { KeyData, PrefetchTemplate } from '../../src/cds-hooks/service.js';
import { startDeadline } from '../../src/fhir/deadline.js';
import { createFhirReader } from '../../src/fhir/kit-reader.js';
import type { NoSource } from '../../src/fhir/pages.js';
import { resolvePrefetch } from '../../src/fhir/prefetch.js';
import type { FhirSource } from '../../src/fhir/reader.js';
import { createOutbound } from '../../src/outbound/outbound.js';
import { startFhirServer, type Fault, type FhirTestServer } from '../support/fhir-server.js';

const patient: FhirResource = { resourceType: 'Patient', id: 'p1' };
const conditions = ['c1', 'c2', 'c3', 'c4', 'c5'].map((id): FhirResource => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/p1' },
}));
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] };
const bundle = (...resources: unknown[]) => ({
  resourceType: 'Bundle',
  entry: resources.map((resource) => ({ resource })),
});
const template = (query: string): PrefetchTemplate => ({ query, purpose: 'For tests.', required: true });
const templates = {
  patient: template('Patient/{{context.patientId}}'),
  conditions: template('Condition?patient={{context.patientId}}'),
};
type Key = keyof typeof templates;

const outbound = createOutbound();
afterAll(() => outbound.close());
let server: FhirTestServer;
let elsewhere: FhirTestServer;
const token = 'canary-token';
beforeEach(async () => {
  elsewhere = await startFhirServer([patient, ...conditions]);
  server = await startFhirServer([patient, ...conditions], {
    token,
    pageSize: 2,
    elsewhere: elsewhere.baseUrl,
  });
});
afterEach(async () => {
  await Promise.all([server.close(), elsewhere.close()]);
});

interface Call {
  readonly source?: FhirSource | NoSource;
  readonly ms?: number;
  readonly pageLimit?: number;
  readonly patientId?: string;
}
const at = (url: string): FhirSource => ({ server: { url, network: 'trial' } });
const authorized = (): FhirSource => ({ ...at(server.baseUrl), accessToken: token });

async function resolve(
  key: Key,
  prefetched: Record<string, unknown>,
  call: Call = {},
): Promise<KeyData | undefined> {
  const deadline = startDeadline(call.ms ?? 10_000);
  const data = await resolvePrefetch({
    templates: { [key]: templates[key] },
    context: { hook: 'patient-view', patientId: call.patientId ?? 'p1', userId: 'Practitioner/u1' },
    prefetched: new Map(Object.entries(prefetched)),
    source: call.source ?? 'not-provided',
    reader: createFhirReader({ outbound }),
    deadline,
    pageLimit: call.pageLimit ?? 10,
  });
  deadline.end();
  return data.get(key);
}
const present = (from: string, resources: readonly unknown[], complete = true) => ({
  state: 'present',
  from,
  resources,
  complete,
});
const none = { state: 'none', from: 'prefetch' };
const unavailable = (reason: string) => ({ state: 'unavailable', reason });

describe('a key that came by prefetch', () => {
  const rows: readonly [string, Key, unknown, unknown][] = [
    ['as null holds no data', 'patient', null, none],
    ['as an empty Bundle holds no data', 'conditions', { resourceType: 'Bundle' }, none],
    ['as a Bundle with no entries holds no data', 'conditions', { resourceType: 'Bundle', entry: [] }, none],
    ['as a resource is that resource', 'patient', patient, present('prefetch', [patient])],
    [
      'as a Bundle for a read is what the Bundle holds',
      'patient',
      bundle(patient),
      present('prefetch', [patient]),
    ],
    ['as a Bundle is its resources', 'conditions', bundle(...conditions), present('prefetch', conditions)],
    ['as an OperationOutcome failed', 'conditions', outcome, unavailable('client-failed')],
    ['as a Bundle of OperationOutcomes failed', 'conditions', bundle(outcome), unavailable('client-failed')],
    [
      'with an OperationOutcome of failure among data is incomplete',
      'conditions',
      bundle(outcome, conditions[0]),
      present('prefetch', [conditions[0]], false),
    ],
    [
      'with entries that hold nothing skips them',
      'conditions',
      bundle(conditions[0], 5, {}),
      present('prefetch', [conditions[0]]),
    ],
    ['as text failed', 'conditions', 'x', unavailable('client-failed')],
    ['as an array failed', 'conditions', [patient], unavailable('client-failed')],
    ['as an object of no type failed', 'patient', {}, unavailable('client-failed')],
    [
      'as a Bundle with broken entries failed',
      'conditions',
      { resourceType: 'Bundle', entry: 'x' },
      unavailable('client-failed'),
    ],
    [
      'as another patient than the one asked for failed',
      'patient',
      { resourceType: 'Patient', id: 'p2' },
      unavailable('client-failed'),
    ],
    ['as a patient without id failed', 'patient', { resourceType: 'Patient' }, unavailable('client-failed')],
    [
      'as resources of another patient is told as incomplete, for the service to leave out',
      'conditions',
      bundle({ resourceType: 'Condition', subject: { reference: 'Patient/p2' } }),
      present('prefetch', [{ resourceType: 'Condition', subject: { reference: 'Patient/p2' } }], false),
    ],
    [
      'as a resource of another type than the read asks for failed',
      'patient',
      conditions[0],
      unavailable('client-failed'),
    ],
  ];
  test.each(rows)('%s, and the server is not asked', async (_, key, value, expected) => {
    expect(await resolve(key, { [key]: value }, { source: authorized() })).toEqual(expected);
    expect(server.requests).toEqual([]);
  });

  const firstPage = () => ({
    ...bundle(conditions[0], conditions[1]),
    link: [{ relation: 'next', url: `${server.baseUrl}/Condition?patient=p1&_offset=2` }],
  });

  test('in pages is completed from the server', async () => {
    const found = await resolve('conditions', { conditions: firstPage() }, { source: authorized() });
    expect(found).toEqual(present('prefetch', conditions));
  });

  test('in pages is incomplete when no server is known', async () => {
    const found = await resolve('conditions', { conditions: firstPage() });
    expect(found).toEqual(present('prefetch', conditions.slice(0, 2), false));
  });
});

describe('a key that is absent', () => {
  test('is not provided when no server is known', async () => {
    expect(await resolve('patient', {})).toEqual(unavailable('not-provided'));
  });

  test('is read from the server with the token', async () => {
    expect(await resolve('patient', {}, { source: authorized() })).toEqual(present('fhir-server', [patient]));
    expect(server.requests).toEqual([{ url: '/fhir/Patient/p1', authorization: `Bearer ${token}` }]);
  });

  test('is read from an open server without any token', async () => {
    const source = at(`${elsewhere.baseUrl}/`);
    expect(await resolve('conditions', {}, { source })).toEqual(present('fhir-server', conditions));
    expect(elsewhere.requests).toEqual([{ url: '/fhir/Condition?patient=p1', authorization: undefined }]);
  });

  test('does not carry the token with the resource', async () => {
    const found = await resolve('patient', {}, { source: authorized() });
    const resource = found?.state === 'present' ? found.resources[0] : undefined;
    expect(Object.getOwnPropertyNames(resource)).toEqual(['resourceType', 'id']);
  });

  test('is read page by page', async () => {
    expect(await resolve('conditions', {}, { source: authorized() })).toEqual(
      present('fhir-server', conditions),
    );
    expect(server.requests).toHaveLength(3);
  });

  test('is incomplete beyond the page limit', async () => {
    const found = await resolve('conditions', {}, { source: authorized(), pageLimit: 2 });
    expect(found).toEqual(present('fhir-server', conditions.slice(0, 4), false));
    expect(server.requests).toHaveLength(2);
  });

  test('is incomplete when the pages continue on another origin, which is never asked', async () => {
    server.break('Condition', 'foreign-next');
    const found = await resolve('conditions', {}, { source: authorized() });
    expect(found).toEqual(present('fhir-server', conditions.slice(0, 2), false));
    expect(elsewhere.requests).toEqual([]);
  });

  test('is nothing when the search finds nothing', async () => {
    const found = await resolve('conditions', {}, { source: authorized(), patientId: 'p2' });
    expect(found).toEqual({ state: 'none', from: 'fhir-server' });
  });

  test('is nothing when the resource does not exist', async () => {
    const found = await resolve('patient', {}, { source: authorized(), patientId: 'p2' });
    expect(found).toEqual({ state: 'none', from: 'fhir-server' });
  });

  test('is forbidden without the token the server asks for', async () => {
    const found = await resolve('patient', {}, { source: at(server.baseUrl) });
    expect(found).toEqual(unavailable('forbidden'));
  });

  test('timed out when the deadline passes first', async () => {
    server.break('Condition', 'hang');
    const found = await resolve('conditions', {}, { source: authorized(), ms: 50 });
    expect(found).toEqual(unavailable('timeout'));
  });

  const faults: readonly [Fault, string][] = [
    ['error', 'failed'],
    ['gone', 'failed'],
    ['forbidden', 'forbidden'],
    ['unauthorized', 'forbidden'],
    ['html', 'failed'],
    ['truncated', 'failed'],
    ['outcome', 'failed'],
    ['other-type', 'failed'],
    ['wrong-content-type', 'failed'],
    ['redirect', 'failed'],
  ];
  test.each(faults)('is unavailable on the fault %s: %s', async (fault, reason) => {
    server.break('Condition', fault);
    expect(await resolve('conditions', {}, { source: authorized() })).toEqual(unavailable(reason));
    expect(elsewhere.requests).toEqual([]);
  });

  test('is unavailable when the server answers with another patient', async () => {
    server.break('Patient', 'wrong-patient');
    expect(await resolve('patient', {}, { source: authorized() })).toEqual(unavailable('failed'));
  });

  test.each(['not-provided', 'not-registered'] as const)(
    'is unavailable without a source: %s',
    async (why) => {
      expect(await resolve('patient', {}, { source: why })).toEqual(unavailable(why));
    },
  );

  const brokenPages: readonly [Fault, number, number][] = [
    // fault on the second page, resources that are there, requests
    ['error', 2, 2],
    ['forbidden', 2, 2],
    ['html', 2, 2],
    ['outcome', 2, 2],
    ['other-type', 2, 2],
    ['foreign-next', 4, 2],
    ['next-outside', 4, 2],
    ['looping-next', 4, 2],
  ];
  test.each(brokenPages)('is incomplete on %s on its second page', async (fault, found, requests) => {
    server.break('Condition', fault, 2);
    const data = await resolve('conditions', {}, { source: authorized() });
    expect(data).toEqual(present('fhir-server', conditions.slice(0, found), false));
    expect([server.requests.length, elsewhere.requests.length]).toEqual([requests, 0]);
  });

  test('is incomplete when its first page is said to follow itself, and is read once', async () => {
    server.break('Condition', 'looping-next');
    const data = await resolve('conditions', {}, { source: authorized() });
    expect(data).toEqual(present('fhir-server', conditions.slice(0, 2), false));
    expect(server.requests).toHaveLength(1);
  });

  test('is incomplete when the server says that entries are missing', async () => {
    server.break('Condition', 'outcome-entry', 2);
    const data = await resolve('conditions', {}, { source: authorized() });
    expect(data).toEqual(present('fhir-server', conditions, false));
  });

  test('failed when nobody listens', async () => {
    await server.close();
    expect(await resolve('patient', {}, { source: authorized() })).toEqual(unavailable('failed'));
  });
});
