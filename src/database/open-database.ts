/**
 * Opens the database that DATABASE_URL names: one for everything the service keeps.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Kysely, type Transaction } from 'kysely';
import { loadPseudonym, type Pseudonym } from './pseudonym.js';
import { migrate } from './schema-version.js';
import { openSqliteFile, type SqliteFile } from './sqlite.js';
import type { Tables } from './tables.js';

export type Work<Result> = (transaction: Transaction<Tables>) => Promise<Result>;

export interface Database {
  /** For reading; whatever writes goes through `write`. */
  readonly tables: Pick<Kysely<Tables>, 'selectFrom'>;
  /**
   * Runs `work` in a transaction that no other writer interleaves with, in the order asked for, and resolves once it is
   * durable. While another process writes, it is tried again for some seconds without holding up the calls; so `work`
   * may run several times. Rejects when nothing of it happened.
   */
  readonly write: <Result>(work: Work<Result>) => Promise<Result>;
  readonly pseudonym: Pseudonym;
  /** Whether it answers now. */
  readonly isReady: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  /** Milliseconds for which a write is tried again while another process writes. */
  readonly patienceMs?: number;
}

/** A problem is one line for people. */
export type OpenedDatabase =
  { readonly ok: true; readonly database: Database } | { readonly ok: false; readonly problem: string };

/**
 * Opens the file, creating it and its folder where they are missing, and brings its tables up to date.
 * `url`: `file:` and a path, relative to the working directory or absolute.
 */
export async function openDatabase(
  url: string,
  { patienceMs = 3000 }: OpenOptions = {},
): Promise<OpenedDatabase> {
  const path = filePathOf(url);
  if (path === undefined) return { ok: false, problem: 'the database must be a file: URL' };
  let file: SqliteFile | undefined;
  try {
    file = openSqliteFile(path);
    const migrated = await migrate(file.queries);
    if (!migrated.ok) {
      await file.close();
      return migrated;
    }
    const pseudonym = await loadPseudonym(file.queries);
    file.stopWaiting();
    return { ok: true, database: databaseOver(file, pseudonym, patienceMs) };
  } catch (error) {
    await file?.close();
    const why = error instanceof Error ? error.message : 'unknown error';
    return { ok: false, problem: `the database at ${path} could not be opened: ${why}` };
  }
}

/** `file:./data/x.db`, `file:/var/x.db` and `file:///var/x.db` become paths; undefined for everything else. */
export function filePathOf(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = url.slice('file:'.length).replace(/^\/\/\//, '/');
  return path === '' || path === ':memory:' || path.startsWith('//') ? undefined : path;
}

function databaseOver(file: SqliteFile, pseudonym: Pseudonym, patienceMs: number): Database {
  const { queries } = file;
  let turn: Promise<unknown> = Promise.resolve();

  async function attempts<Result>(work: Work<Result>): Promise<Result> {
    const since = performance.now();
    for (;;) {
      try {
        return await queries.transaction().execute(work);
      } catch (error) {
        if (!file.isBusy(error) || performance.now() - since > patienceMs) throw error;
        // At random, so that two processes don't meet each time.
        await wait(10 + Math.random() * 40);
      }
    }
  }

  return {
    tables: queries,
    write: (work) => {
      const result = turn.then(() => attempts(work));
      turn = result.catch(() => undefined);
      return result;
    },
    pseudonym,
    isReady: async () => {
      try {
        await sql`select count(*) from installation`.execute(queries);
        return true;
      } catch {
        return false;
      }
    },
    close: file.close,
  };
}
