/**
 * The audit trail in the database: entries are gathered off the path of a call and appended to the chain in batches.
 */
import { createBatchedWriter, type BatchedWriterOptions } from '../../database/batched-writer.js';
import type { Database } from '../../database/open-database.js';
import type { Product } from '../product.js';
import type { AuditEntry } from './audit-entry.js';
import { auditEvent } from './audit-event.js';
import { chainHash, origin } from './chain.js';

export interface AuditTrail {
  /** Returns at once; the entry is appended soon after. */
  readonly record: (entry: AuditEntry) => void;
  /** Appends what waits; false when that failed. */
  readonly flush: () => Promise<boolean>;
}

export interface AuditTrailParts extends BatchedWriterOptions {
  readonly database: Database;
  readonly product: Product;
  /** AUDIT_KEY. */
  readonly key?: string | undefined;
}

export function createAuditTrail({ database, product, key, ...options }: AuditTrailParts): AuditTrail {
  let lost = 0;
  const textOf = (entry: AuditEntry) => JSON.stringify(auditEvent(entry, product, database.pseudonym));
  const writer = createBatchedWriter<string>(
    async (texts) => {
      const missing = lost;
      // The trail itself tells of its gaps.
      const notice = missing === 0 ? [] : [textOf({ kind: 'lost', at: new Date(), count: missing })];
      await append(database, [...notice, ...texts], key);
      lost -= missing;
    },
    {
      ...options,
      onTrouble: (trouble) => {
        if (trouble.kind === 'lost') lost += trouble.count;
        options.onTrouble?.(trouble);
      },
    },
  );
  return { record: (entry) => writer.add([textOf(entry)]), flush: writer.flush };
}

/** Several instances may append to one trail: the number of the last entry is read where nobody else can write. */
async function append({ write }: Database, texts: readonly string[], key: string | undefined): Promise<void> {
  await write(
    async (transaction) => {
      const last = await lastEntry(transaction);
      await transaction
        .insertInto('audit')
        .values(chained(texts, last, key))
        .execute();
    },
    { alone: true },
  );
}

interface Link {
  readonly seq: number;
  readonly hash: string;
}

function chained(texts: readonly string[], last: Link, key: string | undefined) {
  let { seq, hash } = last;
  return texts.map((event) => {
    const previous = hash;
    seq += 1;
    hash = chainHash(previous, event, key);
    return { seq, recorded_at: recordedIn(event), event, previous_hash: previous, hash };
  });
}

function recordedIn(event: string): string {
  return (JSON.parse(event) as { readonly recorded: string }).recorded;
}

async function lastEntry(tables: Database['tables']): Promise<Link> {
  const entry = await tables
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return entry ?? (await lastCheckpoint(tables)) ?? { seq: 0, hash: origin };
}

/** The last entry that a purge has removed. */
export async function lastCheckpoint(
  tables: Database['tables'],
): Promise<(Link & { readonly seal: string | null }) | undefined> {
  return tables
    .selectFrom('audit_checkpoints')
    .select(['seq', 'hash', 'seal'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}
