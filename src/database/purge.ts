/**
 * Deletes what has been kept long enough. Large deletions go in slices, so that calls are not kept waiting.
 */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Retention } from '../config/retention.js';
import type { Database } from './open-database.js';
import type { Tables } from './tables.js';

export type Purged = Readonly<Record<keyof Retention | 'acts' | 'days' | 'tokens', number>>;

const dayMs = 86_400_000;
const slice = 1000;

export interface PurgeOptions {
  /** Nothing is deleted, only counted. */
  readonly dryRun?: boolean;
  /** Seals the checkpoint that a purge of the audit trail leaves. */
  readonly seal?: (last: { readonly seq: number; readonly hash: string }) => string | null;
}

export async function purge(
  database: Database,
  retention: Retention,
  now: Date,
  { dryRun = false, seal = () => null }: PurgeOptions = {},
): Promise<Purged> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs).toISOString();
  const remove = dryRun ? countOld : deleteOld;
  return {
    // Suggestions go with their card.
    cards: await remove(database, { table: 'cards', key: 'uuid', time: 'shown_at' }, before(retention.cards)),
    acts: await remove(database, { table: 'acts', key: 'hash', time: 'seen_at' }, before(retention.cards)),
    days: await purgeDays(database, before(retention.cards).slice(0, 10), dryRun),
    feedback: await remove(
      database,
      { table: 'feedback', key: 'id', time: 'received_at' },
      before(retention.feedback),
    ),
    audit: await purgeAudit(database, before(retention.audit), now, dryRun ? undefined : seal),
    decisions: await remove(
      database,
      { table: 'decisions', key: 'id', time: 'month' },
      before(retention.decisions),
    ),
    tokens: await remove(
      database,
      { table: 'seen_tokens', key: 'hash', time: 'expires_at' },
      now.toISOString(),
    ),
  };
}

/** The numbers of days go with their cards. Counted are days, not rows. */
async function purgeDays({ tables, write }: Database, before: string, dryRun: boolean): Promise<number> {
  const old = await tables
    .selectFrom('card_days')
    .select('day')
    .distinct()
    .where('day', '<', before)
    .execute();
  if (!dryRun && old.length > 0) {
    await write(async (transaction) => {
      await transaction.deleteFrom('card_days').where('day', '<', before).execute();
      await transaction.deleteFrom('card_day_reasons').where('day', '<', before).execute();
      await transaction.deleteFrom('card_day_missing').where('day', '<', before).execute();
      await transaction.deleteFrom('stale_days').where('day', '<', before).execute();
    });
  }
  return old.length;
}

/** The rows of a table, with the column that tells their age: those below a limit are old. */
interface Aging {
  readonly table: keyof Tables;
  readonly key: string;
  readonly time: string;
}

type Remove = (database: Database, aging: Aging, limit: string | number) => Promise<number>;

const deleteOld: Remove = async ({ write }, { table, key, time }, limit) => {
  const from = sql.table(table);
  const old = sql`select ${sql.ref(key)} from ${from} where ${sql.ref(time)} < ${limit} limit ${slice}`;
  for (let deleted = 0; ;) {
    const { numAffectedRows = 0n } = await write((transaction) =>
      sql`delete from ${from} where ${sql.ref(key)} in (${old})`.execute(transaction),
    );
    deleted += Number(numAffectedRows);
    if (numAffectedRows < slice) return deleted;
    // The embedded database works in this thread: calls get their turn in between.
    await setImmediate();
  }
};

const countOld: Remove = async ({ tables }, { table, time }, limit) => {
  const { old } = await tables
    .selectFrom(table)
    .select(sql<number | string>`count(*)`.as('old'))
    .where(sql.ref(time), '<', limit)
    .executeTakeFirstOrThrow();
  return Number(old);
};

/**
 * Only the beginning of the chain can be cut off, and the cut is noted before it is made: the rest still proves itself.
 */
async function purgeAudit(
  database: Database,
  before: string,
  now: Date,
  seal: PurgeOptions['seal'],
): Promise<number> {
  const { tables, write } = database;
  const kept = await tables
    .selectFrom('audit')
    .select(({ fn }) => fn.min('seq').as('seq'))
    .where('recorded_at', '>=', before)
    .executeTakeFirst();
  const firstKept = kept?.seq;
  const last = await tables
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .$if(typeof firstKept === 'number', (query) => query.where('seq', '<', firstKept ?? 0))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return 0;
  const aging: Aging = { table: 'audit', key: 'seq', time: 'seq' };
  if (seal === undefined) return countOld(database, aging, last.seq + 1);
  await write((transaction) =>
    transaction
      .insertInto('audit_checkpoints')
      .values({ ...last, purged_at: now.toISOString(), seal: seal(last) })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return deleteOld(database, aging, last.seq + 1);
}
