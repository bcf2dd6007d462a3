/**
 * `npm run bench:store`: what the database takes. Cards as calls leave them (in batches, off the path of the call), and
 * feedback as EHRs send it (each waits until it is on the disk), on SQLite and on PostgreSQL.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/database/open-database.js';
import { createFeedbackStore } from '../src/feedback/database-store.js';
import { createFeedbackIntake, type FeedbackIntake } from '../src/feedback/intake.js';
import type { GivenFeedback, ShownCard } from '../src/feedback/store.js';
import { startPostgres } from '../test/support/postgres.js';
import { quantile, report, type ResultRow, rounded } from './results.js';

const CARDS = 20_000;
const ANSWERS = 400;
const CALLERS = 10;

const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
const postgres = await startPostgres();
const rows: ResultRow[] = [];
try {
  await measured('SQLite', `file:${join(folder, 'x.db')}`);
  await measured('PostgreSQL', await postgres.database());
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}
report('store', rows);

async function measured(name: string, url: string): Promise<void> {
  const opened = await openDatabase(url);
  if (!opened.ok) throw new Error(opened.problem);
  const { database } = opened;
  const intake = createFeedbackIntake(createFeedbackStore(database));
  const cards = Array.from({ length: CARDS }, (_, index) => card(index));
  rows.push({
    database: name,
    what: 'cards, in batches',
    'rows/s': await cardsPerSecond(intake, cards),
    'p50 ms': '',
    'p99 ms': '',
  });
  for (const callers of [1, CALLERS]) rows.push(await answers(name, intake, cards, callers));
  await database.close();
}

async function cardsPerSecond(intake: FeedbackIntake, cards: readonly ShownCard[]): Promise<number> {
  const begun = performance.now();
  for (let from = 0; from < cards.length; from += 1000) {
    intake.rememberCards(cards.slice(from, from + 1000));
    await intake.flush();
  }
  return rounded((cards.length * 1000) / (performance.now() - begun), 0);
}

async function answers(
  database: string,
  intake: FeedbackIntake,
  cards: readonly ShownCard[],
  callers: number,
): Promise<ResultRow> {
  const times: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let index = caller; index < ANSWERS; index += callers) {
        const sent = performance.now();
        if (!(await intake.addFeedback([answerTo(cards[index])])))
          throw new Error('feedback was not written');
        times.push(performance.now() - sent);
      }
    }),
  );
  return {
    database,
    what: `feedback, each on the disk, ${callers} at once`,
    'rows/s': rounded((ANSWERS * 1000) / (performance.now() - begun), 0),
    'p50 ms': rounded(quantile(times, 0.5), 2),
    'p99 ms': rounded(quantile(times, 0.99), 2),
  };
}

function card(index: number): ShownCard {
  return {
    record: {
      cardUuid: randomUUID(),
      outcome: 'kyphoplasty',
      rule: 'T6',
      knowledgeVersion: '1.0.0',
      indicator: 'info',
      levels: ['L3'],
      missing: [],
      suggestions: [],
      rules: ['T6', '3.4'],
      fingerprint: `kyphoplasty|L3|${index}`,
      isGuard: false,
    },
    service: 'vertebral-fracture-order-select',
    hook: 'order-select',
    client: 'bench',
    patientId: `p-${index}`,
    userId: 'Practitioner/1',
    encounterId: undefined,
    hookInstance: randomUUID(),
    shownAt: new Date(),
    mode: 'live',
    isRepeat: false,
  };
}

function answerTo(shown: ShownCard | undefined): GivenFeedback {
  return {
    service: 'vertebral-fracture-order-select',
    client: 'bench',
    feedback: {
      card: shown?.record.cardUuid ?? '',
      outcome: 'overridden',
      hasComment: false,
      outcomeTimestamp: new Date().toISOString(),
    },
    receivedAt: new Date(),
  };
}
