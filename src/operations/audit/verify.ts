/**
 * Walks the audit trail and says whether anything in it has been changed, removed, inserted or reordered.
 */
import type { Database } from '../../database/open-database.js';
import { lastCheckpoint } from './audit-trail.js';
import { chainHash, checkpointSeal, isKeyed, origin } from './chain.js';

export type Verification =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly keyed: number;
      readonly first?: string;
      readonly last?: string;
      /** `SEQ:HASH` of the newest entry: noted elsewhere, it proves later that nothing was cut off. */
      readonly head: string;
    }
  | { readonly ok: false; readonly seq: number; readonly problem: string };

const slice = 1000;

export interface VerifyOptions {
  /** AUDIT_KEY; with it, every entry must have been written by somebody who knows it. */
  readonly key?: string | undefined;
  /** The first entry that must be keyed, where AUDIT_KEY was set later than the service was started; 1 unless given. */
  readonly keyedFrom?: number | undefined;
  /** A head noted earlier, which must still be part of the trail. */
  readonly expected?: string | undefined;
}

export async function verifyAudit(
  { tables }: Database,
  { key, keyedFrom = 1, expected }: VerifyOptions = {},
): Promise<Verification> {
  const checkpoint = await lastCheckpoint(tables);
  const start = checkpoint ?? { seq: 0, hash: origin };
  if (checkpoint !== undefined) {
    const problem = whatIsWrongWithCheckpoint(checkpoint, key, keyedFrom);
    if (problem !== undefined) return { ok: false, seq: checkpoint.seq, problem };
  }
  let { seq, hash } = start;
  let foundExpected = expected === undefined || expected === `${seq}:${hash}`;
  let entries = 0;
  let keyed = 0;
  let first: string | undefined;
  let last: string | undefined;
  for (;;) {
    const rows = await tables
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(slice)
      .execute();
    for (const row of rows) {
      const problem = whatIsWrong(row, { seq, hash }, keyed > 0 || row.seq >= keyedFrom, key);
      if (problem !== undefined) return { ok: false, seq: row.seq, problem };
      ({ seq, hash } = row);
      entries += 1;
      if (isKeyed(hash)) keyed += 1;
      first ??= row.recorded_at;
      last = row.recorded_at;
      foundExpected ||= expected === `${seq}:${hash}`;
    }
    if (rows.length < slice) break;
  }
  const stray = await tables
    .selectFrom('audit')
    .select('seq')
    .where('seq', '<=', start.seq)
    .executeTakeFirst();
  if (stray !== undefined) return { ok: false, seq: stray.seq, problem: 'does not belong to the trail' };
  if (!foundExpected) {
    return {
      ok: false,
      seq,
      problem:
        'is the end of the trail, but the expected entry is not in it: its end was cut off or rewritten',
    };
  }
  return {
    ok: true,
    entries,
    keyed,
    ...(first === undefined || last === undefined ? {} : { first, last }),
    head: `${seq}:${hash}`,
  };
}

interface Row {
  readonly seq: number;
  readonly recorded_at: string;
  readonly event: string;
  readonly previous_hash: string;
  readonly hash: string;
}

const notKeyed =
  'is not keyed: it was written by somebody without the key. If AUDIT_KEY was set later, name the first keyed entry with --keyed-from';

function whatIsWrongWithCheckpoint(
  { seq, hash, seal }: { readonly seq: number; readonly hash: string; readonly seal: string | null },
  key: string | undefined,
  keyedFrom: number,
): string | undefined {
  if (key === undefined) {
    return seal === null
      ? undefined
      : 'is where a purge has cut, sealed with a key: set AUDIT_KEY to verify it';
  }
  if (seal === null && seq + 1 < keyedFrom) return undefined;
  return seal === checkpointSeal({ seq, hash }, key)
    ? undefined
    : 'is said to be where a purge has cut, but nobody with the key has done that: entries before it were removed';
}

function whatIsWrong(
  row: Row,
  before: { readonly seq: number; readonly hash: string },
  mustBeKeyed: boolean,
  key: string | undefined,
): string | undefined {
  if (row.seq !== before.seq + 1)
    return `does not follow entry ${before.seq}: entries in between were removed`;
  if (row.previous_hash !== before.hash)
    return 'does not follow the entry before it: one of them was replaced or moved';
  if (isKeyed(row.hash) && key === undefined)
    return 'is keyed: set AUDIT_KEY to the key the service runs with';
  if (key !== undefined && !isKeyed(row.hash) && mustBeKeyed) return notKeyed;
  const hash = chainHash(row.previous_hash, row.event, isKeyed(row.hash) ? key : undefined);
  if (hash !== row.hash) {
    return isKeyed(row.hash) ? 'was changed, or AUDIT_KEY is not the key it was written with' : 'was changed';
  }
  if (recordedIn(row.event) !== row.recorded_at) return 'was changed: its time is not the time of its event';
  return undefined;
}

function recordedIn(event: string): unknown {
  const value: unknown = JSON.parse(event);
  return typeof value === 'object' && value !== null && 'recorded' in value ? value.recorded : undefined;
}
