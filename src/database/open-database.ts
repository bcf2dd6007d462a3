/**
 * Opens the database that DATABASE_URL names: one for everything the service keeps.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect, sql } from 'kysely';
import SqliteDatabase from 'libsql';
import { loadPseudonym, type Pseudonym } from './pseudonym.js';
import { migrate } from './schema-version.js';
import type { Tables } from './tables.js';

export interface Database {
  readonly tables: Kysely<Tables>;
  readonly pseudonym: Pseudonym;
  /** Whether it answers now. */
  readonly isReady: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** A problem is one line for people. */
export type OpenedDatabase =
  { readonly ok: true; readonly database: Database } | { readonly ok: false; readonly problem: string };

/**
 * Opens the file, creating it and its folder where they are missing, and brings its tables up to date.
 * `url`: `file:` and a path, relative to the working directory or absolute.
 */
export async function openDatabase(url: string): Promise<OpenedDatabase> {
  const path = filePathOf(url);
  if (path === undefined) return { ok: false, problem: 'the database must be a file: URL' };
  let tables: Kysely<Tables> | undefined;
  try {
    createPrivately(path);
    tables = new Kysely<Tables>({
      dialect: new SqliteDialect({ database: durable(new SqliteDatabase(path)) }),
    });
    const migrated = await migrate(tables);
    if (migrated.ok) return { ok: true, database: await databaseOver(tables) };
    await tables.destroy();
    return migrated;
  } catch (error) {
    await tables?.destroy();
    const why = error instanceof Error ? error.message : 'unknown error';
    return { ok: false, problem: `the database at ${path} could not be opened: ${why}` };
  }
}

/** `file:./data/x.db`, `file:/var/x.db` and `file:///var/x.db` become paths; undefined for everything else. */
export function filePathOf(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = url.slice('file:'.length).replace(/^\/\/\//, '/');
  return path === '' || path.startsWith('//') ? undefined : path;
}

/** What comes into being is for this user alone; SQLite gives the files beside it the mode of the first. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** What is acknowledged has to survive a crash: WAL alone would lose the last transactions with the power. */
function durable(database: SqliteDatabase.Database): SqliteDatabase.Database {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 2000');
  return database;
}

async function databaseOver(tables: Kysely<Tables>): Promise<Database> {
  return {
    tables,
    pseudonym: await loadPseudonym(tables),
    isReady: async () => {
      try {
        await sql`select count(*) from installation`.execute(tables);
        return true;
      } catch {
        return false;
      }
    },
    close: () => tables.destroy(),
  };
}
