/**
 * The tables of the database. They hold no patient data in the clear: ids are kept as keyed hashes, comments encrypted or not at all.
 * Times are ISO 8601 in UTC, lists are JSON text, yes and no are 1 and 0.
 */
import type { Generated } from 'kysely';

export interface Tables {
  readonly cards: CardsTable;
  readonly suggestions: SuggestionsTable;
  readonly acts: ActsTable;
  readonly card_days: CardDaysTable;
  readonly card_day_reasons: CardDayReasonsTable;
  readonly card_day_missing: CardDayMissingTable;
  readonly stale_days: StaleDaysTable;
  readonly feedback: FeedbackTable;
  readonly installation: InstallationTable;
  readonly audit: AuditTable;
  readonly audit_checkpoints: AuditCheckpointsTable;
  readonly seen_tokens: SeenTokensTable;
  readonly decisions: DecisionsTable;
}

/** Cards that went out: what acceptance is measured against, since an ignored card sends no feedback. */
export interface CardsTable {
  readonly uuid: string;
  readonly service: string;
  readonly hook: string;
  readonly outcome: string;
  readonly rule: string;
  readonly knowledge_version: string;
  readonly indicator: string;
  readonly levels: string;
  readonly missing: string;
  readonly client: string | null;
  readonly patient_hash: string | null;
  readonly user_hash: string | null;
  readonly shown_at: string;
  /** Keyed hash of what decided the card; null in rows of older versions. */
  readonly fingerprint?: string | null;
  readonly encounter_hash?: string | null;
  /** Keyed hash of the hookInstance. */
  readonly instance_hash?: string | null;
  /** Every rule with a part in the card, as JSON. */
  readonly rules: Generated<string>;
  /** In shadow: computed and kept, not shown. */
  readonly mode: Generated<'live' | 'shadow'>;
  /** What the feedback comes to: worked out anew whenever feedback or card arrive; null while there is none. */
  readonly state?: 'accepted' | 'overridden' | null;
  readonly answered_at?: string | null;
  readonly state_reason_system?: string | null;
  readonly state_reason_code?: string | null;
  /** Seconds from showing the card to the answer, never negative. */
  readonly act_seconds?: number | null;
  /** 1 where the same was said to this client about the same patient before. */
  readonly is_repeat: Generated<number>;
}

/** The cards of a day in numbers, so that statistics need not read each card; made anew while the day is stale. */
export interface CardDaysTable {
  /** ISO day, UTC. */
  readonly day: string;
  readonly mode: string;
  readonly rule: string;
  readonly outcome: string;
  readonly hook: string;
  readonly client: string | null;
  readonly knowledge_version: string;
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
  readonly act_seconds: number;
  readonly repeats: number;
}

export interface CardDayReasonsTable {
  readonly day: string;
  readonly rule: string;
  readonly system: string | null;
  readonly code: string | null;
  readonly cards: number;
}

export interface CardDayMissingTable {
  readonly day: string;
  /** As in the cards: JSON text. */
  readonly missing: string;
  readonly cards: number;
}

/** Days whose numbers are not those of their cards any more. */
export interface StaleDaysTable {
  readonly day: string;
}

/** What was ordered or done for a patient, as later calls showed it: what advice is compared with. */
export interface ActsTable {
  /** Hash of everything below but the time: the same act is kept once. */
  readonly hash: string;
  readonly client: string;
  readonly patient_hash: string;
  readonly kind: string;
  readonly state: 'signing' | 'ordered' | 'done';
  readonly levels: string;
  /** ISO day. */
  readonly happened_on: string;
  readonly seen_at: string;
}

export interface SuggestionsTable {
  readonly uuid: string;
  readonly card_uuid: string;
  readonly label: string;
}

/** Append-only: a card may be overridden now and accepted later. */
export interface FeedbackTable {
  readonly id: Generated<number>;
  readonly card_uuid: string;
  readonly service: string;
  readonly client: string | null;
  readonly outcome: 'accepted' | 'overridden';
  readonly accepted_suggestions: string;
  readonly reason_system: string | null;
  readonly reason_code: string | null;
  readonly reason_display: string | null;
  readonly has_comment: number;
  readonly outcome_timestamp: string;
  readonly received_at: string;
  readonly card_known: number;
  /** Encrypted with COMMENT_KEY; null without one. */
  readonly comment?: string | null;
}

/** What belongs to this installation alone, such as the key of the hashes. */
export interface InstallationTable {
  readonly name: string;
  readonly value: string;
}

/** The audit trail, append-only: each row's hash covers the row before it. */
export interface AuditTable {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly recorded_at: string;
  /** A FHIR AuditEvent as JSON, exactly as it was hashed. */
  readonly event: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** Where a purge has cut off the beginning of the audit trail: its last row is the predecessor of the first that is left. */
export interface AuditCheckpointsTable {
  readonly seq: number;
  readonly hash: string;
  readonly purged_at: string;
  /** Proof that whoever purged knew the key of the trail; null without a key. */
  readonly seal: string | null;
}

/** Tokens that have been used, until they expire, so that a restart does not forget them. */
export interface SeenTokensTable {
  /** Of issuer and jti. */
  readonly hash: string;
  readonly client: string;
  readonly expires_at: string;
}

/** What was decided and from which values, where the site consents: nothing in it tells who it is about. */
export interface DecisionsTable {
  /** Made for it alone: it leads to no card and no call. */
  readonly id: string;
  /** First day of the month it was made in; the day is not kept. */
  readonly month: string;
  readonly body: string;
}
