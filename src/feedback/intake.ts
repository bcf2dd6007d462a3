/**
 * The way into the feedback store: cards are written a moment later, off the path of the call; feedback waits until it
 * is durable, and until every card shown before it is.
 */
import { createBatchedWriter, type BatchedWriterOptions } from '../database/batched-writer.js';
import type { FeedbackStore, GivenFeedback, ShownAct, ShownCard } from './store.js';

export interface FeedbackIntake {
  /** Returns at once; the cards are written soon after. */
  readonly rememberCards: (cards: readonly ShownCard[]) => void;
  /** Returns at once; the acts are written soon after. */
  readonly rememberActs: (acts: readonly ShownAct[]) => void;
  /** Cards that are not written yet. */
  readonly waitingCards: () => readonly ShownCard[];
  /** Resolves to true when the feedback is durable, to false when the store failed. */
  readonly addFeedback: (given: readonly GivenFeedback[]) => Promise<boolean>;
  /** Writes the cards and acts that wait. */
  readonly flush: () => Promise<void>;
}

export interface IntakeOptions extends Omit<BatchedWriterOptions, 'onTrouble'> {
  /** Told when cards could not be written (they are tried again) or were lost, or feedback was not written. */
  readonly onTrouble?: (trouble: IntakeTrouble) => void;
}
export interface IntakeTrouble {
  readonly event:
    'cards-not-written' | 'cards-lost' | 'acts-not-written' | 'acts-lost' | 'feedback-not-written';
  readonly count: number;
}

export function createFeedbackIntake(store: FeedbackStore, options: IntakeOptions = {}): FeedbackIntake {
  const { onTrouble = () => undefined, ...writerOptions } = options;
  const cards = createBatchedWriter<ShownCard>((batch) => store.rememberCards(batch), {
    ...writerOptions,
    onTrouble: ({ kind, count }) => onTrouble({ event: `cards-${kind}`, count }),
  });
  const acts = createBatchedWriter<ShownAct>((batch) => store.rememberActs(batch), {
    ...writerOptions,
    onTrouble: ({ kind, count }) => onTrouble({ event: `acts-${kind}`, count }),
  });
  return {
    rememberCards: cards.add,
    rememberActs: acts.add,
    waitingCards: cards.waiting,
    addFeedback: async (given) => {
      await cards.flush();
      try {
        await store.addFeedback(given);
        return true;
      } catch {
        onTrouble({ event: 'feedback-not-written', count: given.length });
        return false;
      }
    },
    flush: async () => {
      await Promise.all([cards.flush(), acts.flush()]);
    },
  };
}
