import { describe, expect, test } from '@jest/globals';
import { clientsSchema, type ClientConfiguration } from '../../src/config/client-configuration.js';
import { checkKeys } from '../../src/self-check/keys.js';
import { ellipticKey, rsaKey } from '../support/client-tokens.js';
import type { OutboundAnswer } from '../../src/outbound/fetch-text.js';

const elliptic = ellipticKey('e1').jwk;
const rsa = rsaKey('r1').jwk;

function client(members: object): ClientConfiguration {
  const [parsed] = clientsSchema.parse([{ id: 'north', issuer: 'https://ehr.example', ...members }]);
  if (parsed === undefined) throw new Error('no client');
  return parsed;
}
const remote = client({ jwks: { url: 'https://ehr.example/jwks.json' } });

const checked = (fetched: OutboundAnswer) =>
  checkKeys('clients[0]', remote, (_server, url) =>
    url === 'https://ehr.example/jwks.json' ? Promise.resolve(fetched) : Promise.reject(new Error(url)),
  );
const served = (value: unknown, status = 200): OutboundAnswer => ({
  ok: true,
  status,
  text: typeof value === 'string' ? value : JSON.stringify(value),
});

test('keys that tokens can be checked with are counted and named', async () => {
  expect(await checked(served({ keys: [elliptic, rsa] }))).toEqual({
    verdict: 'ok',
    subject: 'clients[0].jwks.url',
    text: 'north has 2 usable: ES384 e1, RS384 r1',
  });
});

test('keys of the configuration are judged without a request', async () => {
  const inline = client({ keys: [elliptic] });
  const nobody = () => Promise.reject(new Error('nothing is to be fetched'));
  expect(await checkKeys('clients[0]', inline, nobody)).toMatchObject({
    verdict: 'ok',
    subject: 'clients[0].keys',
  });
});

describe('a problem is told in plain words:', () => {
  const rows: readonly [string, OutboundAnswer, string][] = [
    ['nobody answers', { ok: false, reason: 'unreachable' }, 'nobody answers'],
    ['an error', served('', 503), 'answered 503'],
    ['a page', served('<html>'), 'no JWKS'],
    ['another JSON', served({ key: [] }), 'no JWKS'],
    ['no key at all', served({ keys: [] }), 'none of the 0 keys'],
    ['another curve', served({ keys: [ellipticKey('e2', 'P-256').jwk] }), 'P-384'],
    ['a weak key', served({ keys: [rsaKey('r2', 1024).jwk] }), '2048 bits'],
    ['a broken key', served({ keys: [{ ...elliptic, x: 'x' }] }), 'none of the 1 keys'],
    ['no kid', served({ keys: [{ ...elliptic, kid: undefined }] }), 'with a kid'],
  ];
  test.each(rows)('%s', async (_case, fetched, words) => {
    expect(await checked(fetched)).toMatchObject({
      verdict: 'problem',
      text: expect.stringContaining(words),
    });
  });
});
