/**
 * What was shown for a patient before, and what was answered: read from the database, and from the cards that wait to be
 * written there.
 */
import type { Hook } from '../cds-hooks/service.js';
import type { Database } from '../database/open-database.js';
import { momentOf } from '../feedback/card-state.js';
import { cardRow } from '../feedback/rows.js';
import type { ShownCard } from '../feedback/store.js';
import type { Answer, ShownBefore } from './silence.js';

export interface History {
  /** Never rejects: undefined when the database does not answer. */
  readonly of: (
    client: string,
    patientId: string,
    since: Date,
  ) => Promise<readonly ShownBefore[] | undefined>;
}

/** @param waiting cards that are not written yet */
export function createHistory(
  { tables, pseudonym }: Pick<Database, 'tables' | 'pseudonym'>,
  waiting: () => readonly ShownCard[],
): History {
  return {
    of: async (client, patientId, since) => {
      const patient = pseudonym('patient', client, patientId);
      const unwritten = waiting()
        .filter((card) => card.client === client && card.patientId === patientId)
        .map((card) => cardRow(card, pseudonym));
      try {
        const written = await tables
          .selectFrom('cards')
          .select([
            'uuid',
            'service',
            'client',
            'outcome',
            'fingerprint',
            'hook',
            'encounter_hash',
            'instance_hash',
            'mode',
          ])
          .where('patient_hash', '=', patient)
          .where('shown_at', '>=', since.toISOString())
          .execute();
        // What ran in shadow was seen by nobody.
        const shown = [...written, ...unwritten].filter(({ mode }) => mode === 'live');
        const answers = await answersTo(shown.map(({ uuid }) => uuid));
        return shown.map((card) => shownBefore(card, answers.get(card.uuid) ?? []));
      } catch {
        return undefined;
      }
    },
  };

  /** All answers to these cards, each to the card that the same client was shown. */
  async function answersTo(uuids: readonly string[]): Promise<ReadonlyMap<string, readonly FeedbackRow[]>> {
    const answers = new Map<string, FeedbackRow[]>();
    if (uuids.length === 0) return answers;
    const rows = await tables
      .selectFrom('feedback')
      .select([
        'id',
        'card_uuid',
        'service',
        'client',
        'outcome',
        'reason_system',
        'reason_code',
        'outcome_timestamp',
        'received_at',
      ])
      .where('card_uuid', 'in', [...uuids])
      .execute();
    for (const row of rows) answers.set(row.card_uuid, [...(answers.get(row.card_uuid) ?? []), row]);
    return answers;
  }
}

interface FeedbackRow {
  readonly id: number;
  readonly service: string;
  readonly client: string | null;
  readonly outcome: 'accepted' | 'overridden';
  readonly reason_system: string | null;
  readonly reason_code: string | null;
  readonly outcome_timestamp: string;
  readonly received_at: string;
}

interface ShownRow {
  readonly service: string;
  readonly client?: string | null | undefined;
  readonly outcome: string;
  readonly fingerprint?: string | null | undefined;
  readonly hook: string;
  readonly encounter_hash?: string | null | undefined;
  readonly instance_hash?: string | null | undefined;
}

function shownBefore(card: ShownRow, answers: readonly FeedbackRow[]): ShownBefore {
  const own = answers.filter(({ service, client }) => service === card.service && client === card.client);
  return {
    outcome: card.outcome,
    fingerprint: card.fingerprint ?? '',
    hook: card.hook as Hook,
    encounter: card.encounter_hash ?? undefined,
    hookInstance: card.instance_hash ?? undefined,
    answer: lastOf(own),
  };
}

/** By the time the clinician answered, whatever order the answers came in; a clock that runs ahead counts as of arrival. */
function lastOf(answers: readonly FeedbackRow[]): Answer | undefined {
  const [last] = [...answers].sort((a, b) => momentOf(b) - momentOf(a) || b.id - a.id);
  if (last === undefined) return undefined;
  const at = new Date(momentOf(last));
  if (last.outcome === 'accepted') return { kind: 'accepted', at };
  const reason =
    last.reason_code === null ? undefined : { system: last.reason_system, code: last.reason_code };
  return { kind: 'overridden', at, reason };
}
