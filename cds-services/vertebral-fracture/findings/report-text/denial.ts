/** A denial as it stands in a sentence: its words, what denies in them, and what is denied. */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';

export interface Denial {
  /** The words that deny, from the first to past the last: trigger and target, or "posterior wall is intact". */
  readonly quote: Span;
  /** Tokens of the triggers in or at those words. */
  readonly triggers: readonly Span[];
  /** The vertebra it is said of, where the sentence names it. */
  readonly mention: Span | undefined;
  readonly of: 'fracture' | 'sign' | 'disease' | 'change' | 'amount';
}

export function denialIn(sentence: ReadSentence, quote: Span, of: Denial['of'], mention?: Span): Denial {
  const triggers = [quote.from, quote.to - 1].flatMap((at) => sentence.contextAt(at).trigger ?? []);
  return { quote, triggers, of, mention };
}
