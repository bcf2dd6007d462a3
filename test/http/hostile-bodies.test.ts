/** Bodies that no honest client sends: each is refused in the same manner, says nothing back, and harms nobody else. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServices } from '../../cds-services/index.js';
import { patientViewRequest } from '../support/hook-request.js';
import { testApp } from '../support/app.js';

const path = '/cds-services/vertebral-fracture-patient-view';
/** Of a call in all, unless a site says otherwise. */
const budgetMs = 1000;
/** What the way to the service and back may take on a machine with much else to do. */
const machineMs = 500;
const prefetch = { patient: { resourceType: 'Patient', id: 'p1' }, conditions: null };
const request = (members: object = {}, context: Record<string, unknown> = {}) =>
  patientViewRequest({ prefetch, ...members }, context);
const text = (members: object = {}, context: Record<string, unknown> = {}) =>
  JSON.stringify(request(members, context));
const nested = (open: string, close: string, depth: number, inside = '') =>
  text().replace('null', open.repeat(depth) + inside + close.repeat(depth));
const bundle = (entry: unknown) => ({
  prefetch: { ...prefetch, conditions: { resourceType: 'Bundle', entry } },
});

let server: Server;
let url: string;
beforeAll(async () => {
  const { app } = testApp({ services: createServices({}) });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Sent {
  readonly body: string | Buffer;
  readonly headers?: Record<string, string>;
}

async function send({ body, headers = {} }: Sent) {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const answer = await response.text();
  return { status: response.status, answer, ms: performance.now() - started };
}

const gzip = { 'Content-Encoding': 'gzip' };
const rows: readonly [string, number, Sent | string][] = [
  ['nothing', 400, ''],
  ['blanks', 400, ' \n\t '],
  ['null', 400, 'null'],
  ['a number', 400, '42'],
  ['a text', 400, '"canary"'],
  ['an array', 400, '[{"canary": 1}]'],
  ['a byte order mark before the JSON, which RFC 8259 lets us ignore', 200, `\ufeff${text()}`],
  ['UTF-16', 400, { body: Buffer.from(text(), 'utf16le') }],
  [
    'bytes that are not UTF-8',
    400,
    { body: Buffer.from([...Buffer.from('{"canary":"'), 0xff, 0xfe, 0x22, 0x7d]) },
  ],
  ['an overlong spelling of a slash', 400, { body: Buffer.from([0x22, 0xc0, 0xaf, 0x22]) }],
  ['half of a JSON text', 400, text({ canary: 'canary' }).slice(0, 40)],
  ['JSON with a comment', 400, `/* canary */ ${text()}`],
  ['JSON with a comma too many', 400, text().replace(/}$/, ',}')],
  ['NaN', 400, text().replace('null', 'NaN')],
  ['Infinity', 400, text().replace('null', '-Infinity')],
  ['a number in hexadecimal', 400, text().replace('null', '0x1F')],
  ['single quotes', 400, "{'hook': 'canary'}"],
  ['two JSON texts', 400, `${text()}${text()}`],
  ['a control character in a string', 400, text().replace('p1', 'p1\u0000')],
  ['250,000 arrays in each other', 400, nested('[', ']', 250_000)],
  ['100,000 objects in each other', 400, nested('{"a":', '}', 100_000, '1')],
  ['65 arrays in each other', 400, nested('[', ']', 65)],
  ['300,000 empty objects', 413, text().replace('null', `[${'{},'.repeat(300_000)}{}]`)],
  ['a body of 5 MB', 413, text({ canary: 'x'.repeat(5_000_000) })],
  [
    '5 MB in a few compressed bytes',
    413,
    { body: gzipSync(text({ canary: 'x'.repeat(5_000_000) })), headers: gzip },
  ],
  ['compressed rubbish', 400, { body: Buffer.from('canary, not compressed'), headers: gzip }],
  [
    'half of a compressed body',
    400,
    { body: gzipSync(text({ a: 'x'.repeat(9000) })).subarray(0, 60), headers: gzip },
  ],
  ['an encoding nobody has heard of', 415, { body: text(), headers: { 'Content-Encoding': 'canary' } }],
  ['a form', 415, { body: 'canary=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
  ['XML', 415, { body: '<canary/>', headers: { 'Content-Type': 'application/fhir+xml' } }],
  ['JSON that calls itself text', 415, { body: text(), headers: { 'Content-Type': 'text/plain' } }],
  [
    'JSON in another character set',
    415,
    { body: text(), headers: { 'Content-Type': 'application/json; charset=latin1' } },
  ],
  ['a key twice', 400, text().replace('{', '{"hook":"patient-view",')],
  [
    'two patients in one context',
    400,
    text().replace('"patientId":"p1"', '"patientId":"canary","patientId":"p1"'),
  ],
  [
    'a key twice, spelt in two ways',
    400,
    text().replace('"patientId":"p1"', '"pati\\u0065ntId":"canary","patientId":"p1"'),
  ],
  [
    'a key twice deep in a resource',
    400,
    text(bundle([{ resource: { resourceType: 'Condition', id: 'c' } }])).replace(
      '"id":"c"',
      '"id":"canary","id":"c"',
    ),
  ],
  ['half of a character', 400, text().replace('"p1"}', '"p1","name":[{"text":"canary \\ud83d"}]}')],
  ['half of a character in a key', 400, text().replace('{', '{"\\udc00":1,')],
  ['__proto__', 400, text().replace('{', '{"__proto__":{"canary":true},')],
  ['__proto__, spelt otherwise', 400, text().replace('{', '{"\\u005f_proto__":{"canary":true},')],
  ['__proto__ in the context', 400, text().replace('"patientId"', '"__proto__":{"canary":1},"patientId"')],
  ['__proto__ deep in a resource', 400, text().replace('null', '[[{"a":{"__proto__":{"canary":1}}}]]')],
  ['the prototype of a constructor', 400, text().replace('{', '{"constructor":{"prototype":{"canary":1}},')],
  ['a string of more than 1 MB', 413, text({ canary: 'x'.repeat(1_048_577) })],
  ['a key of 300 characters', 413, text({ ['canary'.repeat(50)]: 1 })],
  [
    '10,000 prefetch keys',
    400,
    text({ prefetch: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`canary${i}`, null])) }),
  ],
  ['a hook instance that is no UUID', 400, text({ hookInstance: 'canary' })],
  ['a hook of another service', 400, text({ hook: 'order-sign' })],
  ['a hook that is an object', 400, text({ hook: { canary: 1 } })],
  ['a patient id that is an object', 400, text({}, { patientId: { canary: 1 } })],
  ['a patient id that climbs', 400, text({}, { patientId: '../../canary' })],
  ['a patient id with a query', 400, text({}, { patientId: 'p1?_include=*' })],
  ['a patient id with a line break', 400, text({}, { patientId: 'p1\r\ncanary: 1' })],
  ['a patient id that turns the writing round', 400, text({}, { patientId: 'p1\u202ecanary' })],
  ['a patient id of another type', 400, text({}, { patientId: 'Group/canary' })],
  ['a patient id of 65 characters', 400, text({}, { patientId: 'c'.repeat(65) })],
  [
    'a token for another patient',
    400,
    text({
      fhirServer: 'https://x.example',
      fhirAuthorization: { access_token: 'canary', patient: 'canary' },
    }),
  ],
  [
    'a token with a line break',
    400,
    text({ fhirServer: 'https://x.example', fhirAuthorization: { access_token: 'can\r\nary' } }),
  ],
  [
    'a token of 20,000 characters',
    400,
    text({ fhirServer: 'https://x.example', fhirAuthorization: { access_token: 'c'.repeat(20_000) } }),
  ],
  ['a FHIR server that is a file', 400, text({ fhirServer: 'file:///canary' })],
  ['a FHIR server with a password', 400, text({ fhirServer: 'https://canary:canary@x.example' })],
  ['a FHIR server of 3,000 characters', 400, text({ fhirServer: `https://x.example/${'c'.repeat(3000)}` })],
  ['prefetch that is an array', 400, text({ prefetch: ['canary'] })],
  [
    'a patient of another id',
    412,
    text({ prefetch: { ...prefetch, patient: { resourceType: 'Patient', id: 'canary' } } }),
  ],
  ['a patient that is a text', 412, text({ prefetch: { ...prefetch, patient: 'canary' } })],
  [
    'a resource type that is an array',
    412,
    text({ prefetch: { ...prefetch, patient: { resourceType: ['Patient'], id: 'p1' } } }),
  ],
  ['Bundle entries that are an object', 412, text(bundle({ canary: 1 }))],
  [
    'Bundle entries of rubbish',
    200,
    text(bundle([null, 1, 'canary', [], { resource: 5 }, { resource: { resourceType: 'Condition' } }])),
  ],
  [
    'entries that point at each other',
    200,
    text(
      bundle(
        [0, 1].map((i) => ({
          fullUrl: `urn:uuid:${i}`,
          resource: { resourceType: 'Condition', id: `c${i}`, subject: { reference: `urn:uuid:${1 - i}` } },
        })),
      ),
    ),
  ],
  [
    'numbers beyond all measure',
    200,
    text(bundle([{ resource: { resourceType: 'Condition', id: 'c', onsetAge: { value: 0 } } }])).replace(
      '"value":0',
      '"value":1e999',
    ),
  ],
];

test.each(rows)('%s: %i', async (_what, expected, sent) => {
  const { status, answer, ms } = await send(typeof sent === 'string' ? { body: sent } : sent);
  expect(status).toBe(expected);
  expect(answer).not.toMatch(/canary/i);
  if (status !== 200) expect(JSON.parse(answer)).toMatchObject({ resourceType: 'OperationOutcome' });
  expect(ms).toBeLessThan(budgetMs + machineMs);
  expect((await send({ body: text() })).status).toBe(200);
});

test('a large attachment is no hostile string: FHIR limits strings, not attachments', async () => {
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r',
    presentedForm: [{ data: 'A'.repeat(1_400_000) }],
  };
  const { status } = await send({ body: text({ prefetch: { ...prefetch, reports: report } }) });
  expect(status).toBe(200);
});

test('the shape of nothing else has changed: prototypes are what they were', () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { canary?: unknown }).canary).toBeUndefined();
});
