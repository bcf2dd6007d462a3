/**
 * Deletes what has been kept long enough. Large deletions go in slices, so that calls are not kept waiting.
 */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Retention } from '../config/retention.js';
import type { Database } from './open-database.js';
import type { Tables } from './tables.js';

export type Purged = Readonly<Record<keyof Retention | 'tokens', number>>;

const dayMs = 86_400_000;
const slice = 1000;

/** With `dryRun` nothing is deleted, only counted. */
export async function purge(
  database: Database,
  retention: Retention,
  now: Date,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Purged> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs).toISOString();
  const remove = dryRun ? countOld : deleteOld;
  return {
    // Suggestions go with their card.
    cards: await remove(database, { table: 'cards', key: 'uuid', time: 'shown_at' }, before(retention.cards)),
    feedback: await remove(
      database,
      { table: 'feedback', key: 'id', time: 'received_at' },
      before(retention.feedback),
    ),
    audit: await purgeAudit(database, before(retention.audit), now, remove),
    tokens: await remove(
      database,
      { table: 'seen_tokens', key: 'hash', time: 'expires_at' },
      now.toISOString(),
    ),
  };
}

/** The rows of a table, with the column that tells their age: those below a limit are old. */
interface Aging {
  readonly table: keyof Tables;
  readonly key: string;
  readonly time: string;
}

type Remove = (database: Database, aging: Aging, limit: string | number) => Promise<number>;

const deleteOld: Remove = async ({ tables }, { table, key, time }, limit) => {
  const from = sql.table(table);
  const old = sql`select ${sql.ref(key)} from ${from} where ${sql.ref(time)} < ${limit} limit ${slice}`;
  for (let deleted = 0; ;) {
    const { numAffectedRows = 0n } = await sql`delete from ${from} where ${sql.ref(key)} in (${old})`.execute(
      tables,
    );
    deleted += Number(numAffectedRows);
    if (numAffectedRows < slice) return deleted;
    // The embedded database works in this thread: calls get their turn in between.
    await setImmediate();
  }
};

const countOld: Remove = async ({ tables }, { table, time }, limit) => {
  const { rows } = await sql<{
    readonly old: number | string;
  }>`select count(*) as old from ${sql.table(table)} where ${sql.ref(time)} < ${limit}`.execute(tables);
  return Number(rows[0]?.old ?? 0);
};

/**
 * Only the beginning of the chain can be cut off, and the cut is noted before it is made: the rest still proves itself.
 */
async function purgeAudit(database: Database, before: string, now: Date, remove: Remove): Promise<number> {
  const { tables } = database;
  const kept = await tables
    .selectFrom('audit')
    .select(({ fn }) => fn.min('seq').as('seq'))
    .where('recorded_at', '>=', before)
    .executeTakeFirst();
  const last = await tables
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .where('seq', '<', kept?.seq ?? Number.MAX_SAFE_INTEGER)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return 0;
  if (remove === deleteOld) {
    await tables
      .insertInto('audit_checkpoints')
      .values({ ...last, purged_at: now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return remove(database, { table: 'audit', key: 'seq', time: 'seq' }, last.seq + 1);
}
