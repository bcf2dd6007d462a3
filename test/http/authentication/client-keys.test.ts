/** When a JWKS is fetched, and what happens while it can't be. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createAuthenticator, type Authenticator } from '../../../src/http/authentication/authenticator.js';
import { createReplayGuard } from '../../../src/http/authentication/replay-guard.js';
import { shareReplayGuard } from '../../../src/http/authentication/shared-replay-guard.js';
import type { OutboundAnswer, OutboundRequest } from '../../../src/outbound/fetch-text.js';
import { ellipticKey, goodClaims, registeredClients, token } from '../../support/client-tokens.js';
import { discoveryUrl } from '../../support/guarded-app.js';

const start = new Date('2026-11-23T10:00:00Z');
const issuer = 'https://north.example.org';
const url = 'https://north.example.org/jwks.json';
const clients = registeredClients([{ id: 'north', issuer, jwks: { url } }]);
const first = ellipticKey('first');
const second = ellipticKey('second');
const unknown = ellipticKey('unknown');

/** Time is Date alone: jose reads it too. Nothing here waits. */
let time: number;
beforeEach(() => {
  time = start.getTime();
  jest.spyOn(Date, 'now').mockImplementation(() => time);
});
afterEach(() => {
  jest.restoreAllMocks();
});
const pass = (seconds: number) => (time += seconds * 1000);
const clock = () => new Date(time);

interface Fixture {
  readonly authenticator: Authenticator;
  /** What the JWKS server answers from now on. */
  readonly serve: (answer: object | 'down') => void;
  readonly fetched: (Pick<OutboundRequest, 'network' | 'maxBytes'> & { url: string })[];
}

function fixture(): Fixture {
  const fetched: Fixture['fetched'] = [];
  let answer: OutboundAnswer = down;
  return {
    authenticator: createAuthenticator({
      clients,
      replayGuard: shareReplayGuard(createReplayGuard()),
      clock,
      outbound: {
        fetch: (asked, { network, maxBytes }) => {
          fetched.push({ network, url: asked, maxBytes });
          return Promise.resolve(answer);
        },
      },
    }),
    serve: (next) => {
      answer = next === 'down' ? down : { ok: true, status: 200, text: JSON.stringify(next) };
    },
    fetched,
  };
}
const down: OutboundAnswer = { ok: false, reason: 'unreachable' };
const set = (...keys: readonly { readonly jwk: object }[]) => ({ keys: keys.map(({ jwk }) => jwk) });

async function outcome({ authenticator }: Fixture, key = first): Promise<string> {
  const claims = goodClaims(issuer, discoveryUrl, clock());
  const answer = await authenticator.authenticate(`Bearer ${token({ key, claims })}`, discoveryUrl);
  return answer.ok ? 'let in' : answer.reason;
}

describe('a key set', () => {
  test('is fetched with the first token, from the registered place, within a size', async () => {
    const it = fixture();
    it.serve(set(first));
    expect(it.fetched).toHaveLength(0);
    expect(await outcome(it)).toBe('let in');
    expect(it.fetched).toEqual([{ network: 'public', url, maxBytes: 256_000 }]);
  });

  test.each<[string, object, object]>([
    ['of another issuer', {}, { iss: 'https://evil.example' }],
    ['of another algorithm', { alg: 'HS384' }, {}],
    ['with a jku of its own', { jku: 'https://evil.example/jwks.json' }, {}],
    ['without kid', { kid: undefined }, {}],
  ])('is not fetched for a token %s', async (_what, header, claims) => {
    const it = fixture();
    it.serve(set(first));
    const bad = token({
      key: first,
      header: { ...header },
      claims: { ...goodClaims(issuer, discoveryUrl, start), ...claims },
    });
    expect(await it.authenticator.authenticate(`Bearer ${bad}`, discoveryUrl)).toMatchObject({ ok: false });
    expect(it.fetched).toHaveLength(0);
  });

  test('is fetched once for many tokens at once', async () => {
    const it = fixture();
    it.serve(set(first));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(it)));
    expect([new Set(outcomes), it.fetched.length]).toEqual([new Set(['let in']), 1]);
  });

  test('that is refreshed in time is there when a call comes, and who has none is named', async () => {
    const it = fixture();
    expect(await it.authenticator.refreshKeys()).toEqual(['north']);
    it.serve(set(first));
    pass(10);
    expect(await it.authenticator.refreshKeys()).toEqual([]);
    pass(480);
    await it.authenticator.refreshKeys();
    const before = it.fetched.length;
    pass(480);
    expect([await outcome(it), it.fetched.length]).toEqual(['let in', before]);
  });

  test('is good for ten minutes', async () => {
    const it = fixture();
    it.serve(set(first));
    await outcome(it);
    pass(599);
    await outcome(it);
    expect(it.fetched).toHaveLength(1);
    pass(1);
    await outcome(it);
    expect(it.fetched).toHaveLength(2);
  });

  test('is fetched anew when a client has begun to sign with another key', async () => {
    const it = fixture();
    it.serve(set(first));
    await outcome(it);
    it.serve(set(first, second));
    pass(30);
    expect([await outcome(it, second), await outcome(it), it.fetched.length]).toEqual([
      'let in',
      'let in',
      2,
    ]);
  });

  test('is not fetched for each of a thousand unknown keys', async () => {
    const it = fixture();
    it.serve(set(first));
    await outcome(it);
    pass(30);
    const outcomes = new Set<string>();
    for (let call = 0; call < 1000; call += 1) {
      const claims = goodClaims(issuer, discoveryUrl, start);
      const authorization = `Bearer ${token({ key: { ...unknown, kid: `k${call}` }, claims })}`;
      const answer = await it.authenticator.authenticate(authorization, discoveryUrl);
      outcomes.add(answer.ok ? 'let in' : answer.reason);
    }
    expect([outcomes, it.fetched.length]).toEqual([new Set(['unknown-key']), 2]);
    expect(await outcome(it)).toBe('let in');
  });

  test('without the old key ends its use at the next fetch', async () => {
    const it = fixture();
    it.serve(set(first));
    await outcome(it);
    it.serve(set(second));
    pass(600);
    expect(await outcome(it)).toBe('unknown-key');
  });

  test('that is empty withdraws all keys', async () => {
    const it = fixture();
    it.serve(set(first));
    await outcome(it);
    it.serve(set());
    pass(600);
    expect(await outcome(it)).toBe('unknown-key');
  });
});

describe('while a key set is down', () => {
  test('a client whose keys were never fetched is refused, and few attempts are made', async () => {
    const it = fixture();
    it.serve('down');
    for (let call = 0; call < 100; call += 1) expect(await outcome(it)).toBe('keys-unavailable');
    expect(it.fetched).toHaveLength(1);
    pass(9);
    await outcome(it);
    expect(it.fetched).toHaveLength(1);
    pass(1);
    it.serve(set(first));
    expect([await outcome(it), it.fetched.length]).toEqual(['let in', 2]);
  });

  test('the last keys are used, for an hour and no longer', async () => {
    const it = fixture();
    it.serve(set(first));
    await outcome(it);
    it.serve('down');
    for (let minutes = 1; minutes < 60; minutes += 1) {
      pass(60);
      expect([minutes, await outcome(it)]).toEqual([minutes, 'let in']);
    }
    pass(60);
    expect(await outcome(it)).toBe('keys-unavailable');
    pass(10);
    it.serve(set(first));
    expect(await outcome(it)).toBe('let in');
  });

  test.each<[string, object]>([
    ['a page', { ok: true, status: 200, text: '<html>' }],
    ['another status', { ok: true, status: 503, text: JSON.stringify(set(second)) }],
    ['another JSON', { ok: true, status: 200, text: '{"key": []}' }],
    [
      'too many keys',
      { ok: true, status: 200, text: JSON.stringify(set(...Array<typeof second>(101).fill(second))) },
    ],
  ])('%s in its place counts as down', async (_what, answer) => {
    const answers = [{ ok: true, status: 200, text: JSON.stringify(set(first)) }, answer];
    const authenticator = createAuthenticator({
      clients,
      replayGuard: shareReplayGuard(createReplayGuard()),
      clock,
      outbound: { fetch: () => Promise.resolve(answers.shift() as OutboundAnswer) },
    });
    const it = { ...fixture(), authenticator };
    await outcome(it);
    pass(600);
    expect(await outcome(it)).toBe('let in');
    expect(answers).toHaveLength(0);
  });
});
