/**
 * The way into the feedback store: cards are queued and written in batches off the path of the call,
 * feedback waits until it is durable, and until every card shown before it is.
 */
import type { FeedbackStore, GivenFeedback, ShownCard } from './store.js';

export interface FeedbackIntake {
  /** Returns at once; the cards are written soon after. */
  readonly rememberCards: (cards: readonly ShownCard[]) => void;
  /** Resolves to true when the feedback is durable, to false when the store failed. */
  readonly addFeedback: (given: readonly GivenFeedback[]) => Promise<boolean>;
  readonly isReady: () => Promise<boolean>;
  /** Writes what is queued and closes the store. */
  readonly close: () => Promise<void>;
}

export interface IntakeOptions {
  /** Milliseconds between a card and its write. */
  readonly delayMs?: number;
  /** Cards that wait at most; beyond it the newest are not remembered. */
  readonly queueLimit?: number;
  /** Told when cards could not be written (they are tried again) or left out, or feedback was lost to the caller. */
  readonly onTrouble?: (trouble: IntakeTrouble) => void;
}
export interface IntakeTrouble {
  readonly event: 'cards-not-written' | 'cards-left-out' | 'feedback-not-written';
  readonly count: number;
}

const batchSize = 200;

export function createFeedbackIntake(store: FeedbackStore, options: IntakeOptions = {}): FeedbackIntake {
  const { delayMs = 100, queueLimit = 10_000, onTrouble = () => undefined } = options;
  const queue: ShownCard[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<boolean> = Promise.resolve(true);

  /** Writes run one after the other, so that a flush also waits for the batch under way. */
  function flush(): Promise<boolean> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeAll);
    return writing;
  }

  async function writeAll(): Promise<boolean> {
    while (queue.length > 0) {
      const batch = queue.slice(0, batchSize);
      try {
        await store.rememberCards(batch);
      } catch {
        onTrouble({ event: 'cards-not-written', count: batch.length });
        return false;
      }
      queue.splice(0, batch.length);
    }
    return true;
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      void flush().then((isWritten) => {
        if (!isWritten) schedule();
      });
    }, delayMs).unref();
  }

  return {
    rememberCards: (cards) => {
      const accepted = cards.slice(0, queueLimit - queue.length);
      queue.push(...accepted);
      if (accepted.length < cards.length)
        onTrouble({ event: 'cards-left-out', count: cards.length - accepted.length });
      if (queue.length > 0) schedule();
    },
    addFeedback: async (given) => {
      await flush();
      try {
        await store.addFeedback(given);
        return true;
      } catch {
        onTrouble({ event: 'feedback-not-written', count: given.length });
        return false;
      }
    },
    isReady: () => store.isReady(),
    close: async () => {
      await flush();
      await store.close();
    },
  };
}
