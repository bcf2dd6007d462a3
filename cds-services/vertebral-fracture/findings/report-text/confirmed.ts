/** "The suspected T10 fracture is confirmed", "CT confirms the suspected fracture": what was in doubt is no longer. */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const BEFORE_CONFIRMED = words(`
  is are was were now been has have , and
`);
const TAKES_BACK = words(`
  not cannot be to never if yet until unless could should would may might can no
`);
const LONGEST_REACH = 15;

export function isConfirmed(sentence: ReadSentence, { from, to }: Span): boolean {
  const [first, last] = [
    Math.max(sentence.from, from - LONGEST_REACH),
    Math.min(sentence.to, to + LONGEST_REACH),
  ];
  for (let at = first; at < last; at += 1) {
    const word = sentence.wordAt(at);
    if (TAKES_BACK.has(word)) return false;
    if (word === 'confirms' && at < from) return true;
    if (word === 'confirmed' && at >= to && BEFORE_CONFIRMED.has(sentence.wordAt(at - 1))) return true;
  }
  return false;
}
