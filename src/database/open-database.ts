/**
 * Opens the database that DATABASE_URL names: one for everything the service keeps.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Kysely, type Transaction } from 'kysely';
import { loadPseudonym, type Pseudonym } from './pseudonym.js';
import { migrate } from './schema-version.js';
import type { Engine } from './engine.js';
import { isPostgresUrl, placeOf } from './postgres-url.js';
import type { Tables } from './tables.js';

/** Milliseconds for which an opening waits for another process that writes. */
const openingPatienceMs = 5000;

export type Work<Result> = (transaction: Transaction<Tables>) => Promise<Result>;

export interface Database {
  /** For reading; whatever writes goes through `write`. */
  readonly tables: Pick<Kysely<Tables>, 'selectFrom'>;
  readonly kind: Engine['kind'];
  /**
   * Runs `work` in a transaction and resolves once it is durable. While another writer is in the way, it is tried again
   * for some seconds without holding up the calls; so `work` may run several times. Rejects when nothing of it happened.
   */
  readonly write: <Result>(work: Work<Result>, options?: WriteOptions) => Promise<Result>;
  readonly pseudonym: Pseudonym;
  /** Whether it answers now. */
  readonly isReady: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export interface WriteOptions {
  /** No other writer of any instance interleaves: for what depends on the last row. SQLite is always so. */
  readonly alone?: boolean;
}

export interface OpenOptions {
  /** Milliseconds for which a write is tried again while another process writes. */
  readonly patienceMs?: number;
}

/** A problem is one line for people. */
export type OpenedDatabase =
  { readonly ok: true; readonly database: Database } | { readonly ok: false; readonly problem: string };

/**
 * Opens the database and brings its tables up to date; a file and its folder are created where they are missing.
 * `url`: `file:` and a path, relative to the working directory or absolute; or `postgres://`.
 */
export async function openDatabase(
  url: string,
  { patienceMs = 3000 }: OpenOptions = {},
): Promise<OpenedDatabase> {
  const path = filePathOf(url);
  // The driver of the one that is used, and no other.
  if (isPostgresUrl(url)) {
    const { openPostgres, isPostgresBusy } = await import('./postgres.js');
    return opened({ open: () => openPostgres(url), isBusy: isPostgresBusy }, placeOf(url), patienceMs);
  }
  if (path === undefined) return { ok: false, problem: 'the database must be a file: or postgres:// URL' };
  const { openSqliteFile, isSqliteBusy } = await import('./sqlite.js');
  return opened({ open: () => openSqliteFile(path), isBusy: isSqliteBusy }, path, patienceMs);
}

interface Opener {
  readonly open: () => Engine;
  readonly isBusy: (error: unknown) => boolean;
}

async function opened({ open, isBusy }: Opener, place: string, patienceMs: number): Promise<OpenedDatabase> {
  const attempt = async (): Promise<OpenedDatabase> => {
    const engine = open();
    try {
      const migrated = await migrate(engine);
      if (!migrated.ok) {
        await engine.close();
        return migrated;
      }
      const pseudonym = await loadPseudonym(engine.queries);
      return { ok: true, database: databaseOver(engine, pseudonym, patienceMs) };
    } catch (error) {
      await engine.close();
      throw error;
    }
  };
  try {
    return await untilNotBusy(attempt, isBusy, openingPatienceMs);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    return { ok: false, problem: `the database at ${place} could not be opened: ${why}` };
  }
}

/** Tries again while another writer is in the way, without holding up what else the process does. */
async function untilNotBusy<Result>(
  work: () => Promise<Result>,
  isBusy: (error: unknown) => boolean,
  patienceMs: number,
): Promise<Result> {
  const since = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - since > patienceMs) throw error;
      // At random, so that two processes don't meet each time.
      await wait(10 + Math.random() * 40);
    }
  }
}

/** `file:./data/x.db`, `file:/var/x.db` and `file:///var/x.db` become paths; undefined for everything else. */
export function filePathOf(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = url.slice('file:'.length).replace(/^\/\/\//, '/');
  return path === '' || path === ':memory:' || path.startsWith('//') ? undefined : path;
}

function databaseOver(engine: Engine, pseudonym: Pseudonym, patienceMs: number): Database {
  const { queries, kind } = engine;
  let turn: Promise<unknown> = Promise.resolve();

  const attempts = <Result>(work: Work<Result>, isAlone: boolean) =>
    untilNotBusy(
      () =>
        queries.transaction().execute(async (transaction) => {
          if (isAlone) await engine.keepOthersOut(transaction);
          return work(transaction);
        }),
      engine.isBusy,
      patienceMs,
    );

  return {
    kind,
    tables: queries,
    write: (work, { alone = false } = {}) => {
      // SQLite has one writer: in turn they don't meet. PostgreSQL has many.
      if (kind === 'postgres') return attempts(work, alone);
      const result = turn.then(() => attempts(work, alone));
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
    close: engine.close,
  };
}
