/** What the ways of telling a height share: whether a number is given of today, and the words it is shown with. */
import type { Span } from './context.js';
import type { Quantity } from './quantities.js';
import type { Concept, ReadSentence } from './sentence.js';

/** Nouns of the spinal canal: per cent beside them are of it. */
export const OF_CANAL: readonly Concept[] = ['canal', 'canalNarrowed', 'canalNormal'];
/** Words that join two statements. */
export const JOINTS: ReadonlySet<string> = new Set([',', 'and', 'with', 'but']);

/** Neither denied, nor of an earlier examination, nor only thought of. */
export function isGiven(sentence: ReadSentence, { from }: Quantity): boolean {
  const { denied, hypothetical, historical, earlier } = sentence.contextAt(from);
  return denied === 'no' && !hypothetical && !historical && !earlier;
}

/** Both spans, with what lies between them. */
export function joined(a: Span, b: Span | undefined): Span {
  return b === undefined
    ? { from: a.from, to: a.to }
    : { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}
