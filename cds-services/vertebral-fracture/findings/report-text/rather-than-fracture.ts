/** "Irregular endplate of L3, degenerative rather than fracture", "the oedema in L5 is Modic 1, not a fracture": what is seen is told to be something else. */
import { type Concept, cuesOfAny, type ReadSentence } from './sentence.js';
import type { Mention } from './levels.js';
import type { SaidStatus } from './said.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

export function ratherThanFracture(sentence: ReadSentence): readonly SaidStatus[] {
  const noun = lastWord(sentence);
  const [mention, second] = sentence.mentions;
  if (sentence.wordAt(noun) !== 'fracture') return [];
  if (cuesOfAny(sentence, STRONG_OR_WEAK).some(({ from, to }) => from !== noun || to > noun + 1)) return [];
  if (mention?.kind !== 'vertebrae' || second !== undefined || !isEachMeant(sentence, mention, noun))
    return [];
  if (cuesOfAny(sentence, OF_MORE).length > 0) return [];
  const at = contrastBefore(sentence, noun);
  if (at === undefined || at < mention.to || !isPlain(sentence, at)) return [];
  return [
    {
      kind: 'status',
      status: 'absent',
      quote: { from: mention.from, to: noun + 1 },
      owner: { kind: 'mention', mention },
      byName: true,
    },
  ];
}

/** "... at T10, T11 and T12 are Schmorl's nodes, not fractures": each of a list, and no range or choice. */
function isEachMeant({ tokens, wordAt }: ReadSentence, { levels, from, to }: Mention, noun: number): boolean {
  if (levels.length === 1) return true;
  for (let at = from; at < to; at += 1) if (NO_LIST.has(wordAt(at))) return false;
  return tokens[noun]?.plural === true;
}

const NO_LIST = words(`
  or - -- to through
`);

/** A disease reaches beyond the body of one vertebra, and what has an age may be a fracture. */
const OF_MORE: readonly Concept[] = [
  'infection',
  'metastaticDisease',
  'lesionWord',
  'discWord',
  'uptake',
  'healed',
  'subacute',
  'chronic',
  'acute',
];

const ARTICLES = words(`
  a an any true real genuine
`);
const CONTRASTS = words(`
  not and , -- rather
`);

/** Where ", not a", "rather than" begins. */
function contrastBefore({ wordAt }: ReadSentence, noun: number): number | undefined {
  let at = noun - 1;
  while (ARTICLES.has(wordAt(at))) at -= 1;
  const isThan = wordAt(at) === 'than' && wordAt(at - 1) === 'rather';
  const isNot = wordAt(at) === 'not' && CONTRASTS.has(wordAt(at - 1));
  return isThan || isNot ? at - 1 : undefined;
}

function lastWord({ to, wordAt }: ReadSentence): number {
  return ['.', ';'].includes(wordAt(to - 1)) ? to - 2 : to - 1;
}

const TURNS = words(`
  but if whether unless however no never none previously reported callus healing may might could although cannot this these it
`);

/** Nothing before it is in doubt, denied or of another day. */
function isPlain(sentence: ReadSentence, to: number): boolean {
  for (let at = sentence.from; at < to; at += 1) {
    const { denied, doubtful, hypothetical, historical, earlier } = sentence.contextAt(at);
    if (denied !== 'no' || doubtful || hypothetical || historical || earlier) return false;
    if (TURNS.has(sentence.wordAt(at))) return false;
  }
  return true;
}
