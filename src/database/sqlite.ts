/**
 * The database as an SQLite file. What only SQLite understands is here; all other SQL is portable.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql, SqliteDialect, SqliteDriver, type DatabaseConnection } from 'kysely';
import Libsql from 'libsql';
import type { Engine } from './engine.js';
import type { Tables } from './tables.js';

/** Whether another writer was in the way. */
export function isSqliteBusy(error: unknown): boolean {
  return error instanceof Libsql.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/**
 * Opens the file. It and the folders that are created are for this user alone. Throws when it can't be opened or is
 * no database.
 */
export function openSqliteFile(path: string): Engine {
  makePrivately(path);
  const connection = new Libsql(path);
  try {
    // The driver is synchronous: a longer wait inside of it would stop every call. Whoever is busy is asked again.
    connection.pragma('busy_timeout = 5');
    // What is acknowledged has to survive a crash: WAL alone would lose the last transactions with the power.
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('secure_delete = ON'); // what a purge removes is overwritten, not only unlinked
  } catch (error) {
    connection.close();
    throw error;
  }
  const queries = new Kysely<Tables>({ dialect: new WriteLockDialect({ database: connection }) });
  async function close(): Promise<void> {
    // Empties the write-ahead log, so that nothing deleted is left in it; also lets a transaction under way end first.
    await queries
      .connection()
      .execute((held) => sql`pragma wal_checkpoint(truncate)`.execute(held))
      .catch(() => undefined);
    await queries.destroy();
  }
  let closed: Promise<void> | undefined;
  return {
    kind: 'sqlite',
    queries,
    // Every transaction here keeps the others out.
    keepOthersOut: () => Promise.resolve(),
    isBusy: isSqliteBusy,
    close: () => (closed ??= close()),
  };
}

/** SQLite gives -wal and -shm the rights of the file beside them. */
function makePrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/**
 * Transactions take the write lock when they begin. One that first reads and later writes would otherwise fail for good
 * when another process has written in between (SQLITE_BUSY_SNAPSHOT).
 */
class WriteLockDialect extends SqliteDialect {
  readonly #database: Libsql.Database;

  constructor({ database }: { readonly database: Libsql.Database }) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new WriteLockDriver(this.#database);
  }
}

class WriteLockDriver extends SqliteDriver {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    super({ database });
    this.#database = database;
  }

  /** By `exec`: a prepared statement that met a lock stays open in libsql, and no later transaction could commit. */
  override beginTransaction(): Promise<void> {
    return Promise.resolve().then(() => void this.#database.exec('begin immediate'));
  }

  /** A full or broken disk has rolled back already: rolling back again would fail and hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.open && this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}
