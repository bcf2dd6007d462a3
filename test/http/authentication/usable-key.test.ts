import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { usableKeys } from '../../../src/http/authentication/usable-key.js';
import { ellipticKey, rsaKey } from '../../support/client-tokens.js';

const elliptic = ellipticKey('e1').jwk;
const rsa = rsaKey('r1').jwk;

/** An odd number of so many bytes; whether it is a product of two primes shows only to those who know them. */
function modulus(bytes: number): string {
  const number = randomBytes(bytes);
  number[0] = 0xff;
  number[bytes - 1] = 0xff;
  return number.toString('base64url');
}

test.each<[string, object]>([
  ['an EC key on P-384', elliptic],
  ['an RSA key of 2048 bits', rsa],
  ['a key that says what it is for', { ...elliptic, use: 'sig', alg: 'ES384', key_ops: ['verify'] }],
  ['an RSA key of 8192 bits', { ...rsa, n: modulus(1024) }],
])('%s can be used', (_what, key) => {
  expect(usableKeys([key])).toHaveLength(1);
});

test('nothing of a key is kept but what verifies a signature', () => {
  const decorated = { ...elliptic, key_ops: ['verify'], x5u: 'https://evil.example', extra: { a: 1 } };
  expect(usableKeys([decorated, { ...rsa, x5c: ['MIIB'] }])).toEqual([elliptic, rsa]);
});

describe('not used:', () => {
  test.each<[string, unknown]>([
    ['no key', undefined],
    ['null', null],
    ['a word', 'key'],
    ['a key without kid', { ...elliptic, kid: undefined }],
    ['a key with an empty kid', { ...elliptic, kid: '' }],
    ['a key with a number as kid', { ...elliptic, kid: 1 }],
    ['a private key', { ...elliptic, d: 'AAAA' }],
    ['a symmetric key', { kty: 'oct', k: 'c2VjcmV0', kid: 'o1' }],
    ['a key on P-256', ellipticKey('e1', 'P-256').jwk],
    ['a key on P-521', ellipticKey('e1', 'P-521').jwk],
    ['a point that is not on the curve', { ...elliptic, x: elliptic.y, y: elliptic.x }],
    ['a point of half the size', { ...elliptic, x: elliptic.x?.slice(0, 32) }],
    ['an RSA key of 1024 bits', rsaKey('r1', 1024).jwk],
    [
      'an RSA key of 2040 bits, with zeros before it',
      {
        ...rsa,
        n: Buffer.concat([Buffer.alloc(40), Buffer.from(modulus(255), 'base64url')]).toString('base64url'),
      },
    ],
    ['an RSA key of 16,000 bits', { ...rsa, n: modulus(2000) }],
    ['an RSA key without exponent', { ...rsa, e: undefined }],
    ['a key for encryption', { ...rsa, use: 'enc' }],
    ['a key that may not verify', { ...elliptic, key_ops: ['deriveKey'] }],
    ['a key for PS384', { ...rsa, alg: 'PS384' }],
    ['a key for another curve by its alg', { ...elliptic, alg: 'ES256' }],
  ])('%s', (_what, key) => {
    expect(usableKeys([key])).toEqual([]);
  });
});
