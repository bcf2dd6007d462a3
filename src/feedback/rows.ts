/**
 * From what happened to the rows that are kept of it.
 */
import type { Insertable } from 'kysely';
import type { Pseudonym } from './pseudonym.js';
import type { GivenFeedback, ShownCard } from './store.js';
import type { CardsTable, FeedbackTable, SuggestionsTable } from './tables.js';

export function cardRow(shown: ShownCard, pseudonym: Pseudonym): Insertable<CardsTable> {
  const { record, service, hook, client } = shown;
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
    client: client ?? null,
    patient_hash: pseudonym('patient', client, shown.patientId),
    user_hash: pseudonym('user', client, shown.userId),
    shown_at: shown.shownAt.toISOString(),
  };
}

export function suggestionRows({ record }: ShownCard): readonly Insertable<SuggestionsTable>[] {
  return record.suggestions.map(({ uuid, label }) => ({ uuid, card_uuid: record.cardUuid, label }));
}

export function feedbackRow(
  { service, feedback, receivedAt }: GivenFeedback,
  cardKnown: boolean,
): Insertable<FeedbackTable> {
  const isAccepted = feedback.outcome === 'accepted';
  const reason = isAccepted ? undefined : feedback.reason;
  return {
    card_uuid: feedback.card,
    service,
    outcome: feedback.outcome,
    accepted_suggestions: JSON.stringify(isAccepted ? feedback.acceptedSuggestions : []),
    reason_system: reason?.system ?? null,
    reason_code: reason?.code ?? null,
    reason_display: reason?.display ?? null,
    has_comment: !isAccepted && feedback.hasComment ? 1 : 0,
    outcome_timestamp: feedback.outcomeTimestamp,
    received_at: receivedAt.toISOString(),
    card_known: cardKnown ? 1 : 0,
  };
}
