/** The FHIR test double itself: a double more lenient than real servers would hide what they refuse. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { startFhirServer, type FhirTestServer } from './fhir-server.js';

const subject = { reference: 'Patient/p1' };
const loinc = 'http://loinc.org';
const observation = (id: string, more: object) =>
  ({ resourceType: 'Observation', id, status: 'final', subject, ...more }) as FhirResource;
const resources = [
  { resourceType: 'Patient', id: 'p1', meta: { versionId: '7', lastUpdated: '2026-11-02T00:00:00Z' } },
  observation('pain', {
    code: { coding: [{ system: loinc, code: '72514-3' }] },
    effectiveDateTime: '2026-11-21T08:30:00Z',
  }),
  observation('inr', {
    code: { coding: [{ system: loinc, code: '6301-6' }] },
    effectiveDateTime: '2026-11',
    meta: { lastUpdated: '2026-11-20T00:00:00Z' },
  }),
  observation('local', {
    code: { coding: [{ code: 'x' }] },
    effectivePeriod: { start: '2026-01-01' },
    subject: { reference: 'https://ehr.example/fhir/Patient/p1' },
  }),
  observation('other', { code: { coding: [{ code: 'x' }] }, subject: { reference: 'Patient/p2' } }),
] as readonly FhirResource[];

let server: FhirTestServer;
beforeAll(async () => {
  server = await startFhirServer(resources, { token: 't', pageSize: 2 });
});
afterAll(() => server.close());

const get = (query: string, init: RequestInit = {}) =>
  fetch(`${server.baseUrl}/${query}`, { headers: { authorization: 'Bearer t' }, ...init });

const idsIn = async (answer: Response) =>
  ((await answer.json()) as Bundle).entry?.map(({ resource }) => resource?.id);

describe('a search finds', () => {
  const all = 'patient=p1&_count=9';
  const rows: readonly [string, readonly string[] | undefined][] = [
    [all, ['pain', 'inr', 'local']],
    ['patient=Patient/p1&_count=9', ['pain', 'inr', 'local']],
    ['subject=Patient/p2', ['other']],
    ['patient=p3', undefined],
    [`${all}&code=72514-3`, ['pain']],
    [`${all}&code=${loinc}|72514-3,${loinc}|6301-6`, ['pain', 'inr']],
    [`${all}&code=${loinc}|`, ['pain', 'inr']],
    [`${all}&code=|x`, ['local']],
    [`${all}&code=|72514-3`, undefined],
    [`${all}&code=${loinc}|x`, undefined],
    [`${all}&status=final,amended&_id=inr`, ['inr']],
    [`${all}&date=2026-11-21`, ['pain']],
    [`${all}&date=eq2026-11`, ['pain', 'inr']],
    [`${all}&date=ge2026-11-21`, ['pain', 'inr', 'local']],
    [`${all}&date=gt2026-11-21`, ['inr', 'local']],
    [`${all}&date=lt2026-11-21`, ['inr', 'local']],
    [`${all}&date=le2026-11-21`, ['pain', 'inr', 'local']],
    [`${all}&date=lt2026-01-01`, undefined],
    [`${all}&_lastUpdated=gt2026-11-10`, ['inr']],
    [`${all}&_sort=date`, ['local', 'inr', 'pain']],
    [`${all}&_sort=-date`, ['pain', 'inr', 'local']],
    [`${all}&_sort=status,-_id`, ['pain', 'local', 'inr']],
    ['patient=p1&_count=0', undefined],
  ];
  test.each(rows)('Observation?%s: %j', async (query, ids) => {
    const answer = await get(`Observation?${query}`);
    expect([answer.status, await idsIn(answer)]).toEqual([200, ids]);
  });
});

test('a search comes in pages on the server’s own base, without a total', async () => {
  const first = (await (await get('Observation?patient=p1')).json()) as Bundle;
  expect(first).not.toHaveProperty('total');
  const next = first.link?.find(({ relation }) => relation === 'next')?.url ?? '';
  expect(next.startsWith(`${server.baseUrl}/`)).toBe(true);
  expect(await idsIn(await get(next.slice(server.baseUrl.length + 1)))).toEqual(['local']);
});

test.each([
  ['Observation?patient=p1&_include=Observation:subject', 400],
  ['Observation?patient=p1&encounter=1', 400],
  ['Observation?patient=p1&date=yesterday', 400],
  ['Observation?patient=p1&date=ne2026', 400],
  ['Observation?patient=p1&_sort=pain', 400],
  ['Observation?patient=p1&_count=all', 400],
  ['AllergyIntolerance?subject=p1', 400],
  ['Spaceship?patient=p1', 400],
  ['Patient/p9', 404],
  ['', 404],
])('GET %s is refused with %d', async (query, status) => {
  const answer = await get(query);
  expect([answer.status, await answer.json()]).toMatchObject([status, { resourceType: 'OperationOutcome' }]);
});

test.each([{}, { authorization: 'Bearer x' }, { authorization: 'Basic t' }])(
  'nobody reads with %j, but everybody may ask what the server can do',
  async (headers) => {
    expect((await get('Patient/p1', { headers })).status).toBe(401);
    const metadata = await get('metadata', { headers });
    expect([metadata.status, await metadata.json()]).toMatchObject([200, { fhirVersion: '4.0.1' }]);
  },
);

test('a read has a version and a date', async () => {
  const { headers } = await get('Patient/p1');
  expect([headers.get('etag'), headers.get('last-modified')]).toEqual([
    'W/"7"',
    'Mon, 02 Nov 2026 00:00:00 GMT',
  ]);
});

test('a batch is answered request by request', async () => {
  const urls = ['Patient/p1', 'Patient/p9', 'Observation?patient=p1', 'Observation?x=1'];
  const entry = urls.map((url) => ({ request: { method: 'GET', url } }));
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry });
  const answer = (await (await get('', { method: 'POST', body })).json()) as Bundle;
  expect(answer.entry?.map(({ response }) => response?.status)).toEqual(['200', '404', '200', '400']);
  expect(answer.entry?.[2]?.resource).toMatchObject({ type: 'searchset' });
});
