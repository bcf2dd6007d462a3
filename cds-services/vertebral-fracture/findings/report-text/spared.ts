/** "Fractures of T3, T4 and T6. T5 is spared.", "T5 is intact": after a sentence of fractures, a vertebra that is not one of them. */
import { type Concept, cuesOfAny, polarityOf, type ReadSentence } from './sentence.js';
import type { SaidStatus } from './said.js';
import type { Mention } from './levels.js';
import { STRONG } from './status.js';
import { words } from './word-set.js';

const VERBS = words(`
  is are remains appears itself
`);
const SPARED = words(`
  intact spared unfractured uninjured
`);
const AROUND = words(`
  the a . vertebra vertebral body both however while
`);
/** What else a vertebra may be spared by, or have intact. */
const OTHERS: readonly Concept[] = [
  'metastaticDisease',
  'lesionWord',
  'infection',
  'augmentation',
  'notTheBody',
];

/** @param before the sentence before it, in the same paragraph */
export function sparedOnes(sentence: ReadSentence, before: ReadSentence | undefined): readonly SaidStatus[] {
  const [mention, another] = sentence.mentions;
  if (mention?.kind !== 'vertebrae' || another !== undefined || before === undefined) return [];
  if (!isOnlyThat(sentence) || !tellsOfFractures(before)) return [];
  if (namesAny(before, mention)) return [];
  return [
    {
      kind: 'status',
      status: 'absent',
      quote: { from: mention.from, to: sentence.to },
      owner: { kind: 'mention', mention },
      byName: true,
    },
  ];
}

const NOT_THE_BODY = words(`
  pedicle pedicles lamina laminae process processes facet facets pars rib ribs arch elements ligament ligaments wall
  cortex screw screws
`);

/** Nothing but the vertebra, a verb and "intact". */
function isOnlyThat(sentence: ReadSentence): boolean {
  let isSpared = false;
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const word = sentence.wordAt(at);
    const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
    isSpared ||= SPARED.has(word);
    if (!isNamed && !VERBS.has(word) && !SPARED.has(word) && !AROUND.has(word)) return false;
  }
  return isSpared;
}

/** Fractures stated, and nothing else a vertebra could be spared by. */
function tellsOfFractures(before: ReadSentence): boolean {
  const nouns = cuesOfAny(before, STRONG);
  const isStated = nouns.length > 0 && nouns.every((cue) => polarityOf(before, cue) === 'stated');
  for (let at = before.from; at < before.to; at += 1) if (NOT_THE_BODY.has(before.wordAt(at))) return false;
  return isStated && before.mentions.length > 0 && cuesOfAny(before, OTHERS).length === 0;
}

function namesAny({ mentions }: ReadSentence, { levels }: Mention): boolean {
  return mentions.some(
    (one) => one.kind === 'vertebrae' && one.levels.some((level) => levels.includes(level)),
  );
}
