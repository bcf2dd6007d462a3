/** Several instances: a token works once in all of them, whichever sees it first, and a database that is gone stops nobody. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSeenTokens } from '../../../src/database/seen-tokens.js';
import type { Database } from '../../../src/database/open-database.js';
import { createReplayGuard } from '../../../src/http/authentication/replay-guard.js';
import { shareReplayGuard } from '../../../src/http/authentication/shared-replay-guard.js';
import { opened } from '../../support/databases.js';
import { sharedPostgres } from '../../support/postgres.js';

const now = new Date('2026-11-23T10:00:00Z');
const token = (jti: string, seconds = 300) => ({
  issuer: 'https://ehr.example.org/fhir',
  jti,
  client: 'north',
  until: new Date(now.getTime() + seconds * 1000),
});

describe('two instances on one PostgreSQL', () => {
  let databases: readonly [Database, Database];
  beforeAll(async () => {
    const url = await (await sharedPostgres()).database();
    databases = [await opened(url), await opened(url)];
  }, 60_000);
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.close()));
  });

  const guardOver = (database: Database) =>
    shareReplayGuard(createReplayGuard(), {
      claim: createSeenTokens(database).claim,
      onUnshared: () => {
        throw new Error('the database answers');
      },
      patienceMs: 10_000,
    });
  const guards = () => ({ one: guardOver(databases[0]), other: guardOver(databases[1]) });

  test('a token used at one is refused by the other', async () => {
    const { one, other } = guards();
    expect(await one.use(token('a'), now)).toBe('first');
    expect(await other.use(token('a'), now)).toBe('again');
    expect(await one.use(token('a'), now)).toBe('again');
  });

  test('of many uses at once, at both, one is the first', async () => {
    const { one, other } = guards();
    const uses = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : other).use(token('b'), now)),
    );
    expect(uses.filter((use) => use === 'first')).toHaveLength(1);
  });

  test('once it has expired its jti may come again', async () => {
    const { one, other } = guards();
    expect(await one.use(token('c', 10), now)).toBe('first');
    const later = new Date(now.getTime() + 11_000);
    expect(await other.use({ ...token('c'), until: new Date(later.getTime() + 1000) }, later)).toBe('first');
  });
});

describe('when the database does not say', () => {
  test.each<[string, () => Promise<boolean>]>([
    ['in time', () => new Promise(() => undefined)],
    ['because it is gone', () => Promise.reject(new Error('gone'))],
  ])('%s, what this instance knows decides, and it is told', async (_, claim) => {
    let told = 0;
    const guard = shareReplayGuard(createReplayGuard(), {
      claim,
      onUnshared: () => (told += 1),
      patienceMs: 1,
    });
    expect(await guard.use(token('d'), now)).toBe('first');
    expect(await guard.use(token('d'), now)).toBe('again');
    expect(told).toBe(1);
  });
});
