/**
 * Decisions kept so that they can be made again: only where the site consents, without anything that tells who they are
 * about. Written a moment later, off the path of the call; of the day no more is kept than its month.
 */
import type { Database } from '../database/open-database.js';
import {
  type BatchedWriter,
  type BatchedWriterOptions,
  createBatchedWriter,
} from '../database/batched-writer.js';

export interface KeptDecision {
  readonly id: string;
  readonly keptAt: Date;
  /** As JSON: whatever the service says may be kept. */
  readonly body: object;
}

export type DecisionKeeper = Pick<BatchedWriter<KeptDecision>, 'add' | 'flush'>;

export function createDecisionKeeper(
  { write }: Pick<Database, 'write'>,
  options: BatchedWriterOptions,
): DecisionKeeper {
  return createBatchedWriter<KeptDecision>(async (decisions) => {
    await write((transaction) =>
      transaction
        .insertInto('decisions')
        .values(
          decisions.map(({ id, keptAt, body }) => ({
            id,
            month: monthOf(keptAt),
            body: JSON.stringify(body),
          })),
        )
        // A batch whose outcome was unclear is written again: what is there already stays.
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }, options);
}

/** First day of the month, UTC. */
function monthOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 7)}-01`;
}

const page = 1000;

/** Every kept decision with its id, in no order that tells when it was made. */
export async function* keptDecisions({ tables }: Pick<Database, 'tables'>): AsyncGenerator<object> {
  for (let after = ''; ;) {
    const rows = await tables
      .selectFrom('decisions')
      .select(['id', 'body'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute();
    for (const { id, body } of rows) yield { id, ...(JSON.parse(body) as object) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.id;
  }
}

/** @returns undefined where none has this id */
export async function keptDecision(
  { tables }: Pick<Database, 'tables'>,
  id: string,
): Promise<object | undefined> {
  const row = await tables.selectFrom('decisions').select('body').where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : { id, ...(JSON.parse(row.body) as object) };
}
