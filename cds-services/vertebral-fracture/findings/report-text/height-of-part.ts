/** "Posterior height is maintained", "no loss of height since discharge": what was kept is not the whole of the body, or not told of today alone. */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const PARTS = words(`
  posterior middle central anterior lateral otherwise posteriorly anteriorly centrally laterally back left right
`);
const REACH_BEFORE = 5;
const REACH_BEHIND = 8;
const STOPS = words(`
  , ; . : ) ( with but
`);

/** True where only a part of the body has kept its height; "anterior and posterior heights" are both. */
export function isOfAPart(sentence: ReadSentence, { from, to }: Span): boolean {
  const parts = new Set<string>();
  for (let at = from - 1; at >= from - REACH_BEFORE && !STOPS.has(sentence.wordAt(at)); at -= 1)
    notePart(sentence, at, parts);
  for (let at = from; at < to + REACH_BEHIND && (at < to || !STOPS.has(sentence.wordAt(at))); at += 1)
    notePart(sentence, at, parts);
  return parts.size > 0 && !(parts.has('anterior') && parts.has('posterior'));
}

function notePart({ wordAt }: ReadSentence, at: number, parts: Set<string>): void {
  const word = wordAt(at);
  const isOfTheWall = word === 'posterior' && WALLS.has(wordAt(at + 1));
  if (PARTS.has(word) && !isOfTheWall) parts.add(word);
}

const WALLS = words(`
  wall cortex element elements margin column
`);
const OF_ANOTHER_TIME = words(`
  since until till compared following after post prior previous previously last then earlier before yet
`);

/** "maintained since June", "preserved after kyphoplasty": kept from one time to another, at whatever it was. */
export function isKeptSince(sentence: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to + REACH_BEHIND; at += 1) {
    const word = sentence.wordAt(at);
    if (at >= to && STOPS.has(word)) return false;
    if (OF_ANOTHER_TIME.has(word)) return true;
  }
  return false;
}
