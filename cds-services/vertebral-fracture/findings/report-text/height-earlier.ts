/** A loss of height told of an earlier day beside the one of today. */
import type { Span } from './context.js';
import { isGiven, OF_CANAL } from './height-common.js';
import type { Quantity } from './quantities.js';
import { type Concept, cuesOfAny, distance, type ReadSentence, sameOwner } from './sentence.js';
import { words } from './word-set.js';

const NOW = words(`
  now currently today
`);
const THEN = words(`
  against previously was were earlier compared before prior ago then
`);
/** How far a word of time stands from its number, in tokens. */
export const NEAR = 6;

/** "now 40 % against 30 %", "was 20 % and is now 35 %", "now 45 % (30 % at two weeks)": the loss there was before. */
export function earlierLoss(
  sentence: ReadSentence,
  quantity: Quantity,
  percents: readonly Quantity[],
): Quantity | undefined {
  if (!isNow(sentence, quantity.from - NEAR, quantity)) return undefined;
  const others = percents.filter(
    (other) =>
      other !== quantity &&
      sameOwner(sentence, other, quantity) &&
      !isWordBetween(sentence, other, quantity, OF_CANAL),
  );
  const [earlier] = others;
  if (others.length !== 1 || earlier === undefined || distance(earlier, quantity) > 12) return undefined;
  const since = Math.max(quantity.from - NEAR, earlier.to <= quantity.from ? earlier.to : 0);
  if (!isNow(sentence, since, quantity)) return undefined;
  const isThen =
    isMarked(sentence, earlier.from - NEAR, earlier.from, THEN) ||
    isMarked(sentence, earlier.to, earlier.to + NEAR, THEN) ||
    sentence.wordAt(earlier.from - 1) === '(';
  return isThen && isGiven(sentence, quantity) && !isWordBetween(sentence, earlier, quantity, OF_CANAL)
    ? earlier
    : undefined;
}

/** "55 % today against 40 %": the word of today is of the number before. */
export function isNow(sentence: ReadSentence, since: number, { from }: Quantity): boolean {
  for (let at = from - 1; at >= since; at -= 1) {
    if (NOW.has(sentence.wordAt(at))) return true;
    if (sentence.wordAt(at) === 'against' || sentence.wordAt(at) === 'versus') return false;
  }
  return false;
}

function isMarked(sentence: ReadSentence, from: number, to: number, marks: ReadonlySet<string>): boolean {
  for (let at = from; at < to; at += 1) if (marks.has(sentence.wordAt(at))) return true;
  return false;
}

function isWordBetween(sentence: ReadSentence, a: Span, b: Span, concepts: readonly Concept[]): boolean {
  const [from, to] = [Math.min(a.to, b.to), Math.max(a.from, b.from)];
  return cuesOfAny(sentence, concepts).some((cue) => cue.from >= from && cue.to <= to);
}
