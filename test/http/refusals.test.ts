import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../support/app.js';
import { orderSignRequest, patientViewRequest } from '../support/hook-request.js';

const call = '/cds-services/fake-patient-view';
const json = 'application/json';
const valid = JSON.stringify(
  patientViewRequest({ prefetch: { patient: { resourceType: 'Patient', id: 'p1' } } }),
);

interface Refusal {
  readonly why: string;
  readonly method?: 'get' | 'post' | 'put' | 'delete' | 'patch';
  readonly path?: string;
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly encoding?: string;
  readonly status: number;
  readonly code: string;
  readonly expression?: string;
}

const refusals: readonly Refusal[] = [
  { why: 'a place that is not there', method: 'get', path: '/nowhere', status: 404, code: 'not-found' },
  { why: 'an unknown service', path: '/cds-services/nobody', body: valid, status: 404, code: 'not-found' },
  {
    why: 'an unknown service, whatever the method',
    method: 'get',
    path: '/cds-services/nobody',
    status: 404,
    code: 'not-found',
  },
  {
    why: 'feedback to an unknown service',
    path: '/cds-services/nobody/feedback',
    body: '{}',
    status: 404,
    code: 'not-found',
  },
  {
    why: 'a service named like a property',
    path: '/cds-services/__proto__',
    body: valid,
    status: 404,
    code: 'not-found',
  },
  {
    why: 'a URL that is badly encoded',
    path: '/cds-services/%E0%A4%A',
    body: valid,
    status: 400,
    code: 'structure',
  },
  { why: 'GET on a service', method: 'get', path: call, status: 405, code: 'not-supported' },
  { why: 'PUT on a service', method: 'put', body: valid, status: 405, code: 'not-supported' },
  { why: 'POST on discovery', path: '/cds-services', body: '{}', status: 405, code: 'not-supported' },
  {
    why: 'DELETE on feedback',
    method: 'delete',
    path: `${call}/feedback`,
    status: 405,
    code: 'not-supported',
  },
  { why: 'PATCH on health', method: 'patch', path: '/health/live', status: 405, code: 'not-supported' },
  {
    why: 'a form',
    type: 'application/x-www-form-urlencoded',
    body: 'a=1',
    status: 415,
    code: 'not-supported',
  },
  { why: 'plain text', type: 'text/plain', body: valid, status: 415, code: 'not-supported' },
  {
    why: 'another charset',
    type: 'application/json; charset=iso-8859-1',
    body: valid,
    status: 415,
    code: 'not-supported',
  },
  {
    why: 'a type that only begins like JSON',
    type: 'application/jsonp',
    body: valid,
    status: 415,
    code: 'not-supported',
  },
  { why: 'an unknown content encoding', encoding: 'zstd', body: valid, status: 415, code: 'not-supported' },
  { why: 'what only pretends to be gzip', encoding: 'gzip', body: valid, status: 400, code: 'structure' },
  { why: 'an empty body', body: '', status: 400, code: 'required' },
  { why: 'half of a JSON text', body: valid.slice(0, -1), status: 400, code: 'structure' },
  { why: 'a word', body: 'hello', status: 400, code: 'structure' },
  { why: 'JSON with a comment', body: `${valid} // x`, status: 400, code: 'structure' },
  { why: 'NaN', body: '{"a": NaN}', status: 400, code: 'structure' },
  {
    why: 'bytes that are not UTF-8',
    body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    status: 400,
    code: 'structure',
  },
  { why: '__proto__', body: valid.replace('{', '{"__proto__": {"a": 1},'), status: 400, code: 'structure' },
  {
    why: '__proto__ in escapes',
    body: valid.replace('{', '{"\\u005f_proto__": {"a": 1},'),
    status: 400,
    code: 'structure',
  },
  {
    why: 'constructor.prototype',
    body: '{"constructor": {"prototype": {}}}',
    status: 400,
    code: 'structure',
  },
  {
    why: 'arrays 250,000 deep',
    body: '['.repeat(250_000) + ']'.repeat(250_000),
    status: 400,
    code: 'structure',
  },
  { why: 'arrays deep inside prefetch', body: deepPrefetch(70), status: 400, code: 'structure' },
  {
    why: 'half a million empty arrays',
    body: `[${'[],'.repeat(500_000)}[]]`,
    status: 413,
    code: 'too-costly',
  },
  { why: 'a body of 5 MB', body: `"${'x'.repeat(5_000_000)}"`, status: 413, code: 'too-long' },
  {
    why: 'a body of 5 MB in a small parcel',
    encoding: 'gzip',
    body: gzipSync('x'.repeat(5_000_000)),
    status: 413,
    code: 'too-long',
  },
  { why: 'null', body: 'null', status: 400, code: 'invalid' },
  { why: 'an array', body: '[]', status: 400, code: 'invalid' },
  { why: 'no hook', body: '{}', status: 400, code: 'invalid', expression: 'hook' },
  {
    why: 'another hook',
    body: JSON.stringify(orderSignRequest()),
    status: 400,
    code: 'invalid',
    expression: 'hook',
  },
  {
    why: 'a missing patient',
    body: JSON.stringify(patientViewRequest({}, { patientId: undefined })),
    status: 400,
    code: 'invalid',
    expression: 'context.patientId',
  },
  {
    why: 'feedback of no shape',
    path: `${call}/feedback`,
    body: '{}',
    status: 400,
    code: 'invalid',
    expression: 'feedback',
  },
  {
    why: 'feedback too large',
    path: `${call}/feedback`,
    body: `"${'x'.repeat(300_000)}"`,
    status: 413,
    code: 'too-long',
  },
];

describe('refused with an OperationOutcome:', () => {
  test.each(refusals)('$why ($status)', async (refusal) => {
    const {
      method = 'post',
      path = call,
      type = json,
      body = '',
      encoding,
      status,
      code,
      expression,
    } = refusal;
    const { app } = testApp();
    const sending = request(app)[method](path).set('Content-Type', type).set('Origin', 'https://ehr.example');
    if (encoding !== undefined) sending.set('Content-Encoding', encoding);
    // superagent turns a Buffer of a JSON type into its JSON representation unless told not to
    const answer = await sending.serialize((sent: unknown) => sent as string).send(body);

    expect([answer.status, answer.type]).toEqual([status, json]);
    expect(answer.body).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: expect.arrayContaining([expect.objectContaining({ severity: 'error', code })]),
    });
    if (expression !== undefined)
      expect(answer.body).toMatchObject({
        issue: expect.arrayContaining([expect.objectContaining({ expression: [expression] })]),
      });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.text).not.toMatch(/ {4}at |node_modules|<html/i);
    expect((await request(app).post(call).set('Content-Type', json).send(valid)).status).toBe(200);
  });
});

test('405 names the methods that are supported', async () => {
  const { app } = testApp();
  expect((await request(app).get(call)).headers.allow).toBe('POST, OPTIONS');
  expect((await request(app).post('/cds-services').send({})).headers.allow).toBe('GET, HEAD, OPTIONS');
});

function deepPrefetch(depth: number): string {
  return valid.replace('"Patient"', `"Patient","a":${'['.repeat(depth)}${']'.repeat(depth)}`);
}
