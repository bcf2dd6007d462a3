/**
 * From what happened to the rows that are kept of it.
 */
import type { Insertable } from 'kysely';
import type { Pseudonym } from '../database/pseudonym.js';
import type { CardRecord } from '../cds-hooks/service.js';
import type { ActsTable, CardsTable, FeedbackTable, SuggestionsTable } from '../database/tables.js';
import type { SealComment } from './comments.js';
import type { GivenFeedback, ShownAct, ShownCard } from './store.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A code or the URI of a code system: no blanks, so no sentence and no name. */
const plainCode = /^[\w:./#-]{1,200}$/;

/** The columns of a card, as they are written. */
type CardRow = Insertable<CardsTable>;

/** Equal for cards that say the same about the same case. */
export function fingerprintHash(
  { outcome, fingerprint }: Pick<CardRecord, 'outcome' | 'fingerprint'>,
  client: string,
  pseudonym: Pseudonym,
): string {
  return pseudonym('fingerprint', client, JSON.stringify([outcome, fingerprint]));
}

export function cardRow(shown: ShownCard, pseudonym: Pseudonym): CardRow {
  const { record, service, hook, client, encounterId } = shown;
  return {
    uuid: record.cardUuid,
    service,
    hook,
    outcome: record.outcome,
    rule: record.rule,
    knowledge_version: record.knowledgeVersion,
    indicator: record.indicator,
    levels: JSON.stringify(record.levels),
    missing: JSON.stringify(record.missing),
    client,
    patient_hash: pseudonym('patient', client, shown.patientId),
    user_hash: pseudonym('user', client, shown.userId),
    shown_at: shown.shownAt.toISOString(),
    fingerprint: fingerprintHash(record, client, pseudonym),
    encounter_hash: encounterId === undefined ? null : pseudonym('encounter', client, encounterId),
    instance_hash: pseudonym('call', client, shown.hookInstance),
    rules: JSON.stringify(record.rules),
    mode: shown.mode,
    is_repeat: shown.isRepeat ? 1 : 0,
  };
}

export function actRow({ act, client, patientId, seenAt }: ShownAct, pseudonym: Pseudonym): ActsTable {
  const { kind, state, date } = act;
  const patient = pseudonym('patient', client, patientId);
  const levels = JSON.stringify(act.levels);
  return {
    hash: pseudonym('fingerprint', client, JSON.stringify([patient, kind, state, levels, date])),
    client,
    patient_hash: patient,
    kind,
    state,
    levels,
    happened_on: date,
    seen_at: seenAt.toISOString(),
  };
}

export function suggestionRows({ record }: ShownCard): readonly Insertable<SuggestionsTable>[] {
  return record.suggestions.map(({ uuid, label }) => ({ uuid, card_uuid: record.cardUuid, label }));
}

/**
 * Ids of cards and suggestions are ours when they are uuids; anything else could be anything, and only its hash is
 * kept. The words of a reason are not kept: those of our own reasons are known, those of others are free text.
 */
export function feedbackRow(
  { service, client, feedback, receivedAt }: GivenFeedback,
  cardKnown: boolean,
  pseudonym: Pseudonym,
  seal: SealComment | undefined,
): Insertable<FeedbackTable> {
  const kept = (id: string) => (uuid.test(id) ? id : pseudonym('foreign', client, id));
  const keptCode = (code: string) => (plainCode.test(code) ? code : pseudonym('foreign', client, code));
  const isAccepted = feedback.outcome === 'accepted';
  const reason = isAccepted ? undefined : feedback.reason;
  return {
    card_uuid: kept(feedback.card),
    service,
    client,
    outcome: feedback.outcome,
    accepted_suggestions: JSON.stringify(isAccepted ? feedback.acceptedSuggestions.map(kept) : []),
    reason_system: reason?.system === undefined ? null : keptCode(reason.system),
    reason_code: reason === undefined ? null : keptCode(reason.code),
    reason_display: null,
    has_comment: !isAccepted && feedback.hasComment ? 1 : 0,
    outcome_timestamp: feedback.outcomeTimestamp,
    received_at: receivedAt.toISOString(),
    card_known: cardKnown ? 1 : 0,
    comment: isAccepted || feedback.comment === undefined ? null : (seal?.(feedback.comment) ?? null),
  };
}
