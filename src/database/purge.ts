/**
 * Deletes what has been kept long enough. Large deletions go in slices, so that calls are not kept waiting.
 */
import type { Retention } from '../config/retention.js';
import type { Database } from './open-database.js';

export type Purged = Readonly<Record<keyof Retention | 'tokens', number>>;

const dayMs = 86_400_000;
const slice = 5000;

/** With `dryRun` nothing is deleted, only counted. */
export async function purge(
  database: Database,
  retention: Retention,
  now: Date,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Purged> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs).toISOString();
  return {
    cards: await purgeCards(database, before(retention.cards), dryRun),
    feedback: await purgeFeedback(database, before(retention.feedback), dryRun),
    audit: await purgeAudit(database, before(retention.audit), now, dryRun),
    tokens: await purgeTokens(database, now.toISOString(), dryRun),
  };
}

/** Suggestions go with their card. */
function purgeCards({ tables }: Database, before: string, dryRun: boolean): Promise<number> {
  const old = tables.selectFrom('cards').select('uuid').where('shown_at', '<', before).limit(slice);
  return dryRun
    ? counted(
        tables
          .selectFrom('cards')
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .where('shown_at', '<', before),
      )
    : inSlices(() => tables.deleteFrom('cards').where('uuid', 'in', old).executeTakeFirst());
}

function purgeFeedback({ tables }: Database, before: string, dryRun: boolean): Promise<number> {
  const old = tables.selectFrom('feedback').select('id').where('received_at', '<', before).limit(slice);
  return dryRun
    ? counted(
        tables
          .selectFrom('feedback')
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .where('received_at', '<', before),
      )
    : inSlices(() => tables.deleteFrom('feedback').where('id', 'in', old).executeTakeFirst());
}

function purgeTokens({ tables }: Database, before: string, dryRun: boolean): Promise<number> {
  const old = tables.selectFrom('seen_tokens').select('hash').where('expires_at', '<=', before).limit(slice);
  return dryRun
    ? counted(
        tables
          .selectFrom('seen_tokens')
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .where('expires_at', '<=', before),
      )
    : inSlices(() => tables.deleteFrom('seen_tokens').where('hash', 'in', old).executeTakeFirst());
}

/**
 * Only the beginning of the chain can be cut off, and the cut is noted before it is made: the rest still proves itself.
 */
async function purgeAudit({ tables }: Database, before: string, now: Date, dryRun: boolean): Promise<number> {
  const kept = await tables
    .selectFrom('audit')
    .select(({ fn }) => fn.min('seq').as('seq'))
    .where('recorded_at', '>=', before)
    .executeTakeFirst();
  const firstKept = kept?.seq ?? Number.MAX_SAFE_INTEGER;
  const last = await tables
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .where('seq', '<', firstKept)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return 0;
  if (dryRun) {
    return counted(
      tables
        .selectFrom('audit')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .where('seq', '<=', last.seq),
    );
  }
  await tables
    .insertInto('audit_checkpoints')
    .values({ ...last, purged_at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const old = tables.selectFrom('audit').select('seq').where('seq', '<=', last.seq).limit(slice);
  return inSlices(() => tables.deleteFrom('audit').where('seq', 'in', old).executeTakeFirst());
}

interface Deleted {
  readonly numDeletedRows: bigint;
}

async function inSlices(deleteSome: () => Promise<Deleted>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { numDeletedRows } = await deleteSome();
    deleted += Number(numDeletedRows);
    if (Number(numDeletedRows) < slice) return deleted;
  }
}

async function counted(query: {
  readonly executeTakeFirstOrThrow: () => Promise<{ readonly rows: number | string | bigint }>;
}): Promise<number> {
  return Number((await query.executeTakeFirstOrThrow()).rows);
}
