/** "metastases in T10 and L3, neither of which has collapsed", "sparing T12, which shows no fracture": a clause about the vertebra before it denies its fracture. */
import type { Level } from '../level.js';
import { levelOfVertebra, vertebraAt } from './level-words.js';
import type { Mention } from './levels.js';
import type { SaidStatus } from './said.js';
import { cuesOf, cuesOfAny, type ReadSentence } from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

export function deniedByRelative(sentence: ReadSentence): readonly SaidStatus[] {
  if (cuesOf(sentence, 'fracture', 'compressedBody').length === 0) return [];
  return sentence.mentions.flatMap((mention): readonly SaidStatus[] => {
    const start = sentence.wordAt(mention.to) === ',' ? mention.to + 1 : mention.to;
    const clause = relativeAt(sentence, start) ?? groupAt(sentence, start);
    if (clause === undefined || !isCertain(sentence, mention)) return [];
    const levels = levelsOf(sentence, mention, clause);
    if (levels.length === 0) return [];
    const denied: Mention = { ...mention, kind: 'vertebrae', levels };
    return [
      {
        kind: 'status',
        status: 'absent',
        quote: { from: mention.from, to: clause.to },
        owner: { kind: 'mention', mention: denied },
        byName: true,
      },
    ];
  });
}

interface Clause {
  readonly to: number;
  /** Whether it is said of the vertebra named last, or of all of the list. */
  readonly of: 'last' | 'all' | 'any';
}

const NOUN = words(`
  fracture collapsed compressed collapse
`);
const BEFORE_THE_NOUN = words(`
  a an any been itself yet evidence of compression vertebral pathologic
`);

/** The end of "fractured", "a compression fracture", where the clause ends with it. */
function endOfNoun(sentence: ReadSentence, start: number): number | undefined {
  let at = start;
  while (BEFORE_THE_NOUN.has(sentence.wordAt(at)) && !isLastWord(sentence, at)) at += 1;
  return NOUN.has(sentence.wordAt(at)) && isLastWord(sentence, at) ? at + 1 : undefined;
}

const ENDS = words(`
  . , ; ) and but while whereas
`);

function isLastWord({ wordAt }: ReadSentence, at: number): boolean {
  let next = at + 1;
  if (wordAt(next) === 'as') next += 1;
  if (wordAt(next) === 'yet') next += 1;
  if (wordAt(next) === 'so' && wordAt(next + 1) === 'far') next += 2;
  return wordAt(next) === '' || ENDS.has(wordAt(next));
}

const SINGULAR: ReadonlySet<string> = new Set(['is', 'has', 'was']);
const PLURAL: ReadonlySet<string> = new Set(['are', 'have', 'were']);
const SHOWS = words(`
  shows demonstrates has have contains
`);

/** "which is not fractured", "which shows no fracture" */
function relativeAt(sentence: ReadSentence, at: number): Clause | undefined {
  const { wordAt } = sentence;
  if (wordAt(at) !== 'which' && wordAt(at) !== 'that') return undefined;
  const [verb, next] = [wordAt(at + 1), wordAt(at + 2)];
  const of = SINGULAR.has(verb) ? 'last' : PLURAL.has(verb) ? 'all' : 'any';
  const isOfBeing = (of !== 'any' && next === 'not') || (SHOWS.has(verb) && next === 'no');
  const isOfDoing = verb === 'does' && next === 'not' && SHOWS.has(wordAt(at + 3));
  if (!isOfBeing && !isOfDoing) return undefined;
  const to = endOfNoun(sentence, isOfDoing ? at + 4 : at + 3);
  return to === undefined ? undefined : { to, of };
}

const GROUP_VERBS = words(`
  is are has have shows demonstrates been was were
`);

/** "none of which has collapsed", "neither of them fractured" */
function groupAt(sentence: ReadSentence, at: number): Clause | undefined {
  const { wordAt } = sentence;
  const isGroup =
    ['none', 'neither'].includes(wordAt(at)) &&
    wordAt(at + 1) === 'of' &&
    ['which', 'them', 'these'].includes(wordAt(at + 2));
  if (!isGroup) return undefined;
  const to = endOfNoun(sentence, GROUP_VERBS.has(wordAt(at + 3)) ? at + 4 : at + 3);
  return to === undefined ? undefined : { to, of: 'all' };
}

const TAKES_BACK = words(`
  if whether unless no not never may might possible possibly ? suspected likely question
`);

/** Nothing before it makes the vertebra another one or leaves the clause open. */
function isCertain(sentence: ReadSentence, { from }: Mention): boolean {
  for (let at = sentence.from; at < from; at += 1) if (TAKES_BACK.has(sentence.wordAt(at))) return false;
  return true;
}

/** Of "T11 and L1 sparing T12, which" it is T12, of "T10 and L3, which are" both. */
function levelsOf(sentence: ReadSentence, mention: Mention, { of }: Clause): readonly Level[] {
  if (mention.kind !== 'vertebrae') return [];
  const last = lastNamed(sentence, mention);
  if (last === undefined) return [];
  const isExcepted = !mention.levels.includes(last);
  if (!isExcepted && isToldAsFractured(sentence, mention)) return [];
  if (isExcepted || mention.levels.length === 1) return of === 'all' && isExcepted ? [] : [last];
  if (of === 'all') return mention.levels;
  return of === 'last' ? [last] : [];
}

/** "Old fracture of T12, which has not collapsed": it has only not become worse. */
function isToldAsFractured(sentence: ReadSentence, mention: Mention): boolean {
  return cuesOfAny(sentence, STRONG_OR_WEAK).some(({ from }) => {
    const owner = sentence.ownerAt(from);
    return from < mention.to && owner.kind === 'mention' && owner.mention === mention;
  });
}

const LONGEST_NAME = 4;

function lastNamed({ tokens }: ReadSentence, { from, to }: Mention): Level | undefined {
  for (let at = Math.max(from, to - LONGEST_NAME); at < to; at += 1) {
    const vertebra = vertebraAt(tokens, at);
    if (vertebra?.to === to) return levelOfVertebra(vertebra);
  }
  return undefined;
}
