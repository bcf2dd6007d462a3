/** Tokens that must be let in, each as some EHR or test kit sends it. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { createAuthenticator } from '../../../src/http/authentication/authenticator.js';
import { createReplayGuard } from '../../../src/http/authentication/replay-guard.js';
import { shareReplayGuard } from '../../../src/http/authentication/shared-replay-guard.js';
import {
  compact,
  ellipticKey,
  goodClaims,
  internalJwks,
  registeredClients,
  rsaKey,
  signers,
  startKeyServer,
  token,
  type Members,
} from '../../support/client-tokens.js';
import { discoveryUrl, startGuardedApp } from '../../support/guarded-app.js';

const now = new Date('2026-11-23T10:00:00Z');
const seconds = now.getTime() / 1000;
const issuer = 'https://north.example.org/fhir';
const elliptic = ellipticKey('e1');
const rsa = rsaKey('r1');
const keyServer = await startKeyServer();
const jwks = keyServer.serve('/jwks.json', {
  keys: [
    { ...elliptic.jwk, alg: 'ES384', use: 'sig', key_ops: ['verify', 'sign'], ext: true },
    { ...rsa.jwk, x5c: ['MIIB'], x5t: 'abc' },
    { kty: 'OKP', crv: 'Ed25519', x: 'abc', kid: 'other' },
    'not a key',
  ],
});
const clients = registeredClients([
  { id: 'north', issuer, jwks: internalJwks(jwks) },
  { id: 'south', issuer: 'https://south.example.org', keys: [elliptic.jwk, rsa.jwk] },
  { id: 'east', issuer: 'https://shared.example.org', tenants: ['t1', 't2'], keys: [elliptic.jwk] },
  { id: 'west', issuer: 'https://shared.example.org', tenants: ['t3'], keys: [rsa.jwk] },
  { id: 'named', issuer: 'https://named.example.org', subject: 'client-1', keys: [elliptic.jwk] },
  { id: 'wrong', issuer: 'https://wrong.example.org', audiences: ['sand_man'], keys: [elliptic.jwk] },
  { id: 'kit', issuer: 'https://kit.example.org', tokenReplay: 'allowed', keys: [elliptic.jwk] },
]);
const app = await startGuardedApp(clients, () => now);
afterAll(() => Promise.all([app.stop(), keyServer.stop()]));

const claimsOf = (claims: Members = {}): Members => ({ ...goodClaims(issuer, discoveryUrl, now), ...claims });

const rows: readonly (readonly [string, () => string])[] = [
  ['ES384', () => token({ key: elliptic, claims: claimsOf() })],
  ['RS384', () => token({ key: rsa, claims: claimsOf() })],
  ['the registered jku', () => token({ key: rsa, claims: claimsOf(), header: { jku: jwks } })],
  [
    'keys of the configuration',
    () => token({ key: rsa, claims: claimsOf({ iss: 'https://south.example.org' }) }),
  ],
  ['typ in small letters', () => token({ key: elliptic, claims: claimsOf(), header: { typ: 'jwt' } })],
  [
    'several audiences',
    () => token({ key: elliptic, claims: claimsOf({ aud: ['https://other.example', discoveryUrl] }) }),
  ],
  [
    'the wrong audience that the site has listed',
    () => token({ key: elliptic, claims: claimsOf({ iss: 'https://wrong.example.org', aud: 'sand_man' }) }),
  ],
  [
    'the right audience where a wrong one is listed',
    () => token({ key: elliptic, claims: claimsOf({ iss: 'https://wrong.example.org' }) }),
  ],
  [
    'expired within the skew',
    () => token({ key: elliptic, claims: claimsOf({ iat: seconds - 300, exp: seconds - 59 }) }),
  ],
  ['valid within the skew', () => token({ key: elliptic, claims: claimsOf({ nbf: seconds + 60 }) })],
  ['issued within the skew', () => token({ key: elliptic, claims: claimsOf({ iat: seconds + 60 }) })],
  [
    'times with fractions',
    () => token({ key: elliptic, claims: claimsOf({ iat: seconds - 0.5, exp: seconds + 299.5 }) }),
  ],
  ['an hour of life', () => token({ key: elliptic, claims: claimsOf({ exp: seconds + 3600 }) })],
  [
    '15 minutes of life, and valid since before it was issued',
    () => token({ key: rsa, claims: claimsOf({ nbf: seconds - 300, exp: seconds + 900, sub: 'client-1' }) }),
  ],
  [
    'a subject',
    () => token({ key: elliptic, claims: claimsOf({ iss: 'https://named.example.org', sub: 'client-1' }) }),
  ],
  ['a jti of 500 characters', () => token({ key: elliptic, claims: claimsOf({ jti: 'x'.repeat(500) }) })],
  [
    'an iss twice, where the last one counts',
    () =>
      compact(
        { alg: 'ES384', typ: 'JWT', kid: 'e1' },
        `{"iss":"https://evil.example",${JSON.stringify(claimsOf()).slice(1)}`,
        signers.ES384(elliptic),
      ),
  ],
];

describe('let in, and not twice:', () => {
  test.each(rows)('%s', async (_what, make) => {
    const good = make();
    const { status, logged } = await app.send(`Bearer ${good}`);
    expect([status, logged.refusal]).toEqual([200, undefined]);
    const again = await app.send(`bearer  ${good}`);
    expect([again.status, again.logged.refusal]).toEqual([401, 'replayed']);
  });
});

test('a test kit may use its token again', async () => {
  const authorization = `Bearer ${token({ key: elliptic, claims: claimsOf({ iss: 'https://kit.example.org' }) })}`;
  for (const time of ['first', 'second', 'third']) {
    expect([time, (await app.send(authorization)).status]).toEqual([time, 200]);
  }
});

test('the same jti of two issuers is two tokens', async () => {
  const [one, other] = [issuer, 'https://south.example.org'].map((iss) =>
    token({ key: elliptic, claims: claimsOf({ iss, jti: 'the-same' }) }),
  );
  expect([(await app.send(`Bearer ${one}`)).status, (await app.send(`Bearer ${other}`)).status]).toEqual([
    200, 200,
  ]);
});

test('clients of one issuer are told apart by the tenant, which the caller gets to know', async () => {
  const authenticator = createAuthenticator({
    clients,
    replayGuard: shareReplayGuard(createReplayGuard()),
    outbound: { fetch: () => Promise.reject(new Error('nothing is to be fetched')) },
    clock: () => now,
  });
  const shared = async (tenant: string, key = elliptic) => {
    const claims = claimsOf({ iss: 'https://shared.example.org', tenant });
    const authentication = await authenticator.authenticate(`Bearer ${token({ key, claims })}`, discoveryUrl);
    return authentication.ok ? [authentication.client.id, authentication.tenant] : authentication.reason;
  };
  expect(await shared('t1')).toEqual(['east', 't1']);
  expect(await shared('t2')).toEqual(['east', 't2']);
  expect(await shared('t3', rsa)).toEqual(['west', 't3']);
});

test('a token is remembered for as long as it would be let in, the skew included', async () => {
  let time = now;
  const { authenticate } = createAuthenticator({
    clients,
    replayGuard: shareReplayGuard(createReplayGuard()),
    outbound: { fetch: () => Promise.reject(new Error('nothing is to be fetched')) },
    clock: () => time,
  });
  const good = token({ key: elliptic, claims: claimsOf({ iss: 'https://south.example.org' }) });
  const reasons: string[] = [];
  for (const after of [0, 300, 359.999, 360]) {
    time = new Date(now.getTime() + after * 1000);
    const answer = await authenticate(`Bearer ${good}`, discoveryUrl);
    reasons.push(answer.ok ? 'let in' : answer.reason);
  }
  expect(reasons).toEqual(['let in', 'replayed', 'replayed', 'expired']);
});
