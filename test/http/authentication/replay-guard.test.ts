import { describe, expect, test } from '@jest/globals';
import {
  createReplayGuard,
  type ReplayGuard,
  type SeenToken,
} from '../../../src/http/authentication/replay-guard.js';

const start = new Date('2026-11-23T10:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** A token of five minutes. */
const use = (guard: ReplayGuard, jti: string, { at = 0, client = 'north', life = 300 } = {}) =>
  guard.use({ issuer: `https://${client}.example`, jti, client, until: after(at + life) }, after(at));

test('a token is new once, until it would be refused for its age', () => {
  const guard = createReplayGuard();
  expect(use(guard, 'a')).toBe('first');
  expect(use(guard, 'a')).toBe('again');
  expect(use(guard, 'a', { at: 299 })).toBe('again');
  expect(use(guard, 'a', { at: 300 })).toBe('first');
});

test('a jti belongs to its issuer, and neither can be written so that it looks like another pair', () => {
  const guard = createReplayGuard();
  const pairs = [
    ['https://a', 'b'],
    ['https://a"', '"b'],
    ['https://a","b', ''],
    ['https://', 'ab'],
  ] as const;
  for (const [issuer, jti] of pairs) {
    expect(guard.use({ issuer, jti, client: 'north', until: after(300) }, start)).toBe('first');
  }
});

describe('when no more can be remembered', () => {
  test('new tokens are refused and none that is still good is forgotten', () => {
    const guard = createReplayGuard({ perClient: 3 });
    for (const jti of ['a', 'b', 'c']) expect(use(guard, jti)).toBe('first');
    expect(use(guard, 'd', { at: 1 })).toBe('full');
    for (const jti of ['a', 'b', 'c']) expect(use(guard, jti, { at: 2 })).toBe('again');
  });

  test('there is room again as soon as tokens have expired', () => {
    const guard = createReplayGuard({ perClient: 2 });
    use(guard, 'a', { life: 10 });
    use(guard, 'b');
    expect(use(guard, 'c', { at: 9 })).toBe('full');
    expect(use(guard, 'c', { at: 11 })).toBe('first');
    expect(use(guard, 'b', { at: 12 })).toBe('again');
  });

  test('one client does not take the room of another', () => {
    const guard = createReplayGuard({ capacity: 10, perClient: 2 });
    for (const jti of ['a', 'b', 'c', 'd']) use(guard, jti);
    expect(use(guard, 'a', { client: 'south' })).toBe('first');
  });

  test('all clients together stay within the capacity', () => {
    const guard = createReplayGuard({ capacity: 3, perClient: 2 });
    const uses = ['north', 'north', 'south', 'south'].map((client, index) =>
      use(guard, `j${index}`, { client }),
    );
    expect(uses).toEqual(['first', 'first', 'first', 'full']);
  });
});

test('what was seen is told, without the jti, and taken over by the next run', () => {
  const seen: SeenToken[] = [];
  const guard = createReplayGuard({ onSeen: (token) => seen.push(token) });
  use(guard, 'secret-jti');
  use(guard, 'secret-jti');
  expect(seen).toEqual([
    { hash: expect.stringMatching(/^[\w-]{43}$/), client: 'north', expiresAt: after(300) },
  ]);

  const next = createReplayGuard();
  next.load(seen);
  expect(use(next, 'secret-jti', { at: 10 })).toBe('again');
  expect(use(next, 'another', { at: 10 })).toBe('first');
  expect(use(next, 'secret-jti', { at: 300 })).toBe('first');
});
