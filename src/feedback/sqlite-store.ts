/**
 * The feedback store in an SQLite file.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect, sql } from 'kysely';
import Database from 'libsql';
import { loadPseudonym, type Pseudonym } from './pseudonym.js';
import { cardRow, feedbackRow, suggestionRows } from './rows.js';
import { migrate } from './schema-version.js';
import type { FeedbackStore, GivenFeedback } from './store.js';
import type { Tables } from './tables.js';

export type OpenedStore =
  { readonly ok: true; readonly store: FeedbackStore } | { readonly ok: false; readonly problem: string };

/** Opens the file, creating it and its folder where they are missing, and brings its tables up to date. */
export async function openSqliteStore(path: string): Promise<OpenedStore> {
  let db: Kysely<Tables> | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: durable(new Database(path)) }) });
    const migrated = await migrate(db);
    if (migrated.ok) return { ok: true, store: storeOver(db, await loadPseudonym(db)) };
    await db.destroy();
    return migrated;
  } catch (error) {
    await db?.destroy();
    const why = error instanceof Error ? error.message : 'unknown error';
    return { ok: false, problem: `the database at ${path} could not be opened: ${why}` };
  }
}

/** What is acknowledged has to survive a crash: WAL alone would lose the last transactions with the power. */
function durable(database: Database.Database): Database.Database {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 2000');
  return database;
}

function storeOver(db: Kysely<Tables>, pseudonym: Pseudonym): FeedbackStore {
  return {
    rememberCards: async (cards) => {
      if (cards.length === 0) return;
      const suggestions = cards.flatMap(suggestionRows);
      await db.transaction().execute(async (transaction) => {
        // A batch whose outcome was unclear is written again: what is there already stays.
        await transaction
          .insertInto('cards')
          .values(cards.map((card) => cardRow(card, pseudonym)))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        if (suggestions.length === 0) return;
        await transaction
          .insertInto('suggestions')
          .values(suggestions)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },

    addFeedback: async (given) => {
      if (given.length === 0) return;
      await db.transaction().execute(async (transaction) => {
        const known = await knownCards(transaction, given);
        await transaction
          .insertInto('feedback')
          .values(given.map((one) => feedbackRow(one, known.get(one.feedback.card) === one.service)))
          .execute();
      });
    },

    isReady: async () => {
      try {
        await sql`select count(*) from installation`.execute(db);
        return true;
      } catch {
        return false;
      }
    },

    close: () => db.destroy(),
  };
}

/** Which service each of the cards came from, for those that went out from here. */
async function knownCards(
  db: Kysely<Tables>,
  given: readonly GivenFeedback[],
): Promise<ReadonlyMap<string, string>> {
  const uuids = [...new Set(given.map(({ feedback }) => feedback.card))];
  const rows = await db.selectFrom('cards').select(['uuid', 'service']).where('uuid', 'in', uuids).execute();
  return new Map(rows.map(({ uuid, service }) => [uuid, service]));
}
