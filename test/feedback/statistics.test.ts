/** The figures of the dashboard: what they count, and that plain code counts the same from the export. */
import { beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { feedbackExportCommand, feedbackReportCommand } from '../../src/cli/feedback-command.js';
import type { Feedback } from '../../src/cds-hooks/feedback.js';
import type { Database } from '../../src/database/open-database.js';
import { commentSeal, openComment } from '../../src/feedback/comments.js';
import { createFeedbackStore } from '../../src/feedback/database-store.js';
import { exportedCards, type ExportedCard } from '../../src/feedback/export.js';
import { statistics, type Statistics } from '../../src/feedback/statistics.js';
import type { FeedbackStore, ShownCard } from '../../src/feedback/store.js';
import { wilson } from '../../src/feedback/wilson.js';
import { onEveryDatabase, opened } from '../support/databases.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const uuidOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function card(
  index: number,
  more: Partial<ShownCard> & { readonly rule?: string; readonly missing?: readonly string[] } = {},
): ShownCard {
  const { rule = 'T6', missing = [], ...rest } = more;
  return {
    record: {
      cardUuid: uuidOf(index),
      outcome: rule.startsWith('T') ? 'kyphoplasty' : 'surgical-referral',
      rule,
      rules: [rule],
      knowledgeVersion: '1.0.0',
      indicator: 'info',
      levels: ['L1'],
      missing,
      fingerprint: 'f',
      isGuard: false,
      suggestions: [],
    },
    service: 's',
    hook: 'order-select',
    client: 'north',
    patientId: 'canary-patient',
    userId: 'canary-user',
    encounterId: undefined,
    hookInstance: 'i',
    shownAt: ago(48),
    mode: 'live',
    isRepeat: false,
    ...rest,
  };
}

const answered = (index: number, at: Date, reason?: string): Feedback =>
  reason === undefined
    ? {
        card: uuidOf(index),
        outcome: 'accepted',
        acceptedSuggestions: [uuidOf(9)],
        outcomeTimestamp: at.toISOString(),
      }
    : {
        card: uuidOf(index),
        outcome: 'overridden',
        hasComment: false,
        outcomeTimestamp: at.toISOString(),
        ...(reason !== '' && { reason: { code: reason } }),
      };

describe('the Wilson interval', () => {
  // Newcombe 1998, Statistics in Medicine 17:857, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (hits, of, low, high) => {
    const found = wilson(hits, of);
    expect([found?.low, found?.high]).toEqual([expect.closeTo(low, 4), expect.closeTo(high, 4)]);
  });

  test('of nothing there is none; it always holds the rate', () => {
    expect(wilson(0, 0)).toBeUndefined();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, share) => {
          const { rate, low, high } = wilson(Math.floor(share * of), of)!;
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(rate);
          expect(rate).toBeLessThanOrEqual(high + 1e-12);
          expect(high).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('comments', () => {
  const secret = 'a secret of thirty-two characters';
  test('are sealed, differently each time, and opened with the same key alone', () => {
    const seal = commentSeal(secret);
    const sealed = [seal('canary, Mrs. Smith'), seal('canary, Mrs. Smith')];
    expect(new Set(sealed).size).toBe(2);
    expect(sealed.join()).not.toContain('canary');
    expect(sealed.map((one) => openComment(one, secret))).toEqual(Array(2).fill('canary, Mrs. Smith'));
    expect(openComment(sealed[0]!, `${secret}!`)).toBeUndefined();
    expect(openComment(`${sealed[0]!.slice(0, -6)}AAAA==`, secret)).toBeUndefined();
    expect(openComment('nonsense', secret)).toBeUndefined();
  });
});

onEveryDatabase((databases) => {
  let url: string;
  let database: Database;
  let store: FeedbackStore;
  beforeEach(async () => {
    url = await databases.url();
    database = await opened(url);
    store = createFeedbackStore(database);
  });
  afterEach(() => database.close());

  const give = (feedback: Feedback, receivedAt = NOW) =>
    store.addFeedback([{ service: 's', client: 'north', feedback, receivedAt }]);
  const asked = (more: object = {}) => ({
    from: '2026-11-01',
    until: '2026-11-23',
    now: NOW,
    ignoredAfterHours: 24,
    smallestGroup: 1,
    ...more,
  });
  const found = (more: object = {}): Promise<Statistics> => statistics(database, asked(more));

  test('shown, accepted, overridden, ignored: an unanswered card is ignored once its hours are over', async () => {
    await store.rememberCards([
      card(1),
      card(2),
      card(3),
      card(4, { shownAt: ago(23) }),
      card(5, { shownAt: ago(25) }),
    ]);
    await give(answered(1, ago(47)));
    await give(answered(2, ago(46), 'patient-refuses'));
    expect((await found()).total).toMatchObject({
      shown: 5,
      accepted: 1,
      overridden: 1,
      ignored: 2,
      secondsToAct: 5400,
    });
  });

  test('the last answer counts, whatever order they arrive in, and figures follow it', async () => {
    await store.rememberCards([card(1)]);
    await give(answered(1, ago(40), 'patient-refuses'));
    expect((await found()).total).toMatchObject({ accepted: 0, overridden: 1 });
    await give(answered(1, ago(30)));
    await give(answered(1, ago(45), 'imaging-disagrees'));
    expect((await found()).total).toMatchObject({ accepted: 1, overridden: 0, secondsToAct: 18 * 3600 });
    const history = await database.tables.selectFrom('feedback').select('outcome').execute();
    expect(history).toHaveLength(3);
  });

  test('an answer that arrives before its card counts once the card is there', async () => {
    await give(answered(1, ago(40), ''));
    expect((await found()).unknownCards).toBe(1);
    await store.rememberCards([card(1)]);
    expect((await found()).total).toMatchObject({ shown: 1, overridden: 1 });
  });

  test('feedback from another client changes nothing', async () => {
    await store.rememberCards([card(1)]);
    await store.addFeedback([
      { service: 's', client: 'south', feedback: answered(1, ago(1)), receivedAt: NOW },
    ]);
    expect((await found()).total).toMatchObject({ shown: 1, accepted: 0 });
  });

  test('groups too small are counted and not told', async () => {
    await store.rememberCards([
      ...Array.from({ length: 5 }, (_, index) => card(index + 1)),
      card(10, { rule: '0.1' }),
    ]);
    const { byRule } = await found({ smallestGroup: 5 });
    expect(byRule).toMatchObject({ hidden: 1, groups: [{ name: 'T6', shown: 5 }] });
  });

  test('shadow, missing data, repeats and reasons are counted apart', async () => {
    await store.rememberCards([
      card(1, { mode: 'shadow' }),
      card(2, { missing: ['painScore', 'stability'] }),
      card(3, { missing: ['painScore'], isRepeat: true }),
    ]);
    await give(answered(3, ago(40), 'patient-refuses'));
    expect(await found()).toMatchObject({
      total: { shown: 2 },
      shadow: { shown: 1 },
      missingData: {
        cards: 2,
        byFinding: [
          { finding: 'painScore', cards: 2 },
          { finding: 'stability', cards: 1 },
        ],
      },
      repeats: { cards: 1 },
      reasons: [{ rule: 'T6', code: 'patient-refuses', count: 1 }],
    });
  });

  test('the period ends with its last day; weeks begin on Monday', async () => {
    await store.rememberCards([
      card(1, { shownAt: new Date('2026-11-15T23:59:59Z') }),
      card(2, { shownAt: new Date('2026-11-16T00:00:00Z') }),
      card(3, { shownAt: new Date('2026-11-17T00:00:00Z') }),
    ]);
    const { byWeek, total } = await found({ until: '2026-11-16' });
    expect(total.shown).toBe(2);
    expect(byWeek.groups.map(({ name }) => name)).toEqual(['2026-11-09', '2026-11-16']);
  });

  test('plain code counts the same from the export', async () => {
    const rules = ['T6', 'T5', '0.1', '3.1'];
    const random = (index: number, of: number) => (index * 7919) % of;
    const cards = Array.from({ length: 400 }, (_, index) =>
      card(index + 1, {
        rule: rules[random(index, 4)] ?? 'T6',
        hook: random(index, 3) === 0 ? 'order-sign' : 'order-select',
        client: random(index, 5) === 0 ? 'south' : 'north',
        shownAt: ago(random(index, 500)),
        mode: random(index, 11) === 0 ? 'shadow' : 'live',
        isRepeat: random(index, 6) === 0,
        missing: random(index, 9) === 0 ? ['painScore'] : [],
      }),
    );
    await store.rememberCards(cards);
    await store.addFeedback(
      cards.flatMap(({ client, shownAt }, index) =>
        random(index, 3) === 0
          ? []
          : [
              {
                service: 's',
                client,
                receivedAt: NOW,
                feedback: answered(
                  index + 1,
                  new Date(shownAt.getTime() + random(index, 900) * 1000),
                  random(index, 4) === 0
                    ? undefined
                    : (['patient-refuses', 'imaging-disagrees', ''][random(index, 7) % 3] ?? ''),
                ),
              },
            ],
      ),
    );
    const lines: string[] = [];
    await feedbackExportCommand(
      { since: '2026-11-01', until: '2026-11-23' },
      { DATABASE_URL: url },
      NOW.getTime(),
      (line) => lines.push(line),
    );
    expect(lines.join()).not.toMatch(/canary|hash/);
    const exported = lines.map((line) => JSON.parse(line) as ExportedCard);
    expect(exported).toHaveLength(400);
    const live = exported.filter(({ mode }) => mode === 'live');
    const count = (some: readonly ExportedCard[]) => ({
      shown: some.length,
      accepted: some.filter(({ state }) => state === 'accepted').length,
      overridden: some.filter(({ state }) => state === 'overridden').length,
      ignored: some.filter(({ state, shownAt }) => state === null && Date.parse(shownAt) < ago(24).getTime())
        .length,
    });
    const figures = await found();
    expect(figures.total).toMatchObject(count(live));
    expect(figures.shadow).toMatchObject(count(exported.filter(({ mode }) => mode === 'shadow')));
    for (const [breakdown, name] of [
      [figures.byRule, (one: ExportedCard) => one.rule],
      [figures.byHook, (one: ExportedCard) => one.hook],
      [figures.byClient, (one: ExportedCard) => one.client],
      [figures.byOutcome, (one: ExportedCard) => one.outcome],
    ] as const) {
      expect(breakdown.groups.length).toBeGreaterThan(1);
      for (const group of breakdown.groups)
        expect(group).toMatchObject(count(live.filter((one) => name(one) === group.name)));
    }
    for (const { rule, code, count: told } of figures.reasons) {
      const same = live.filter(
        (one) => one.state === 'overridden' && one.rule === rule && (one.reason?.code ?? null) === code,
      );
      expect(told).toBe(same.length);
    }
    expect(figures.repeats.cards).toBe(live.filter(({ isRepeat }) => isRepeat).length);
    expect(figures.missingData.cards).toBe(live.filter(({ missing }) => missing.length > 0).length);
    const seconds = live.flatMap(({ answeredAt, shownAt }) =>
      answeredAt === null ? [] : [(Date.parse(answeredAt) - Date.parse(shownAt)) / 1000],
    );
    expect(figures.total.secondsToAct).toBe(
      Math.round(seconds.reduce((sum, one) => sum + one, 0) / seconds.length),
    );
    const { stdout = '' } = await feedbackReportCommand(
      { since: '2026-11-01', until: '2026-11-23', json: true, allCells: true },
      { DATABASE_URL: url },
      NOW.getTime(),
    );
    expect(JSON.parse(stdout)).toEqual(figures);
  });

  test('an export larger than a page leaves nothing out and repeats nothing', async () => {
    for (let batch = 0; batch < 6; batch += 1) {
      await store.rememberCards(
        Array.from({ length: 1000 }, (_, index) =>
          card(batch * 1000 + index + 1, { shownAt: ago(48 + (index % 3)) }),
        ),
      );
    }
    const uuids = new Set<string>();
    for await (const { uuid } of exportedCards(database, '2026-11-01', '2026-11-23')) uuids.add(uuid);
    expect(uuids.size).toBe(6000);
  });
});
