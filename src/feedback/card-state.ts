/**
 * What the feedback on a card comes to: the answer that was given last, whatever order the answers arrive in. Worked out
 * where card and feedback meet, so that statistics read one table; the feedback itself stays as it came.
 */
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';

/** Works out the state of these cards anew, as far as they are there. */
export async function settleStates(tables: Kysely<Tables>, uuids: readonly string[]): Promise<void> {
  const distinct = [...new Set(uuids)];
  if (distinct.length === 0) return;
  const answers = await tables
    .selectFrom('feedback')
    .innerJoin('cards', (join) =>
      join
        .onRef('cards.uuid', '=', 'feedback.card_uuid')
        .onRef('cards.service', '=', 'feedback.service')
        .onRef('cards.client', '=', 'feedback.client'),
    )
    .select([
      'feedback.id',
      'feedback.card_uuid',
      'feedback.card_known',
      'feedback.outcome',
      'feedback.reason_system',
      'feedback.reason_code',
      'feedback.outcome_timestamp',
      'feedback.received_at',
      'cards.shown_at',
    ])
    .where('feedback.card_uuid', 'in', distinct)
    .execute();
  await markKnown(tables, answers);
  const last = new Map<string, (typeof answers)[number]>();
  for (const answer of answers) {
    const before = last.get(answer.card_uuid);
    if (before === undefined || isLater(answer, before)) last.set(answer.card_uuid, answer);
  }
  await markStale(
    tables,
    [...last.values()].map((answer) => answer.shown_at),
  );
  for (const answer of last.values()) {
    const answeredAt = momentOf(answer);
    const seconds = Math.round((answeredAt - Date.parse(answer.shown_at)) / 1000);
    await tables
      .updateTable('cards')
      .set({
        state: answer.outcome,
        answered_at: new Date(answeredAt).toISOString(),
        state_reason_system: answer.reason_system,
        state_reason_code: answer.reason_code,
        act_seconds: Math.max(0, seconds),
      })
      .where('uuid', '=', answer.card_uuid)
      .execute();
  }
}

/** An answer that came before the row of its card, by another instance, is no answer to an unknown card. */
async function markKnown(
  tables: Kysely<Tables>,
  answers: readonly { readonly id: number; readonly card_known: number }[],
): Promise<void> {
  const early = answers.filter(({ card_known: known }) => known === 0).map(({ id }) => id);
  if (early.length === 0) return;
  await tables.updateTable('feedback').set({ card_known: 1 }).where('id', 'in', early).execute();
}

/** The numbers of these days have to be made anew. @param moments ISO, of the cards that changed */
export async function markStale(tables: Kysely<Tables>, moments: readonly string[]): Promise<void> {
  const days = [...new Set(moments.map((moment) => moment.slice(0, 10)))];
  if (days.length === 0) return;
  await tables
    .insertInto('stale_days')
    .values(days.map((day) => ({ day })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

interface Timed {
  readonly id: number;
  readonly outcome_timestamp: string;
  readonly received_at: string;
}

function isLater(one: Timed, other: Timed): boolean {
  return momentOf(one) > momentOf(other) || (momentOf(one) === momentOf(other) && one.id > other.id);
}

/** When the clinician answered; a clock that runs ahead counts as of the arrival. */
export function momentOf({ outcome_timestamp: said, received_at: received }: Omit<Timed, 'id'>): number {
  return Math.min(Date.parse(said), Date.parse(received));
}
