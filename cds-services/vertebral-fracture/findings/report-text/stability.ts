/** Whether a fracture is said to be stable or unstable in the sense of mechanics; one that has not changed is in progression.ts. */
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { type Concept, cuesOf, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** Whether an injury is said to hold or not. */
export function stabilityIn(sentence: ReadSentence): readonly Said[] {
  const unstable = cuesOf(sentence, 'unstable', 'chance', 'translation').flatMap((cue): readonly Said[] => {
    if (polarityOf(sentence, cue) !== 'stated' || isOtherThanAFracture(sentence, cue)) return [];
    return [
      value('stability', 'unstable', { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) }),
    ];
  });
  const stable = [...cuesOf(sentence, 'stableFracture'), ...stableFractures(sentence)].flatMap(
    (cue): readonly Said[] => {
      if (polarityOf(sentence, cue) !== 'stated' || isUnchanged(sentence)) return [];
      return [
        value(
          'stability',
          'stable',
          { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
          { near: true },
        ),
      ];
    },
  );
  return [...unstable, ...stable];
}

/** "Stable compression fracture, AO A1": of a classified injury, stable means that it holds. */
export function isOfAType({ from, to, wordAt }: ReadSentence): boolean {
  for (let at = from; at < to; at += 1) if (AO_COMPRESSION.test(wordAt(at))) return true;
  return false;
}

/** AO Spine type A, whose own name makes "stable" a word about mechanics: "stable A1 compression fracture". */
const AO_COMPRESSION = /^a[0-4]$/;

function pastType({ wordAt }: ReadSentence, at: number): number {
  return AO_COMPRESSION.test(wordAt(at)) ? at + 1 : at;
}

/** "Burst fracture of L1, AO type A3, stable." */
function isLastWord({ wordAt }: ReadSentence, { from, to }: Cue): boolean {
  return wordAt(from - 1) === ',' && ['', '.', ','].includes(wordAt(to));
}

/** "stable burst fracture", "a stable fracture"; "stable compression deformity" is one that did not change. */
export function stableFractures(sentence: ReadSentence): readonly Cue<Concept>[] {
  return cuesOf(sentence, 'unchanged').flatMap((cue) => {
    if (sentence.wordAt(cue.from) !== 'stable' || cue.to - cue.from > 1 || isUnchanged(sentence)) return [];
    const isGraded = isOfAType(sentence);
    const start = pastType(sentence, cue.to);
    const named = sentence.mentions.find((mention) => mention.from === start);
    const after = pastType(sentence, named?.to ?? start);
    if (isGraded && named === undefined && isLastWord(sentence, cue)) return [cue];
    const noun = sentence.cues.find((other) => other.from === after);
    const isNamed = noun?.concept === 'fracture' && noun.to - noun.from === 1;
    const isPlain =
      noun?.concept === 'fracture' && (isGraded || (isNamed && sentence.wordAt(noun.from) === 'fracture'));
    return noun !== undefined && (noun.concept === 'burst' || isPlain) ? [{ ...cue, to: noun.to }] : [];
  });
}

function isOtherThanAFracture(sentence: ReadSentence, cue: Cue): boolean {
  const before = sentence.wordAt(cue.from - 1);
  return (
    before === 'gait' || before === 'hemodynamic' || before === 'hemodynamically' || before === 'potentially'
  );
}

const COMPARES = words(`
  since compared prior previous interval chronic old unchanged healed remote comparison again earlier
`);

/** "stable fracture compared with 2023" is one that did not change. */
function isUnchanged(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1) if (COMPARES.has(sentence.wordAt(at))) return true;
  return false;
}
