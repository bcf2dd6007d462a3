/** "Only the T12 fracture shows oedema": the others named before show none, where nothing but that is said. */
import type { Span } from './context.js';
import type { Mention } from './levels.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const ALONE = words(`
  only alone
`);
const ENDS_ALONE: ReadonlySet<string> = new Set([
  '',
  ',',
  ';',
  '.',
  ')',
  'shows',
  'is',
  'has',
  'demonstrates',
]);
const PREPOSITIONS = words(`
  the in at of to
`);

/** "only T12", "only in T12", "T12 and L1 only", "T12 alone shows" */
function isOnly({ wordAt }: ReadSentence, { from, to }: Span): boolean {
  if (ALONE.has(wordAt(to)) && ENDS_ALONE.has(wordAt(to + 1))) return true;
  const before = PREPOSITIONS.has(wordAt(from - 1)) ? wordAt(from - 2) : wordAt(from - 1);
  return before === 'only' || (before === 'confined' && wordAt(from - 1) === 'to');
}

const PLAIN = words(`
  only alone confined out of these them which those two three four five involves reaches to the a an in at of on by is are has have shows demonstrates exhibits displays contains
  returns there with and , seen present identified noted visible found which that one
  bone bony osseous vertebral vertebra body marrow level fracture compression wedge deformity
  acute recent edema edematous hyperintensity high increased signal bright stir t2 fat suppressed saturated sat
  sequence sequences image images tracer uptake hot scintigraphy
  retropulsed retropulsion retropulses fragment posterior wall cortex breached disrupted broken involved
`);
const ENDS_A_PART = words(`
  ; . : ( ) but while whereas
`);

/** A degree ("severe only at L1"), a doubt or a date makes it more than that, and then nothing is denied of the others. */
function isPlain(sentence: ReadSentence, mention: Span, { from, to }: Span): boolean {
  let first = Math.min(mention.from, from);
  let last = Math.max(mention.to, to);
  while (first > sentence.from && !ENDS_A_PART.has(sentence.wordAt(first - 1))) first -= 1;
  while (last < sentence.to && !ENDS_A_PART.has(sentence.wordAt(last))) last += 1;
  for (let at = first; at < last; at += 1) {
    const isNamed = sentence.mentions.some((other) => at >= other.from && at < other.to);
    if (!isNamed && !PLAIN.has(sentence.wordAt(at))) return false;
  }
  return true;
}

/** True when a sign is said of a vertebra and of no other. */
export function isOnlyThere(sentence: ReadSentence, mention: Mention, quote: Span): boolean {
  return isOnly(sentence, mention) && isPlain(sentence, mention, quote);
}
