/** "Neither shows oedema", "no retropulsion at any of these levels": a sentence that names no vertebra and speaks of several told before. */
import { countOf } from './counts.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

export interface Group {
  /** How many there have to be, where the words tell. */
  readonly count: number | undefined;
  /** "any level": every fracture told so far; "both" may mean the vertebrae of the sentence before. */
  readonly isOfAll: boolean;
}

const DUALS = words(`
  both either neither
`);
const PLURALS = words(`
  all any each none every
`);
/** What is counted: the vertebrae of the fractures told before. */
const NOUNS = words(`
  level fracture vertebra body deformity site segment them these those
`);
const BETWEEN = words(`
  of the these those vertebral compression wedge osteoporotic insufficiency old acute chronic recent treated
  augmented healed pathologic above described mentioned fracture said affected involved
`);
/** Words of a pronoun's own statement: "both are", "none shows", "neither has", "all without". */
const VERBS = words(`
  is are has have had shows demonstrates reveals appears exhibits contains displays with without does do retropulsed
  edema remains lack lacks lacking breached breaches involves reaches bulges
`);
const LONGEST_NAME = 5;

/** @returns the group a sentence speaks of, if it does */
export function groupIn(sentence: ReadSentence): Group | undefined {
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const group = groupAt(sentence, at);
    if (group !== undefined) return group;
  }
  return undefined;
}

const PRONOUNS = words(`
  these them those
`);

/** "no oedema in these"; "one of these" is none of the others */
function isLastWord({ tokens, to, wordAt }: ReadSentence, at: number): boolean {
  const isPlaced = wordAt(at - 1) === 'in' || wordAt(at - 1) === 'at';
  return isPlaced && (at + 1 >= to || tokens[at + 1]?.kind === 'sign');
}

function groupAt(sentence: ReadSentence, at: number): Group | undefined {
  const word = sentence.wordAt(at);
  if (PRONOUNS.has(word)) return isLastWord(sentence, at) ? { count: undefined, isOfAll: false } : undefined;
  if (!DUALS.has(word) && !PLURALS.has(word)) return undefined;
  const { to, count, isNamed } = nameFrom(sentence, at + 1);
  const isOfAll = !DUALS.has(word) && count === undefined;
  const group = { count: DUALS.has(word) ? 2 : count, isOfAll };
  if (isNamed) return group;
  const isPronoun = VERBS.has(sentence.wordAt(to)) && !ENDS_ANOTHER.has(sentence.wordAt(at - 1));
  const isCounted = count !== undefined && INTRODUCE.has(sentence.wordAt(at - 1));
  const isEmphasis = word === 'all' && sentence.wordAt(at - 1) === 'at';
  const isLast =
    !isEmphasis && INTRODUCE.has(sentence.wordAt(at - 1)) && !sentence.tokens[to]?.word.match(WORD);
  if (isPronoun || isCounted || isLast) return group;
  return undefined;
}

/** How many fractures a sentence speaks of that begins with "both" or "all three" and names no vertebra. */
export function countOfBoth(sentence: ReadSentence): number | undefined {
  if (sentence.mentions.length > 0) return undefined;
  const word = sentence.wordAt(sentence.from);
  if (DUALS.has(word)) return 2;
  if (word !== 'all') return undefined;
  const { count } = nameFrom(sentence, sentence.from + 1);
  return count;
}

const WORD = /^[a-z]/;
/** "... endplates both are": the pronoun goes on about another noun of its own part. */
const ENDS_ANOTHER = words(`
  endplate pedicle facet side sequence view image
`);
const INTRODUCE = words(`
  in of at for
`);

/** "of these three compression fractures", "levels": how many, and whether they are vertebrae. */
function nameFrom(
  sentence: ReadSentence,
  start: number,
): { to: number; count: number | undefined; isNamed: boolean } {
  let count: number | undefined;
  let isNamed = false;
  let at = start;
  for (; at < start + LONGEST_NAME; at += 1) {
    const word = sentence.wordAt(at);
    const counted = countOf(word);
    if (counted !== undefined) count = counted;
    else if (NOUNS.has(word)) isNamed = true;
    else if (!BETWEEN.has(word)) break;
  }
  return { to: at, count, isNamed };
}
