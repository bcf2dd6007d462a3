/**
 * The database as PostgreSQL, for several instances. What only PostgreSQL understands is here; all other SQL is
 * portable.
 */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Engine } from './engine.js';
import type { Tables } from './tables.js';

/** Milliseconds to wait for a connection; a call does not wait for the database, a feedback does. */
const connectMs = 3000;
/** Milliseconds a statement may take on the server. */
const statementMs = 10_000;
const mostConnections = 10;

/** Serialises what must not interleave, such as the audit chain: 'vcds' in ASCII, one lock a database. */
const lockNumber = 0x76636473;

const int8 = 20;

/** Opens a pool; nothing is connected before it is needed. `url`: as libpq reads it, with sslmode where wanted. */
export function openPostgres(url: string): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    application_name: 'vertebral-cds',
    types: {
      // Counts fit into a number; as text they would be compared as text.
      getTypeParser: (oid, format): unknown =>
        (oid as number) === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // A broken connection is replaced when the next is needed, and its query fails; without listeners, one that breaks
  // while idle or between the statements of a transaction would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;
  return {
    kind: 'postgres',
    queries,
    isBusy: isPostgresBusy,
    keepOthersOut: async (transaction) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(transaction);
    },
    close: () => (closed ??= queries.destroy()),
  };
}

/** Serialisation failure and deadlock: the loser is rolled back and may try again. */
const RETRIED: ReadonlySet<string> = new Set(['40001', '40P01']);

export function isPostgresBusy(error: unknown): boolean {
  return error instanceof pg.DatabaseError && RETRIED.has(error.code ?? '');
}
