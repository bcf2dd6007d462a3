/** What a doubt is of when it is not of the fracture: its age ("is likely chronic"), or what a seen shape means ("wedging s/o old fracture"). */
import type { Context, Span } from './context.js';
import { type Concept, cuesOfAny, polarityOf, type ReadSentence, sameOwner } from './sentence.js';
import { words } from './word-set.js';

const AGES: readonly Concept[] = ['acute', 'subacute', 'chronic', 'healed', 'acuteOnChronic'];
const BEFORE_AN_AGE = words(`
  is are was appears likely probably probable possibly , more
`);
const ENDS = words(`
  , . ; ) and with but in given as because since on
`);

/** "the T12 wedge deformity is likely chronic" */
export function isDoubtOfTheAge(sentence: ReadSentence, cue: Span, { doubtAt }: Context): boolean {
  if (doubtAt === undefined || doubtAt < cue.to) return false;
  let at = doubtAt;
  while (at < doubtAt + 4 && BEFORE_AN_AGE.has(sentence.wordAt(at))) at += 1;
  const age = cuesOfAny(sentence, AGES).find(({ from }) => from === at);
  if (age === undefined) return false;
  const next = sentence.wordAt(age.to);
  return next === '' || ENDS.has(next);
}

const SHAPES: readonly Concept[] = ['wedge', 'wedgeLoss', 'compressedBody'];

/** "mild wedging s/o old fracture": the shape is seen, and is the fracture. */
export function isMeaningOfAShape(sentence: ReadSentence, cue: Span, { doubtAt }: Context): boolean {
  if (doubtAt === undefined || doubtAt > cue.from || !isSuggestiveOf(sentence, doubtAt)) return false;
  return cuesOfAny(sentence, SHAPES).some(
    (shape) =>
      shape.to <= doubtAt && polarityOf(sentence, shape) === 'stated' && sameOwner(sentence, shape, cue),
  );
}

/** "s/o" of Indian reports */
function isSuggestiveOf({ wordAt }: ReadSentence, at: number): boolean {
  return wordAt(at) === 's' && wordAt(at + 1) === '/' && wordAt(at + 2) === 'o';
}
