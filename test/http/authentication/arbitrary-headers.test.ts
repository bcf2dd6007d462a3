/** Whatever stands in the Authorization header: it is judged, never let in, and never fails. */
import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { createAuthenticator } from '../../../src/http/authentication/authenticator.js';
import { tokenRefusals } from '../../../src/http/authentication/refusal.js';
import { createReplayGuard } from '../../../src/http/authentication/replay-guard.js';
import { shareReplayGuard } from '../../../src/http/authentication/shared-replay-guard.js';
import { base64url, ellipticKey, goodClaims, registeredClients, token } from '../../support/client-tokens.js';

const now = new Date('2026-11-23T10:00:00Z');
const issuer = 'https://north.example.org';
const audience = 'https://cds.example.org/cds-services';
const key = ellipticKey('e1');
const { authenticate } = createAuthenticator({
  clients: registeredClients([{ id: 'north', issuer, keys: [key.jwk] }]),
  replayGuard: shareReplayGuard(createReplayGuard()),
  outbound: { fetch: () => Promise.reject(new Error('nothing is to be fetched')) },
  clock: () => now,
});

async function isRefused(authorization: string): Promise<boolean> {
  const answer = await authenticate(authorization, audience);
  return !answer.ok && tokenRefusals.includes(answer.reason);
}

const json = fc.json();
const part = fc.oneof(json, fc.constant('{}'), fc.string({ unit: 'binary' })).map((text) => base64url(text));
const claims = fc.record(
  {
    iss: fc.oneof(fc.constant(issuer), fc.jsonValue()),
    aud: fc.oneof(fc.constant(audience), fc.jsonValue()),
    exp: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
    iat: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
    nbf: fc.jsonValue(),
    jti: fc.jsonValue(),
    tenant: fc.jsonValue(),
    sub: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const header = fc.record(
  {
    alg: fc.constantFrom('ES384', 'RS384', 'none', 'HS384'),
    typ: fc.oneof(fc.constant('JWT'), fc.jsonValue()),
    kid: fc.oneof(fc.constant('e1'), fc.jsonValue()),
    jku: fc.jsonValue(),
    jwk: fc.jsonValue(),
    crit: fc.jsonValue(),
    b64: fc.jsonValue(),
    zip: fc.jsonValue(),
  },
  { requiredKeys: ['alg', 'kid'] },
);

test.each<[string, fc.Arbitrary<string>]>([
  ['a string', fc.string({ unit: 'binary', maxLength: 2000 })],
  ['something after Bearer', fc.string({ unit: 'binary' }).map((text) => `Bearer ${text}`)],
  ['three parts', fc.tuple(part, part, part).map((parts) => `Bearer ${parts.join('.')}`)],
  [
    'a header and claims with a signature of nothing',
    fc
      .tuple(header, claims, fc.uint8Array({ maxLength: 200 }))
      .map(
        ([head, body, bytes]) =>
          `Bearer ${base64url(head)}.${base64url(body)}.${base64url(Buffer.from(bytes))}`,
      ),
  ],
])('%s is refused', async (_what, headers) => {
  await fc.assert(
    fc.asyncProperty(headers, async (authorization) => {
      expect(await isRefused(authorization)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('whatever a client signs, it is judged without failing', async () => {
  await fc.assert(
    fc.asyncProperty(header, claims, async (head, body) => {
      const answer = await authenticate(`Bearer ${token({ key, header: head, claims: body })}`, audience);
      expect(answer.ok || tokenRefusals.includes(answer.reason)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a good token with one character changed is refused', async () => {
  const good = token({ key, claims: goodClaims(issuer, audience, now) });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme-ascii' }),
      async (at, character) => {
        fc.pre(good[at] !== character);
        expect(await isRefused(`Bearer ${good.slice(0, at)}${character}${good.slice(at + 1)}`)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
