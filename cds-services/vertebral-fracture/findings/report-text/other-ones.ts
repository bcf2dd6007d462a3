/** "The wedging of T7 is old. That of T9 is new.", "there is a new one at T10": a pronoun stands for the fracture named before. */
import type { Mention } from './levels.js';
import type { SaidStatus } from './said.js';
import { type Concept, cuesOfAny, polarityOf, type ReadSentence } from './sentence.js';
import { STRONG } from './status.js';
import { words } from './word-set.js';

const NAMES: readonly Concept[] = [...STRONG, 'compressedBody', 'wedge', 'wedgeLoss'];

/** What a fracture is told with; anything else may be what the pronoun stands for. */
const OF_A_FRACTURE: ReadonlySet<Concept> = new Set<Concept>([
  ...NAMES,
  'acute',
  'chronic',
  'subacute',
  'healed',
  'osteoporotic',
  'severityMild',
  'severityModerate',
  'severitySevere',
  'severityMinimal',
]);
/** A vertebra that looks as it should is no fracture like the one before. */
const HARMLESS: readonly Concept[] = ['mimic', 'maintained', 'wallIntact'];

/** The sentence, or its part before a token, speaks of a fracture and of nothing else first. */
function tellsOfAFracture(sentence: ReadSentence, to: number): boolean {
  const first = sentence.cues.find(
    (cue) => cue.to <= to && (NAMES.includes(cue.concept) || !OF_A_FRACTURE.has(cue.concept)),
  );
  const isNamed = first !== undefined && NAMES.includes(first.concept);
  return isNamed && polarityOf(sentence, first) === 'stated' && sentence.mentions.length > 0;
}

/** @param before the sentence before it, in the same paragraph */
export function otherOnes(sentence: ReadSentence, before: ReadSentence | undefined): readonly SaidStatus[] {
  if (sentence.mentions.length === 0) return [];
  return sentence.mentions.flatMap((mention): readonly SaidStatus[] => {
    const at = pronounBefore(sentence, mention);
    if (at === undefined || mention.kind !== 'vertebrae') return [];
    if (polarityOf(sentence, { from: at, to: at + 1 }) !== 'stated') return [];
    const own = sentence.cues.filter((cue) => cue.to <= at);
    const isOwnFirst = own.every(({ concept }) => OF_A_FRACTURE.has(concept) && !NAMES.includes(concept));
    const isTold =
      tellsOfAFracture(sentence, at) ||
      (isOwnFirst && before !== undefined && tellsOfAFracture(before, before.to));
    if (!isTold || cuesOfAny(sentence, HARMLESS).length > 0) return [];
    return [
      {
        kind: 'status',
        status: 'present',
        quote: { from: at, to: mention.to },
        owner: { kind: 'mention', mention },
      },
    ];
  });
}

const PRONOUNS: ReadonlySet<string> = new Set(['that', 'those', 'one']);
const BEFORE_THAT: ReadonlySet<string> = new Set(['', ',', ';', 'and', 'but', 'while', 'whilst', 'whereas']);
const BEFORE_ONE = words(`
  the a another second third further new old older recent acute chronic fresh healed
`);

/** "that of T9", "those at L1 and L2", "the one at T9", "a new one at T10" */
function pronounBefore(sentence: ReadSentence, { from }: Mention): number | undefined {
  const at = from - 2;
  if (!['of', 'at', 'in'].includes(sentence.wordAt(from - 1)) || !PRONOUNS.has(sentence.wordAt(at)))
    return undefined;
  const before = sentence.wordAt(at - 1);
  const isPronoun = sentence.wordAt(at) === 'one' ? BEFORE_ONE.has(before) : BEFORE_THAT.has(before);
  return isPronoun ? at : undefined;
}
