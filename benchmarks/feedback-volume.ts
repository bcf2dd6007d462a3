/**
 * `npm run bench:feedback [-- DATABASE_URL]`: a million cards and 300,000 answers of two years, by a fixed seed, and how
 * long the dashboard takes to its first byte for 7, 30 and 90 days and for everything.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../src/database/open-database.js';
import { markStale } from '../src/feedback/card-state.js';
import { refreshDays } from '../src/feedback/day-numbers.js';
import { statistics } from '../src/feedback/statistics.js';
import { pageAnswer } from '../src/http/page.js';
import { installationFolder } from '../src/operations/product.js';
import * as charts from '../src/web/dashboard/charts.js';
import { dashboardPage } from '../src/web/dashboard/page.js';
import { loadAssets } from '../src/web/page/assets.js';
import { seeded } from './surgeon-week/random.js';

const CARDS = Number(process.env.CARDS ?? 1_000_000);
const ANSWERED = 0.3;
const DAYS = 730;
const NOW = new Date('2026-11-23T12:00:00Z');
const RULES = [
  ['0.1', 'surgical-referral', 'critical'],
  ['2.5', 'surgical-referral', 'warning'],
  ['1.1', 'defer', 'critical'],
  ['2.4', 'specialist-review', 'warning'],
  ['3.1', 'insufficient-data', 'info'],
  ['3.3', 'medical-management', 'info'],
  ['T3', 'vertebroplasty', 'warning'],
  ['T4', 'kyphoplasty-or-vertebroplasty', 'info'],
  ['T5', 'kyphoplasty', 'info'],
  ['T6', 'kyphoplasty', 'info'],
] as const;
const HOOKS = ['patient-view', 'order-select', 'order-sign'];
const MISSING = ['[]', '[]', '[]', '["neurologicalDeficit"]', '["painScore","stability"]'];
const REASONS = ['patient-refuses', 'imaging-disagrees', 'action-completed', 'snooze-1-month', null];

const names = { rules: new Map<string, string>(), reasons: new Map<string, string>() };
const frame = { assets: loadAssets(installationFolder()), places: [] };
const random = seeded(20261123);
const folder = mkdtempSync(join(tmpdir(), 'feedback-volume-'));
const url = process.argv[2] ?? `file:${join(folder, 'volume.db')}`;
const opened = await openDatabase(url);
if (!opened.ok) throw new Error(opened.problem);
const { database } = opened;
try {
  const filled = await timed(() => fill(database));
  console.log(
    `${CARDS} cards, ${Math.round(CARDS * ANSWERED)} answers written in ${(filled / 1000).toFixed(0)} s`,
  );
  const from = new Date(NOW.getTime() - DAYS * 86_400_000).toISOString().slice(0, 10);
  const anew = await timed(() => refreshDays(database, from, NOW.toISOString().slice(0, 10)));
  console.log(`the numbers of ${DAYS} days made anew in ${(anew / 1000).toFixed(1)} s`);
  for (const days of [7, 30, 90, DAYS]) {
    const from = new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 10);
    const until = NOW.toISOString().slice(0, 10);
    const asked = { from, until, days, allCells: false, sort: 'shown' } as const;
    const page = async () => {
      const found = await statistics(database, {
        from,
        until,
        now: NOW,
        ignoredAfterHours: 24,
        smallestGroup: 5,
      });
      return pageAnswer(dashboardPage({ asked, found, names, charts }), frame);
    };
    const first = await timed(page);
    const second = await timed(page);
    console.log(`${days} days: page made in ${first.toFixed(0)} ms, again ${second.toFixed(0)} ms`);
  }
} finally {
  await database.close();
  rmSync(folder, { recursive: true });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function fill({ write }: Database): Promise<void> {
  const batch = 500;
  for (let made = 0; made < CARDS; made += batch) {
    const cards = Array.from({ length: Math.min(batch, CARDS - made) }, (_, index) => card(made + index));
    const answers = cards.flatMap((one) => (one.state === null ? [] : [answer(one)]));
    await write(async (transaction) => {
      await transaction.insertInto('cards').values(cards).execute();
      await markStale(
        transaction,
        cards.map((one) => one.shown_at),
      );
      if (answers.length > 0) await transaction.insertInto('feedback').values(answers).execute();
    });
  }
  if (database.kind === 'postgres') await write((transaction) => sql`analyze`.execute(transaction));
}

function card(index: number) {
  const [rule, outcome, indicator] = random.pick(RULES);
  const shownAt = NOW.getTime() - Math.floor(((CARDS - index) / CARDS) * DAYS * 86_400_000);
  const state = random.chance(ANSWERED) ? (random.chance(0.35) ? 'accepted' : 'overridden') : null;
  const seconds = 5 + random.below(random.chance(0.2) ? 86_400 : 300);
  return {
    uuid: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    service: 'vertebral-fracture-order-select',
    hook: random.pick(HOOKS),
    outcome,
    rule,
    rules: `["${rule}"]`,
    knowledge_version: index < CARDS / 2 ? '1.0.0' : '1.1.0',
    indicator,
    levels: '["L1"]',
    missing: random.pick(MISSING),
    client: `ward-${random.below(4)}`,
    patient_hash: random
      .below(CARDS / 5)
      .toString(16)
      .padStart(64, '0'),
    user_hash: random.below(400).toString(16).padStart(64, '0'),
    shown_at: new Date(shownAt).toISOString(),
    fingerprint: random.below(3).toString(16).padStart(64, '0'),
    encounter_hash: null,
    instance_hash: index.toString(16).padStart(64, '0'),
    mode: random.chance(0.05) ? ('shadow' as const) : ('live' as const),
    state,
    answered_at: state === null ? null : new Date(shownAt + seconds * 1000).toISOString(),
    state_reason_system: null,
    state_reason_code: state === 'overridden' ? random.pick(REASONS) : null,
    act_seconds: state === null ? null : seconds,
  } as const;
}

function answer(one: ReturnType<typeof card>) {
  return {
    card_uuid: one.uuid,
    service: one.service,
    client: one.client,
    outcome: one.state ?? 'overridden',
    accepted_suggestions: '[]',
    reason_system: null,
    reason_code: one.state_reason_code,
    reason_display: null,
    has_comment: 0,
    outcome_timestamp: one.answered_at ?? one.shown_at,
    received_at: one.answered_at ?? one.shown_at,
    card_known: 1,
  };
}
