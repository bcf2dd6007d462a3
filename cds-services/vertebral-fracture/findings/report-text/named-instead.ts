/** "The fractured vertebra is T12 and not L1.": what is told of one vertebra is denied of the other. */
import type { Mention } from './levels.js';
import type { SaidStatus } from './said.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const OF_THE_NOUN = words(`
  the fracture vertebra body level one correct only
`);
const LINKS = words(`
  is at of in was involves
`);
const BETWEEN = words(`
  and , not at of in
`);
const ENDS = words(`
  . , ;
`);
const LEADS = words(`
  : . , ; that
`);
const LONGEST_NAME = 5;

export function namedInstead(sentence: ReadSentence): readonly SaidStatus[] {
  const [right, wrong, third] = sentence.mentions;
  if (right === undefined || wrong === undefined || third !== undefined) return [];
  if (!isOne(right) || !isOne(wrong) || right.levels[0] === wrong.levels[0]) return [];
  const noun = startOfNoun(sentence, right.from);
  if (noun === undefined || !isSetAgainst(sentence, right, wrong)) return [];
  return [
    {
      kind: 'status',
      status: 'absent',
      quote: { from: noun, to: wrong.to },
      owner: { kind: 'mention', mention: { ...wrong, kind: 'vertebrae' } },
      byName: true,
    },
  ];
}

function isOne({ kind, levels, unusual }: Mention): boolean {
  return (kind === 'vertebrae' || kind === 'reference') && levels.length === 1 && !unusual;
}

/** Where "the fracture is at" begins; another word in it ("the new fracture is at") may leave the other one an old one. */
function startOfNoun(sentence: ReadSentence, end: number): number | undefined {
  let at = end;
  while (at > sentence.from && LINKS.has(sentence.wordAt(at - 1))) at -= 1;
  const link = at;
  while (at > sentence.from && OF_THE_NOUN.has(sentence.wordAt(at - 1))) at -= 1;
  if (link === end || link === at || link - at > LONGEST_NAME) return undefined;
  const isStart = at === sentence.from || LEADS.has(sentence.wordAt(at - 1));
  return isStart && holdsFracture(sentence, at, link) ? at : undefined;
}

function holdsFracture({ wordAt }: ReadSentence, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (wordAt(at) === 'fracture') return true;
  return false;
}

/** "..., not L1.", "... and not at L1." */
function isSetAgainst({ to, wordAt }: ReadSentence, right: Mention, wrong: Mention): boolean {
  const isEnd = wrong.to >= to || ENDS.has(wordAt(wrong.to));
  let denials = 0;
  for (let at = right.to; at < wrong.from; at += 1) {
    if (!BETWEEN.has(wordAt(at))) return false;
    if (wordAt(at) === 'not') denials += 1;
  }
  return isEnd && denials === 1;
}
