/** Advice beside what followed: shown and in shadow, by what was done before what was only ordered. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { compareCommand } from '../../src/cli/comparison-command.js';
import type { SeenAct } from '../../src/cds-hooks/service.js';
import type { Database } from '../../src/database/open-database.js';
import { compareWithActs } from '../../src/feedback/comparison.js';
import { createFeedbackStore } from '../../src/feedback/database-store.js';
import { onEveryDatabase, opened } from '../support/databases.js';
import type { ShownCard } from '../../src/feedback/store.js';

let count = 0;
const card = (patientId: string, outcome: string, more: Partial<ShownCard> = {}): ShownCard => {
  count += 1;
  const uuid = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  return {
    record: {
      cardUuid: uuid,
      outcome,
      rule: 'T6',
      rules: ['T6'],
      knowledgeVersion: '1.0.0',
      indicator: 'info',
      levels: ['L3'],
      missing: [],
      fingerprint: 'f',
      isGuard: false,
      suggestions: [],
    },
    service: 's',
    hook: 'order-select',
    client: 'north',
    patientId,
    userId: 'u',
    encounterId: undefined,
    hookInstance: uuid,
    shownAt: new Date('2026-11-23T10:00:00Z'),
    mode: 'live',
    isRepeat: false,
    ...more,
  };
};
const act = (patientId: string, kind: string, more: Partial<SeenAct> = {}) => ({
  act: { kind, state: 'ordered' as const, levels: ['L3'], date: '2026-11-25', ...more },
  client: 'north',
  patientId,
  seenAt: new Date('2026-12-01T00:00:00Z'),
});
const period = { from: new Date('2026-11-01'), until: new Date('2027-01-01'), withinDays: 30 };

onEveryDatabase((databases) => {
  let url: string;
  let database: Database;
  beforeEach(async () => {
    url = await databases.url();
    database = await opened(url);
  });
  afterEach(() => database.close());

  async function compared(cards: readonly ShownCard[], acts: readonly ReturnType<typeof act>[]) {
    const store = createFeedbackStore(database);
    await store.rememberCards(cards);
    await store.rememberActs(acts);
    return compareWithActs(database, period);
  }

  describe('a card', () => {
    test('is followed by what was ordered at its level within the days, or by nothing', async () => {
      const cards = [
        card('a', 'kyphoplasty'),
        card('b', 'kyphoplasty'),
        card('c', 'kyphoplasty'),
        card('d', 'kyphoplasty'),
      ];
      const acts = [
        act('a', 'kyphoplasty'),
        act('b', 'vertebroplasty', { levels: ['T12'] }),
        act('c', 'vertebroplasty', { date: '2026-12-24' }),
        act('d', 'vertebroplasty', { date: '2026-11-22' }),
      ];
      expect(await compared(cards, acts)).toEqual([
        { mode: 'live', outcome: 'kyphoplasty', cases: 4, followedBy: { kyphoplasty: 1, nothing: 3 } },
      ]);
    });

    test('counts what was done before what was only ordered, and an order without a level', async () => {
      const acts = [
        act('a', 'spine-referral', { levels: [] }),
        act('a', 'vertebroplasty', { state: 'done', date: '2026-12-01' }),
        act('b', 'spine-referral', { levels: [] }),
      ];
      expect(await compared([card('a', 'kyphoplasty'), card('b', 'kyphoplasty')], acts)).toMatchObject([
        { followedBy: { vertebroplasty: 1, 'spine-referral': 1 } },
      ]);
    });

    test('shown five times is one case; in shadow it is a case of its own', async () => {
      const cards = [
        ...Array.from({ length: 5 }, () => card('a', 'kyphoplasty')),
        card('a', 'kyphoplasty', { mode: 'shadow' }),
      ];
      expect(await compared(cards, [])).toEqual([
        { mode: 'live', outcome: 'kyphoplasty', cases: 1, followedBy: { nothing: 1 } },
        { mode: 'shadow', outcome: 'kyphoplasty', cases: 1, followedBy: { nothing: 1 } },
      ]);
    });
  });

  describe('vertebral-cds compare', () => {
    const env = () => ({ DATABASE_URL: url });
    const now = Date.parse('2026-12-31');

    test('prints a table, or JSON', async () => {
      await compared([card('a', 'kyphoplasty', { mode: 'shadow' })], [act('a', 'vertebroplasty')]);
      const { stdout } = await compareCommand({}, env(), now);
      expect(stdout?.split('\n').slice(2)).toEqual([
        'mode    advice       cases  vertebroplasty',
        'shadow  kyphoplasty  1      1',
      ]);
      const { stdout: json = '' } = await compareCommand({ json: true }, env(), now);
      expect(JSON.parse(json)).toMatchObject([{ mode: 'shadow', followedBy: { vertebroplasty: 1 } }]);
    });

    test('says when there is nothing, and what is wrong with an option', async () => {
      expect(await compareCommand({}, env(), now)).toEqual({
        exitCode: 0,
        stdout: 'No cards in this period.',
      });
      expect(await compareCommand({ since: 'May' }, env(), now)).toMatchObject({
        exitCode: 64,
        stderr: expect.stringContaining('"May" is no date'),
      });
      expect(await compareCommand({ withinDays: '0' }, env(), now)).toMatchObject({ exitCode: 64 });
    });
  });
});
