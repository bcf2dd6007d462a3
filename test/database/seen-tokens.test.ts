import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/open-database.js';
import { purge } from '../../src/database/purge.js';
import { startPurgeSchedule } from '../../src/database/purge-schedule.js';
import { onEveryDatabase } from '../support/databases.js';
import { createSeenTokens } from '../../src/database/seen-tokens.js';

const noon = new Date('2026-11-23T12:00:00Z');
const at = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

onEveryDatabase((databases) => {
  let database: Database;
  beforeEach(async () => {
    database = await databases.open();
  });
  afterEach(() => database.close());

  test('those that could be used again are there after a restart, others are forgotten', async () => {
    const seen = createSeenTokens(database);
    seen.add([
      { hash: 'old', client: 'north', expiresAt: at(-1) },
      { hash: 'good', client: 'north', expiresAt: at(-2) },
    ]);
    expect(await seen.flush()).toBe(true);
    seen.add([{ hash: 'good', client: 'north', expiresAt: at(5) }]);
    expect(await seen.flush()).toBe(true);
    expect(await createSeenTokens(database).load(noon)).toEqual([
      { hash: 'good', client: 'north', expiresAt: at(5) },
    ]);
  });

  test('a purge takes cards with their suggestions, feedback and tokens by their own time, in slices', async () => {
    const { tables, write } = database;
    const card = (index: number, shown_at: string) => ({
      uuid: `u${index}`,
      service: 's',
      hook: 'h',
      outcome: 'o',
      rule: 'r',
      knowledge_version: '1',
      indicator: 'info',
      levels: '[]',
      missing: '[]',
      client: null,
      patient_hash: null,
      user_hash: null,
      shown_at,
    });
    for (let batch = 0; batch < 12; batch += 1) {
      const cards = Array.from({ length: 500 }, (_, index) =>
        card(batch * 500 + index, '2020-01-01T00:00:00.000Z'),
      );
      await write((transaction) => transaction.insertInto('cards').values(cards).execute());
    }
    await write((transaction) =>
      transaction.insertInto('cards').values(card(9999, noon.toISOString())).execute(),
    );
    await write((transaction) =>
      transaction
        .insertInto('suggestions')
        .values([
          { uuid: 's1', card_uuid: 'u1', label: 'l' },
          { uuid: 's2', card_uuid: 'u9999', label: 'l' },
        ])
        .execute(),
    );
    const deleted = await purge(database, { cards: 30, feedback: 30, audit: 30, decisions: 365 }, noon);
    expect(deleted).toEqual({
      cards: 6000,
      acts: 0,
      days: 0,
      feedback: 0,
      audit: 0,
      decisions: 0,
      tokens: 0,
    });
    expect(await tables.selectFrom('cards').select('uuid').execute()).toEqual([{ uuid: 'u9999' }]);
    expect(await tables.selectFrom('suggestions').select('uuid').execute()).toEqual([{ uuid: 's2' }]);
  });

  test('the schedule purges at once; a failure is told, and nothing is thrown', async () => {
    const told: unknown[] = [];
    const on = { onPurged: (purged: unknown) => told.push(purged), onFailed: () => told.push('failed') };
    await startPurgeSchedule(
      () => purge(database, { cards: 1, feedback: 1, audit: 1, decisions: 365 }, noon),
      on,
    ).stop();
    await startPurgeSchedule(() => Promise.reject(new Error('disk full')), on).stop();
    expect(told).toEqual([
      { cards: 0, acts: 0, days: 0, feedback: 0, audit: 0, decisions: 0, tokens: 0 },
      'failed',
    ]);
  });
});
