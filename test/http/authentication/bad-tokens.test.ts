/**
 * Tokens that must not open the door. Each is sent to the application over a socket: the answer is a 401 that says
 * nothing, the reason stands in the log, and nobody but registered key servers has been called.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TokenRefusal } from '../../../src/http/authentication/refusal.js';
import {
  base64url,
  compact,
  ellipticKey,
  goodClaims,
  hmac,
  internalJwks,
  registeredClients,
  rsaKey,
  signers,
  startKeyServer,
  token,
  unsigned,
  type Members,
  type Part,
  type Signer,
  type SigningKey,
} from '../../support/client-tokens.js';
import { discoveryUrl, publicUrl, startGuardedApp } from '../../support/guarded-app.js';

const now = new Date('2026-11-23T10:00:00Z');
const seconds = now.getTime() / 1000;

const elliptic = ellipticKey('e1');
const rsa = rsaKey('r1');
const weak = rsaKey('weak', 1024);
const p256 = ellipticKey('p256', 'P-256');
const southKey = ellipticKey('south-1');
const attacker = ellipticKey('attacker');
const attackerAsOurs = { ...attacker, kid: elliptic.kid };

const decoy = await startKeyServer();
const decoyJwks = decoy.serve('/jwks.json', { keys: [attacker.jwk, { ...attacker.jwk, kid: elliptic.kid }] });
const keyServer = await startKeyServer();

const keySets = {
  down: (response) => response.writeHead(500).end(),
  slow: () => undefined,
  huge: (response) => response.end(JSON.stringify({ keys: [elliptic.jwk], padding: 'x'.repeat(10_000_000) })),
  dripping: (response) => response.writeHead(200).write('{"keys": ['),
  html: (response) => response.setHeader('Content-Type', 'text/html').end('<html>sign in</html>'),
  redirect: (response) => response.writeHead(302, { Location: decoyJwks }).end(),
  crowd: (response) => response.end(JSON.stringify({ keys: Array(101).fill(elliptic.jwk) })),
  private: { keys: [{ ...elliptic.privateKey.export({ format: 'jwk' }), kid: elliptic.kid }] },
  symmetric: { keys: [{ kty: 'oct', k: base64url('secret'), kid: elliptic.kid }] },
  weak: { keys: [weak.jwk] },
  otherCurve: { keys: [p256.jwk] },
  twins: { keys: [elliptic.jwk, { ...attacker.jwk, kid: elliptic.kid }] },
  encryption: { keys: [{ ...elliptic.jwk, use: 'enc' }] },
  otherAlgorithm: { keys: [{ ...rsa.jwk, alg: 'RS256' }] },
  empty: { keys: [] },
} satisfies Record<string, Parameters<typeof keyServer.serve>[1]>;
type KeySetName = keyof typeof keySets;

const issuer = 'https://north.example.org/fhir';
const jwksOf = (name: string) => keyServer.serve(`/${name}`, { keys: [elliptic.jwk, rsa.jwk] });
const goodJwks = jwksOf('good');
const clients = registeredClients([
  { id: 'north', issuer, jwks: internalJwks(goodJwks) },
  { id: 'south', issuer: 'https://south.example.org/fhir', keys: [southKey.jwk] },
  { id: 'east', issuer: 'https://shared.example.org', tenants: ['t1'], keys: [elliptic.jwk] },
  { id: 'west', issuer: 'https://shared.example.org', tenants: ['t2'], keys: [southKey.jwk] },
  { id: 'alone', issuer: 'https://alone.example.org', tenants: ['t1'], keys: [elliptic.jwk] },
  {
    id: 'strict',
    issuer: 'https://strict.example.org',
    subject: 'client-1',
    algorithms: ['ES384'],
    maxTokenLifetimeSeconds: 60,
    clockSkewSeconds: 0,
    keys: [elliptic.jwk, rsa.jwk],
  },
  ...Object.entries(keySets).map(([name, answer]) => ({
    id: name.toLowerCase(),
    issuer: `https://${name}.example.org`,
    jwks: internalJwks(keyServer.serve(`/sets/${name}`, answer)),
  })),
]);

const app = await startGuardedApp(clients, () => now);
afterAll(() => Promise.all([app.stop(), keyServer.stop(), decoy.stop()]));

/** A token of north that is good but for what is given. */
interface Mistake {
  readonly key?: SigningKey;
  readonly claims?: Members;
  readonly header?: Members;
  readonly signer?: Signer;
}

const claimsOf = (claims: Members = {}): Members => ({ ...goodClaims(issuer, discoveryUrl, now), ...claims });
const bad = ({ key = elliptic, claims = {}, ...rest }: Mistake): string =>
  token({ key, claims: claimsOf(claims), ...rest });
const raw = (payload: Part, header: Part = { alg: 'ES384', typ: 'JWT', kid: elliptic.kid }): string =>
  compact(header, payload, signers.ES384(elliptic));
const rawClaims = (members: string): string => {
  const claims = claimsOf({ exp: undefined, iat: undefined });
  return raw(`${JSON.stringify(claims).slice(0, -1)},${members}}`);
};
const part = (index: number, change: (text: string) => string) => (good: string) =>
  good
    .split('.')
    .map((text, at) => (at === index ? change(text) : text))
    .join('.');
const flip = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
const fromSet = (name: KeySetName, key: SigningKey = elliptic): string =>
  bad({ key, claims: { iss: `https://${name}.example.org` } });
const x5c = ['MIIBAjCBqAIBATAKBggqhkjOPQQDAzAAMB4XDTI2'];
const pem = elliptic.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const rsaPem = rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString();

/** What is wrong, the token, the reason in the log, and the client that the log names. */
type Row = readonly [string, () => string, TokenRefusal, (string | undefined)?];

const named = ([what, make, reason, client]: Row) => ({ what, make, reason, client });
const north = 'north';

const algorithms: readonly Row[] = [
  ['none, without a signature', () => bad({ header: { alg: 'none' }, signer: unsigned() }), 'malformed'],
  ['none, with a signature', () => bad({ header: { alg: 'none' } }), 'algorithm', north],
  ['None, in another case', () => bad({ header: { alg: 'nOnE' } }), 'algorithm', north],
  ['none at all', () => bad({ header: { alg: undefined } }), 'algorithm', north],
  ['a list of algorithms', () => bad({ header: { alg: ['ES384'] } }), 'algorithm', north],
  [
    'HS384 with the public key as the secret, PEM',
    () => bad({ header: { alg: 'HS384' }, signer: hmac(pem) }),
    'algorithm',
    north,
  ],
  [
    'HS384 with the public key as the secret, JWK',
    () => bad({ header: { alg: 'HS384' }, signer: hmac(JSON.stringify(elliptic.jwk)) }),
    'algorithm',
    north,
  ],
  [
    'HS384 in the name of RS384',
    () => bad({ key: rsa, header: { alg: 'RS384' }, signer: hmac(rsaPem) }),
    'signature',
    north,
  ],
  [
    'RS256 by the good RSA key',
    () => bad({ key: rsa, header: { alg: 'RS256' }, signer: signers.RS256(rsa) }),
    'algorithm',
    north,
  ],
  [
    'PS384 by the good RSA key',
    () => bad({ key: rsa, header: { alg: 'PS384' }, signer: signers.PS384(rsa) }),
    'algorithm',
    north,
  ],
  ['PS384 in the name of RS384', () => bad({ key: rsa, signer: signers.PS384(rsa) }), 'signature', north],
  [
    'ES256 by the good EC key',
    () => bad({ header: { alg: 'ES256' }, signer: signers.ES256(elliptic) }),
    'algorithm',
    north,
  ],
  ['the algorithm of another key', () => bad({ header: { alg: 'RS384' } }), 'unknown-key', north],
  [
    'RS384 for a client that uses ES384 alone',
    () => bad({ key: rsa, claims: { iss: 'https://strict.example.org', sub: 'client-1' } }),
    'algorithm',
    'strict',
  ],
];

const signatures: readonly Row[] = [
  ['a changed payload', () => part(1, changedClaims)(bad({})), 'signature', north],
  ['a changed header', () => part(0, changedHeader)(bad({})), 'signature', north],
  ['a changed signature', () => part(2, flip)(bad({})), 'signature', north],
  ['half of a signature', () => part(2, (text) => text.slice(0, 64))(bad({})), 'signature', north],
  [
    'a signature of zeros, which naive ECDSA accepts',
    () => bad({ signer: () => Buffer.alloc(96) }),
    'signature',
    north,
  ],
  [
    'a signature in DER',
    () => bad({ signer: (input) => der(signers.ES384(elliptic)(input)) }),
    'signature',
    north,
  ],
  ['another client signing as this one', () => bad({ key: { ...southKey, kid: 'e1' } }), 'signature', north],
  [
    'this client calling itself another one',
    () => bad({ claims: { iss: 'https://south.example.org/fhir' } }),
    'unknown-key',
    'south',
  ],
  ['a key of nobody', () => bad({ key: attackerAsOurs }), 'signature', north],
];

/** The first two are let in by the Da Vinci CRD reference implementation, which fetches whatever `jku` it is given. */
const keys: readonly Row[] = [
  [
    "an attacker's jku with the attacker's key",
    () => bad({ key: attacker, header: { jku: decoyJwks } }),
    'jku-not-registered',
    north,
  ],
  [
    "an attacker's jku with a known kid",
    () => bad({ key: attackerAsOurs, header: { jku: decoyJwks } }),
    'jku-not-registered',
    north,
  ],
  [
    'a jku that begins like ours',
    () => bad({ header: { jku: `${goodJwks}.evil` } }),
    'jku-not-registered',
    north,
  ],
  ['a jku with a query', () => bad({ header: { jku: `${goodJwks}?x=1` } }), 'jku-not-registered', north],
  [
    'a jku with a user name',
    () => bad({ header: { jku: goodJwks.replace('//', '//u@') } }),
    'jku-not-registered',
    north,
  ],
  [
    'our jku and another one',
    () => bad({ header: { jku: [goodJwks, decoyJwks] } }),
    'jku-not-registered',
    north,
  ],
  ['an empty jku', () => bad({ header: { jku: '' } }), 'jku-not-registered', north],
  [
    'any jku where the keys are in the configuration',
    () =>
      bad({ key: southKey, claims: { iss: 'https://south.example.org/fhir' }, header: { jku: goodJwks } }),
    'jku-not-registered',
    'south',
  ],
  [
    'a key of its own in the header (jwk)',
    () => bad({ key: attackerAsOurs, header: { jwk: attacker.jwk } }),
    'signature',
    north,
  ],
  [
    'a certificate in the header (x5c)',
    () => bad({ key: attackerAsOurs, header: { x5c } }),
    'signature',
    north,
  ],
  [
    'a certificate to fetch (x5u)',
    () => bad({ key: attackerAsOurs, header: { x5u: decoyJwks } }),
    'signature',
    north,
  ],
  ['an unknown kid', () => bad({ key: attacker }), 'unknown-key', north],
  ['no kid', () => bad({ header: { kid: undefined } }), 'malformed', north],
  ['an empty kid', () => bad({ header: { kid: '' } }), 'malformed', north],
  ['a number as kid', () => bad({ header: { kid: 1 } }), 'malformed', north],
  [
    'a kid that walks through folders',
    () => bad({ header: { kid: '../../../etc/passwd' } }),
    'unknown-key',
    north,
  ],
  ['a kid that is a URL', () => bad({ header: { kid: decoyJwks } }), 'unknown-key', north],
  ['a kid that asks the database', () => bad({ header: { kid: "e1' OR '1'='1" } }), 'unknown-key', north],
  ['a kid named like a property', () => bad({ header: { kid: '__proto__' } }), 'unknown-key', north],
];

const keySetRows: readonly Row[] = [
  ['that answers 500', () => fromSet('down'), 'keys-unavailable', 'down'],
  ['that never answers', () => fromSet('slow'), 'keys-unavailable', 'slow'],
  ['that never ends', () => fromSet('dripping'), 'keys-unavailable', 'dripping'],
  ['of 10 MB', () => fromSet('huge'), 'keys-unavailable', 'huge'],
  ['that is a page', () => fromSet('html'), 'keys-unavailable', 'html'],
  [
    'that redirects to an attacker',
    () => fromSet('redirect', attackerAsOurs),
    'keys-unavailable',
    'redirect',
  ],
  ['with 101 keys', () => fromSet('crowd'), 'keys-unavailable', 'crowd'],
  ['with private keys alone', () => fromSet('private'), 'unknown-key', 'private'],
  ['with symmetric keys', () => fromSet('symmetric'), 'unknown-key', 'symmetric'],
  ['with an RSA key of 1024 bits', () => fromSet('weak', weak), 'unknown-key', 'weak'],
  ['with a key on another curve', () => fromSet('otherCurve', p256), 'unknown-key', 'othercurve'],
  ['with two keys of one kid', () => fromSet('twins'), 'unknown-key', 'twins'],
  ['with a key for encryption', () => fromSet('encryption'), 'unknown-key', 'encryption'],
  ['with a key for RS256', () => fromSet('otherAlgorithm', rsa), 'unknown-key', 'otheralgorithm'],
  ['with no key', () => fromSet('empty'), 'unknown-key', 'empty'],
];

const times: readonly Row[] = [
  ['expired', () => bad({ claims: { iat: seconds - 600, exp: seconds - 300 } }), 'expired', north],
  ['expired just beyond the skew', () => bad({ claims: { exp: seconds - 60 } }), 'expired', north],
  ['expired, and no skew allowed', () => strict({ exp: seconds }), 'expired', 'strict'],
  ['not valid yet', () => bad({ claims: { nbf: seconds + 61 } }), 'not-yet-valid', north],
  ['nbf as text', () => bad({ claims: { nbf: String(seconds) } }), 'missing-claim', north],
  ['issued in the future', () => bad({ claims: { iat: seconds + 61 } }), 'issued-in-future', north],
  ['no exp', () => bad({ claims: { exp: undefined } }), 'missing-claim', north],
  ['exp null', () => bad({ claims: { exp: null } }), 'missing-claim', north],
  ['exp as text', () => bad({ claims: { exp: String(seconds + 300) } }), 'missing-claim', north],
  ['exp negative', () => bad({ claims: { exp: -seconds } }), 'expired', north],
  ['exp huge', () => bad({ claims: { exp: 1e300 } }), 'lifetime', north],
  ['exp in milliseconds', () => bad({ claims: { exp: now.getTime() + 300_000 } }), 'lifetime', north],
  ['exp beyond all numbers', () => rawClaims(`"iat":${seconds},"exp":1e999`), 'lifetime', north],
  ['iat before all numbers', () => rawClaims(`"iat":-1e999,"exp":${seconds + 300}`), 'lifetime', north],
  ['exp and iat beyond all numbers', () => rawClaims('"iat":1e999,"exp":1e999'), 'issued-in-future', north],
  ['valid for longer than an hour', () => bad({ claims: { exp: seconds + 3601 } }), 'lifetime', north],
  ['valid for longer than the client may', () => strict({ exp: seconds + 61 }), 'lifetime', 'strict'],
  ['no iat', () => bad({ claims: { iat: undefined } }), 'missing-claim', north],
  ['iat as text', () => bad({ claims: { iat: 'now' } }), 'missing-claim', north],
];

const identities: readonly Row[] = [
  ['no iss', () => bad({ claims: { iss: undefined } }), 'unknown-issuer'],
  ['an unknown iss', () => bad({ claims: { iss: 'https://evil.example' } }), 'unknown-issuer'],
  ['a list of iss', () => bad({ claims: { iss: [issuer] } }), 'unknown-issuer'],
  ['an iss with a slash more', () => bad({ claims: { iss: `${issuer}/` } }), 'unknown-issuer'],
  ['an iss in another case', () => bad({ claims: { iss: issuer.toUpperCase() } }), 'unknown-issuer'],
  ['an iss by inheritance', () => raw(`{"__proto__":${JSON.stringify(claimsOf())}}`), 'unknown-issuer'],
  ['no tenant among several clients', () => bad({ claims: shared(undefined) }), 'wrong-tenant'],
  ['the tenant of nobody', () => bad({ claims: shared('t3') }), 'wrong-tenant'],
  ['a list of tenants', () => bad({ claims: shared(['t1']) }), 'wrong-tenant'],
  [
    'no tenant where the client alone has the issuer',
    () => bad({ claims: { iss: 'https://alone.example.org' } }),
    'wrong-tenant',
    'alone',
  ],
  ['the tenant of another client', () => bad({ claims: shared('t2') }), 'unknown-key', 'west'],
  ['another subject', () => strict({ sub: 'client-2' }), 'wrong-subject', 'strict'],
  ['no subject', () => strict({ sub: undefined }), 'wrong-subject', 'strict'],
];

const audiences: readonly Row[] = [
  ['no aud', () => bad({ claims: { aud: undefined } }), 'missing-claim', north],
  ['a number', () => bad({ claims: { aud: 1 } }), 'audience', north],
  ['an object', () => bad({ claims: { aud: { 0: discoveryUrl } } }), 'audience', north],
  ['another service', () => bad({ claims: { aud: `${discoveryUrl}/fake-patient-view` } }), 'audience', north],
  ['the base alone', () => bad({ claims: { aud: publicUrl } }), 'audience', north],
  ['the address behind the proxy', () => bad({ claims: { aud: app.url } }), 'audience', north],
  ['a slash more', () => bad({ claims: { aud: `${discoveryUrl}/` } }), 'audience', north],
  [
    'another scheme',
    () => bad({ claims: { aud: discoveryUrl.replace('https', 'http') } }),
    'audience',
    north,
  ],
  ['a query', () => bad({ claims: { aud: `${discoveryUrl}?x` } }), 'audience', north],
  ['an empty list', () => bad({ claims: { aud: [] } }), 'audience', north],
  [
    'a list without us',
    () => bad({ claims: { aud: [publicUrl, 'https://evil.example'] } }),
    'audience',
    north,
  ],
  ['a list in a list', () => bad({ claims: { aud: [[discoveryUrl]] } }), 'audience', north],
  [
    'ours first and another one last, where the last counts',
    () => raw(`${JSON.stringify(claimsOf()).slice(0, -1)},"aud":"https://evil.example"}`),
    'audience',
    north,
  ],
];

const usedTokens: readonly Row[] = [
  ['no jti', () => bad({ claims: { jti: undefined } }), 'missing-claim', north],
  ['an empty jti', () => bad({ claims: { jti: '' } }), 'missing-claim', north],
  ['a number as jti', () => bad({ claims: { jti: 1 } }), 'missing-claim', north],
  ['a jti of 501 characters', () => bad({ claims: { jti: 'x'.repeat(501) } }), 'missing-claim', north],
  [
    'a jti that was used, in another token',
    () => bad({ claims: { jti: usedJti, exp: seconds + 9 } }),
    'replayed',
    north,
  ],
];

const shapes: readonly Row[] = [
  [
    'an extension to be understood (crit)',
    () => bad({ header: { crit: ['exp'], exp: seconds } }),
    'malformed',
    north,
  ],
  ['an unencoded payload (b64)', () => bad({ header: { b64: false, crit: ['b64'] } }), 'malformed', north],
  [
    'even crit that asks for what is the rule',
    () => bad({ header: { b64: true, crit: ['b64'] } }),
    'malformed',
    north,
  ],
  ['no typ', () => bad({ header: { typ: undefined } }), 'malformed', north],
  ['another typ', () => bad({ header: { typ: 'at+jwt' } }), 'malformed', north],
  ['a header that is no JSON', () => raw(claimsOf(), 'hello'), 'malformed'],
  ['a header that is a list', () => raw(claimsOf(), '[]'), 'malformed'],
  ['a payload that is no JSON', () => raw('hello'), 'malformed'],
  ['a payload that is null', () => raw('null'), 'malformed'],
  ['a payload that is a list', () => raw([claimsOf()]), 'malformed'],
  ['a payload that is no UTF-8', () => raw(Buffer.from([0x7b, 0xff, 0x7d])), 'malformed'],
  ['arrays 2,000 deep', () => raw(`${'['.repeat(2000)}${']'.repeat(2000)}`), 'malformed'],
  ['a detached payload', () => part(1, () => '')(bad({})), 'malformed'],
  ['two parts', () => bad({}).split('.').slice(0, 2).join('.'), 'malformed'],
  ['five parts, like something encrypted', () => `${bad({})}.AAAA.AAAA`, 'malformed'],
  ['padding', () => `${bad({})}=`, 'malformed'],
  ['characters of another alphabet', () => part(2, (text) => `+/${text.slice(2)}`)(bad({})), 'malformed'],
  ['a token of more than 8 kB', () => bad({ claims: { padding: 'x'.repeat(7000) } }), 'malformed'],
];

const headers: readonly (readonly [string, () => string, TokenRefusal])[] = [
  ['another scheme', () => `Basic ${Buffer.from('user:password').toString('base64')}`, 'malformed'],
  ['no scheme', () => bad({}), 'malformed'],
  ['a scheme that ends like ours', () => `Forbearer ${bad({})}`, 'malformed'],
  ['the scheme alone', () => 'Bearer', 'malformed'],
  ['nothing', () => '', 'malformed'],
  ['junk', () => 'bearer junk', 'malformed'],
  ['two tokens', () => `Bearer ${bad({})} ${bad({})}`, 'malformed'],
  ['two credentials', () => `Bearer ${bad({})}, Bearer ${bad({})}`, 'malformed'],
  ['a token in quotes', () => `Bearer "${bad({})}"`, 'malformed'],
];

function changedClaims(text: string): string {
  const claims = JSON.parse(Buffer.from(text, 'base64url').toString()) as Members;
  return base64url({ ...claims, tenant: 'other' });
}

function changedHeader(text: string): string {
  const header = JSON.parse(Buffer.from(text, 'base64url').toString()) as Members;
  return base64url({ ...header, cty: 'other' });
}

/** The signature as OpenSSL writes it unless told otherwise. */
function der(signature: Buffer): Buffer {
  const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([0x02, bytes.length + 1, 0]), bytes]);
  const body = Buffer.concat([integer(signature.subarray(0, 48)), integer(signature.subarray(48))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function shared(tenant: unknown): Members {
  return { iss: 'https://shared.example.org', tenant };
}

/** A good token of the strict client, but for what is given. */
function strict(claims: Members): string {
  const exp = seconds + 30;
  return bad({ claims: { iss: 'https://strict.example.org', sub: 'client-1', exp, ...claims } });
}

const usedJti = randomUUID();

async function expectRefusal(authorization: string | undefined, reason: TokenRefusal, client?: string) {
  const { status, body, logged } = await app.send(authorization);
  expect([status, body]).toEqual([
    401,
    {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'login', details: { text: 'Authentication is required.' } }],
    },
  ]);
  expect([logged.refusal, logged.client]).toEqual([reason, client]);
}

describe.each<[string, readonly Row[]]>([
  ['algorithm', algorithms],
  ['signature', signatures],
  ['key', keys],
  ['a key set', keySetRows],
  ['time', times],
  ['issuer, tenant, subject', identities],
  ['audience', audiences],
  ['shape', shapes],
])('refused for its %s:', (_part, rows) => {
  test.each(rows.map(named))('$what', ({ make, reason, client }) =>
    expectRefusal(`Bearer ${make()}`, reason, client),
  );
});

describe('refused for its use:', () => {
  beforeAll(async () => {
    expect((await app.send(`Bearer ${bad({ claims: { jti: usedJti } })}`)).status).toBe(200);
  });
  test.each(usedTokens.map(named))('$what', ({ make, reason, client }) =>
    expectRefusal(`Bearer ${make()}`, reason, client),
  );
});

describe('refused for the header it stands in:', () => {
  test('none', () => expectRefusal(undefined, 'no-token'));
  test.each(headers)('%s', async (_what, make, reason) => {
    await expectRefusal(make(), reason);
  });
});

test('a token that was refused has not been used up', async () => {
  const claims = claimsOf();
  await expectRefusal(`Bearer ${token({ key: attackerAsOurs, claims })}`, 'signature', north);
  expect((await app.send(`Bearer ${token({ key: elliptic, claims })}`)).status).toBe(200);
});

test('of one token sent ten times at once, one is let in', async () => {
  const authorization = `Bearer ${bad({})}`;
  const answers = await Promise.all(Array.from({ length: 10 }, () => app.send(authorization)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(401)]);
});

test('of two Authorization headers the first counts, and a good second one does not help', async () => {
  const good = `Bearer ${bad({})}`;
  const headers = ['Host', 'localhost', 'Authorization', 'Bearer x.y.z', 'Authorization', good];
  const [response] = (await once(request(app.url, { headers }).end(), 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(401);
});

test('a token of one client is not a token of another one that shares its key', async () => {
  expect((await app.send(`Bearer ${bad({ claims: shared('t1') })}`)).status).toBe(200);
  await expectRefusal(
    `Bearer ${bad({ claims: { iss: 'https://alone.example.org', tenant: 't2' } })}`,
    'wrong-tenant',
    'alone',
  );
});

test('nothing of a refused token is logged', async () => {
  const canary = `canary-${randomUUID()}`;
  const claims = { iss: canary, sub: canary, tenant: canary, jti: canary, aud: canary };
  const header = { kid: canary, jku: canary, typ: canary };
  await app.send(`Bearer ${bad({ claims })}`);
  await app.send(`Bearer ${bad({ header })}`);
  await app.send(`Bearer ${bad({ claims: { ...claims, iss: issuer } })}`);
  await app.send(`Bearer ${canary}`);
  const text = app.log();
  expect(text).toContain('"refusal":"audience"');
  expect(text).not.toContain(canary);
});

test('nobody but registered key servers was asked for keys', () => {
  expect(keyServer.requests('/good')).toBeGreaterThan(0);
  expect(decoy.requests()).toBe(0);
});

test('a good token is still let in', async () => {
  expect(await app.send(`Bearer ${bad({})}`)).toMatchObject({ status: 200 });
});
