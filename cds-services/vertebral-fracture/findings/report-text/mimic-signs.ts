/** "L2 has a Schmorl node without oedema": a sign that is denied of something that is no fracture. */
import type { Span } from './context.js';
import type { Cue } from './phrases.js';
import { deniesAValue, type Said } from './said.js';
import { type Concept, cuesOf, cuesOfAny, polarityOf, type ReadSentence, sameOwner } from './sentence.js';
import { STRONG } from './status.js';
import { words } from './word-set.js';

const OF_BONE = words(`
  schmorl limbus scheuermann scheuermann's scheuermanns hemangioma cupid's cupids cupid butterfly basivertebral
  endplate degenerative vascular
`);
/** Of the phrases that name a fracture these name a shape only. */
const ONLY_A_SHAPE = words(`
  deformity depression irregularity buckling collapse
`);

/**
 * @param before the sentence before it in the paragraph
 * @returns a test for denials that are of a node, a haemangioma or the like
 */
export function ofAMimic(sentence: ReadSentence, before: ReadSentence | undefined): (said: Said) => boolean {
  const own = onlyMimics(sentence);
  const isBehind = before !== undefined && onlyMimics(before).length > 0 && fracturesOf(before).length === 0;
  return (said) => {
    if (said.kind !== 'value' || !deniesAValue(said)) return false;
    if (own.some((mimic) => sameOwner(sentence, mimic, said.quote))) return true;
    return isBehind && said.finding.name === 'marrowOedema' && said.owner.kind === 'topic';
  };
}

/** Mimics of vertebrae no fracture is named at. */
function onlyMimics(sentence: ReadSentence): readonly Span[] {
  const mimics = cuesOf(sentence, 'mimic').filter(
    (cue) => OF_BONE.has(sentence.wordAt(cue.from)) && polarityOf(sentence, cue) !== 'denied',
  );
  if (mimics.length === 0) return mimics;
  const fractures = fracturesOf(sentence);
  return mimics.filter((mimic) => !fractures.some((fracture) => sameOwner(sentence, mimic, fracture)));
}

function fracturesOf(sentence: ReadSentence): readonly Cue<Concept>[] {
  return cuesOfAny(sentence, STRONG).filter(
    (cue) => !ONLY_A_SHAPE.has(sentence.wordAt(cue.to - 1)) && polarityOf(sentence, cue) !== 'denied',
  );
}
