/**
 * What is kept of cards and of the feedback on them, and where to: the interface every database fulfils.
 */
import type { Feedback } from '../cds-hooks/feedback.js';
import type { CardRecord, Hook, SeenAct } from '../cds-hooks/service.js';

/** A card that went out. Patient and user are kept as keyed hashes only. */
export interface ShownCard {
  readonly record: CardRecord;
  readonly service: string;
  readonly hook: Hook;
  /** The calling client, with its tenant where it has several. */
  readonly client: string;
  readonly patientId: string;
  readonly userId: string;
  readonly encounterId: string | undefined;
  readonly hookInstance: string;
  readonly shownAt: Date;
  /** In shadow: computed and kept, not shown. */
  readonly mode: 'live' | 'shadow';
  /** The same was said about the same patient before. */
  readonly isRepeat: boolean;
}

/** An order or procedure that a call showed. */
export interface ShownAct {
  readonly act: SeenAct;
  readonly client: string;
  readonly patientId: string;
  readonly seenAt: Date;
}

export interface GivenFeedback {
  readonly service: string;
  /** The client that sent it, as for cards. */
  readonly client: string;
  readonly feedback: Feedback;
  readonly receivedAt: Date;
}

export interface FeedbackStore {
  /** Durable when it resolves. */
  readonly rememberCards: (cards: readonly ShownCard[]) => Promise<void>;
  /** Durable when it resolves; the same act is kept once. */
  readonly rememberActs: (acts: readonly ShownAct[]) => Promise<void>;
  /** Durable when it resolves; repeats are appended, feedback on unknown cards is kept and marked. */
  readonly addFeedback: (given: readonly GivenFeedback[]) => Promise<void>;
}
