/** "Irregular endplate of L3, degenerative rather than fracture", "the oedema in L5 is Modic 1, not a fracture": what is seen is told to be something else. */
import { cuesOf, type ReadSentence } from './sentence.js';
import type { SaidStatus } from './said.js';
import { STRONG, WEAK } from './status.js';
import { words } from './word-set.js';

export function ratherThanFracture(sentence: ReadSentence): readonly SaidStatus[] {
  const [noun, another] = cuesOf(sentence, ...STRONG, ...WEAK);
  const [mention, second] = sentence.mentions;
  if (noun?.concept !== 'fracture' || noun.to - noun.from > 1 || another !== undefined) return [];
  if (mention?.kind !== 'vertebrae' || second !== undefined || mention.to > noun.from) return [];
  if (mention.levels.length > 2 || sentence.wordAt(noun.from) !== 'fracture') return [];
  const at = contrastBefore(sentence, noun.from);
  if (at === undefined || at < mention.to || !isLast(sentence, noun.to) || !isPlain(sentence, at)) return [];
  return [
    {
      kind: 'status',
      status: 'absent',
      quote: { from: mention.from, to: noun.to },
      owner: { kind: 'mention', mention },
      byName: true,
    },
  ];
}

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

function isLast(sentence: ReadSentence, at: number): boolean {
  return at >= sentence.to || (at === sentence.to - 1 && ['.', ';'].includes(sentence.wordAt(at)));
}

const TURNS = words(`
  but if whether unless however no never none previously reported may might could although cannot
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
