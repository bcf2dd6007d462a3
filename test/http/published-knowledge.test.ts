/** `GET /fhir/…` as other software sees it. */
import { describe, expect, test } from '@jest/globals';
import type { Bundle, CapabilityStatement, OperationOutcome } from 'fhir/r4.js';
import request from 'supertest';
import { createPublication } from '../../src/published/publication.js';
import { testApp } from '../support/app.js';
import { definitionBase, definitions } from '../support/definitions.js';
import { faultsOf } from '../support/fhir-validation.js';

const base = 'https://cds.example.org/fhir';
const { app, log } = testApp({
  publication: createPublication({
    definitions,
    software: { name: 'vertebral-cds', version: '1.2.3' },
    base,
  }),
});

interface Given {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly body: unknown;
}
async function get(path: string, headers: Record<string, string> = {}): Promise<Given> {
  return request(app).get(path).set(headers) as Promise<unknown> as Promise<Given>;
}

async function search(query: string): Promise<Bundle> {
  const { status, body } = await get(`/fhir/ValueSet${query}`);
  expect(status).toBe(200);
  expect(faultsOf(body as Bundle)).toEqual([]);
  return body as Bundle;
}
const idsIn = ({ entry = [] }: Bundle) => entry.map(({ resource }) => resource?.id);

describe('metadata', () => {
  test('is a valid CapabilityStatement of what is published, and of nothing else', async () => {
    const { status, body, headers } = await get('/fhir/metadata');
    expect([status, headers['content-type']]).toEqual([200, 'application/fhir+json; charset=utf-8']);
    expect(faultsOf(body as CapabilityStatement)).toEqual([]);
    expect(body).toMatchObject({
      kind: 'instance',
      fhirVersion: '4.0.1',
      date: '2026-11-21',
      software: { name: 'vertebral-cds', version: '1.2.3' },
      implementation: { url: base },
    });
    const types = (body as CapabilityStatement).rest?.[0]?.resource?.map(({ type }) => type);
    expect(types).toEqual(['CapabilityStatement', 'CodeSystem', 'ValueSet']);
  });
});

test('what a server of the definitions can do is a definition itself, which the endpoint fulfils', async () => {
  const { body } = await get('/fhir/CapabilityStatement/published-knowledge');
  expect(faultsOf(body as CapabilityStatement)).toEqual([]);
  const { url, version, kind, rest } = body as CapabilityStatement;
  expect([url, version, kind]).toEqual([
    `${definitionBase}/CapabilityStatement/published-knowledge`,
    '1.0.0',
    'requirements',
  ]);
  const metadata = (await get('/fhir/metadata')).body as CapabilityStatement;
  expect(metadata.instantiates).toEqual([`${url ?? ''}|${version ?? ''}`]);
  expect(metadata.rest).toEqual(rest);
});

describe('a definition', () => {
  test('is read by type and id, with a tag by which it is not sent twice', async () => {
    const first = await get('/fhir/ValueSet/opioid');
    expect([first.status, first.body]).toEqual([200, definitions[1]]);
    const { etag } = first.headers;
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    expect(first.headers['cache-control']).toBe('public, max-age=300');
    for (const known of [etag, `W/${etag ?? ''}`, `"other", ${etag ?? ''}`, '*']) {
      const again = await get('/fhir/ValueSet/opioid', { 'If-None-Match': known ?? '' });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
    }
    expect((await get('/fhir/ValueSet/opioid', { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  test('is the same to HEAD, without its body', async () => {
    const { status, headers, text } = await request(app).head('/fhir/ValueSet/opioid');
    expect([status, text]).toEqual([200, undefined]);
    expect(headers.etag).toBe((await get('/fhir/ValueSet/opioid')).headers.etag);
  });

  test('is asked for without a token, and the log says so', async () => {
    await get('/fhir/metadata');
    expect(log.join('')).toContain('"route":"knowledge"');
  });
});

describe('a search', () => {
  const address = `${definitionBase}/ValueSet/opioid`;
  test.each([
    ['everything', '', ['opioid', 'opium', 'inr']],
    ['by url', `?url=${address}`, ['opioid']],
    ['by url with its version', `?url=${address}|1.0.0`, ['opioid']],
    ['by url with another version', `?url=${address}|9.0.0`, []],
    ['by the beginning of a url', `?url=${definitionBase}`, []],
    ['by version', '?version=2.0.0', ['opium']],
    ['by version as a token without system', '?version=|2.0.0', ['opium']],
    ['by status', '?status=active', ['opioid', 'inr']],
    ['by status with its system', '?status=http://hl7.org/fhir/publication-status|draft', ['opium']],
    ['by status with another system', '?status=http://x|draft', []],
    ['by the beginning of a name, in any case', '?name=opi', ['opioid', 'opium']],
    ['by the middle of a name', '?name=ium', []],
    ['by the middle of a name, asked for', '?name:contains=IUM', ['opium']],
    ['by the exact name', '?name:exact=Opium', ['opium']],
    ['by an exact name in another case', '?name:exact=opium', []],
    ['by title', '?title=inr', ['inr']],
    ['by id', '?_id=inr', ['inr']],
    ['by one of two', '?name=inr,opium', ['opium', 'inr']],
    ['by both of two', '?name=opi&status=active', ['opioid']],
    ['by the same twice', '?name=opi&name=opium', ['opium']],
    ['by a parameter it does not know, which is passed over', '?colour=red&name=inr', ['inr']],
    ['by an empty value, which is passed over', '?name=', ['opioid', 'opium', 'inr']],
    [
      'by names of members of objects, which are no parameters',
      '?constructor=x&__proto__=y',
      ['opioid', 'opium', 'inr'],
    ],
  ])('%s', async (_what, query, found) => {
    const bundle = await search(query);
    expect([bundle.type, bundle.total, idsIn(bundle)]).toEqual(['searchset', found.length, found]);
  });

  test('names itself by what it used, and each entry by its address', async () => {
    const bundle = await search('?colour=red&name=inr');
    expect(bundle.link).toEqual([{ relation: 'self', url: `${base}/ValueSet?name=inr` }]);
    expect(bundle.entry?.[0]).toMatchObject({ fullUrl: `${base}/ValueSet/inr`, search: { mode: 'match' } });
  });

  test('comes in pages where few are asked for; following the links finds everything once', async () => {
    const found: (string | undefined)[] = [];
    let query: string | undefined = '?status=active,draft&_count=2';
    while (query !== undefined) {
      const bundle: Bundle = await search(query);
      expect(bundle.total).toBe(3);
      found.push(...idsIn(bundle));
      const next: string | undefined = bundle.link?.find(({ relation }) => relation === 'next')?.url;
      query = next?.slice(`${base}/ValueSet`.length);
    }
    expect(found).toEqual(['opioid', 'opium', 'inr']);
  });

  test.each(['?_summary=count', '?_count=0'])('that only counts (%s) has no entries', async (query) => {
    expect(await search(query)).toMatchObject({ total: 3, link: [{ relation: 'self' }] });
    expect((await search(query)).entry).toBeUndefined();
  });

  test('has a tag that changes with what was found', async () => {
    const tags = await Promise.all(
      ['', '?name=opi', '?name=opi'].map(async (query) => (await get(`/fhir/ValueSet${query}`)).headers.etag),
    );
    expect([tags[0] === tags[1], tags[1] === tags[2]]).toEqual([false, true]);
  });
});

describe('what is refused comes as an OperationOutcome:', () => {
  const refusals: readonly (readonly [string, string, Record<string, string>, number, RegExp])[] = [
    ['a type that is not published', '/fhir/Patient', {}, 404, /not published/],
    ['a read of such a type', '/fhir/Patient/1', {}, 404, /not published/],
    ['a name of an object member as type', '/fhir/constructor', {}, 404, /not published/],
    ['an unknown id', '/fhir/ValueSet/nothing', {}, 404, /has this id/],
    ['a place below a definition', '/fhir/ValueSet/opioid/_history', {}, 404, /nothing here/],
    ['an unknown modifier', '/fhir/ValueSet?name:sounds=x', {}, 400, /name:sounds has a modifier/],
    ['a count that is no number', '/fhir/ValueSet?_count=few', {}, 400, /_count must be/],
    [
      'an unknown parameter, where the caller wants to know',
      '/fhir/ValueSet?colour=red',
      { Prefer: 'handling=strict' },
      400,
      /colour is not a parameter/,
    ],
    ['XML, by header', '/fhir/ValueSet/opioid', { Accept: 'application/fhir+xml' }, 406, /json alone/],
    ['XML, by parameter', '/fhir/metadata?_format=xml', {}, 406, /json alone/],
  ];
  test.each(refusals)('%s', async (_what, path, headers, status, words) => {
    const answer = await get(path, headers);
    expect(answer.status).toBe(status);
    const outcome = answer.body as OperationOutcome;
    expect(outcome.resourceType).toBe('OperationOutcome');
    expect(faultsOf(outcome)).toEqual([]);
    expect(JSON.stringify(outcome)).toMatch(words);
  });

  test('any attempt to write', async () => {
    for (const path of ['/fhir/ValueSet', '/fhir/ValueSet/opioid', '/fhir/metadata']) {
      const { status, headers } = await request(app).put(path).send({});
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });
});

test.each(['json', 'application/json', 'application/fhir%2Bjson', 'application/fhir+json'])(
  'JSON may be asked for as %s',
  async (format) => {
    const { status } = await get(`/fhir/ValueSet/opioid?_format=${format}`, { Accept: 'text/html' });
    expect(status).toBe(200);
  },
);

test('two definitions in one place, or one without an address, are found out at start', () => {
  const publish =
    (...resources: typeof definitions) =>
    () =>
      createPublication({ definitions: resources, software: { name: 'x', version: '1' }, base });
  const [first] = definitions;
  if (first === undefined) throw new Error('no definitions');
  expect(publish(first, first)).toThrow('CodeSystem/shapes is published twice');
  expect(publish({ resourceType: 'ValueSet', status: 'active', id: 'x' })).toThrow();
});
