/** A sign that is only told of an earlier examination: "retropulsion was noted on the previous CT" says nothing of today. */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const PAST_VERBS = words(`
  was were had
`);
const PRESENT_VERBS = words(`
  is are has have shows demonstrates remains persists now still currently today again reveals
`);
const EARLIER = words(`
  previous previously prior earlier formerly last yesterday ago initially originally baseline admission
  presentation january february march april june july august september october november december spring
  summer autumn winter before
`);
const YEAR = /^(19|20)\d\d$/;
const ENDS_A_PART = words(`
  ; , . but and however although though while whereas
`);
const COMPARES = words(`
  since compared than unlike from
`);

/** True when the part of the sentence has a verb of the past, an earlier date, and nothing of today. */
export function isOnlyOfThePast(sentence: ReadSentence, { from, to }: Span): boolean {
  let isPast = false;
  let isDated = false;
  const part = partOf(sentence, { from, to });
  for (let at = part.from; at < part.to; at += 1) {
    const word = sentence.wordAt(at);
    if (PRESENT_VERBS.has(word) || COMPARES.has(word)) return false;
    isPast ||= PAST_VERBS.has(word);
    isDated ||= EARLIER.has(word) || YEAR.test(word);
  }
  return isPast && isDated;
}

function partOf(sentence: ReadSentence, span: Span): Span {
  let { from, to } = span;
  while (from > sentence.from && !endsAPart(sentence, from - 1)) from -= 1;
  while (to < sentence.to && !endsAPart(sentence, to)) to += 1;
  return { from, to };
}

function endsAPart(sentence: ReadSentence, at: number): boolean {
  const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
  return ENDS_A_PART.has(sentence.wordAt(at)) && !isNamed;
}
