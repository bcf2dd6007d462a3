/** Whether a denied fracture is denied itself, and not one kind of it, or something of a fracture that is there. */
import type { Span } from './context.js';
import type { Denial } from './denial.js';
import type { Concept, ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const JOINTS = words(`
  and or nor & , / plus
`);
const DEFINITE = words(`
  the this that these known its of for
`);
const EVIDENCE = words(`
  evidence evid sign feature features
`);
/** A fracture of one kind may be denied where there is one of another. */
const ONE_KIND: ReadonlySet<Concept> = new Set<Concept>([
  'burst',
  'chance',
  'translation',
  'pincer',
  'healed',
  'chronic',
  'subacute',
  'traumatic',
]);

/** "no union of the T12 fracture", "no burst fracture", "is not a recent fracture": there may well be a fracture. */
export function isOfTheFracture(sentence: ReadSentence, { quote, triggers }: Denial): boolean {
  const inside = sentence.cues.filter(({ from, to }) => from < quote.to && to > quote.from);
  if (inside.some(({ concept }) => ONE_KIND.has(concept))) return false;
  if (isWithoutALine(sentence, quote, triggers)) return false;
  const trigger = triggers.find(({ from }) => from === quote.from);
  if (trigger === undefined)
    return !HAS_HEALED.has(sentence.wordAt(quote.to - 1)) && !isOnOneImage(sentence, quote);
  const isOfANoun = sentence.wordAt(trigger.to - 1) === 'not' && inside.length > 1;
  const first = sentence.wordAt(trigger.from);
  if (first === 'non' || (isOfANoun && inside.some(({ concept }) => KINDS.has(concept)))) return false;
  const isDeterminer = first === 'neither' && sentence.cues.some(({ from }) => from === trigger.to);
  if (isDeterminer && sentence.wordAt(quote.to) !== 'nor') return false;
  return !isDefinite(sentence, quote, trigger);
}

/** "Another at L1 without a fracture line" is another fracture. */
function isWithoutALine({ from, wordAt }: ReadSentence, { to }: Span, triggers: readonly Span[]): boolean {
  const isOfALine = wordAt(to) === 'line' || wordAt(to - 1) === 'line';
  const isAnother = wordAt(from) === 'another';
  return isAnother && isOfALine && triggers.some((trigger) => wordAt(trigger.from) === 'without');
}

/** "not seen on the radiograph": it may be seen on the next one. */
function isOnOneImage(sentence: ReadSentence, { to }: Span): boolean {
  return (
    sentence.wordAt(to) === 'on' && !['this', 'today', 'current', 'any'].includes(sentence.wordAt(to + 1))
  );
}

/** "The fracture has settled a little." */
const HAS_HEALED = words(`
  resolved settled subsided disappeared
`);
const KINDS: ReadonlySet<Concept> = new Set<Concept>(['acute', 'osteoporotic', 'malignant']);

const PLACES = words(`
  at in
`);

/** "no marrow signal change at T12 fracture" */
function isAPlace({ mentions, wordAt }: ReadSentence, at: number, to: number): boolean {
  if (!PLACES.has(wordAt(at))) return false;
  const named = mentions.find(({ from }) => from === at + 1);
  return named !== undefined && named.to < to && wordAt(named.to) !== 'of';
}

function isDefinite(sentence: ReadSentence, quote: Span, trigger: Span): boolean {
  for (let at = quote.to - 1; at >= trigger.to; at -= 1) {
    const word = sentence.wordAt(at);
    if (JOINTS.has(word) || word === 'is' || word === 'are') return false;
    if (isAPlace(sentence, at, quote.to)) return true;
    if (DEFINITE.has(word) && !EVIDENCE.has(sentence.wordAt(at - 1))) return true;
  }
  return ['the', 'these'].includes(sentence.wordAt(trigger.to - 1));
}
