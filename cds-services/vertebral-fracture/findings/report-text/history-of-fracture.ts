/** Whether a fracture is told as history: "status post L1 fracture", "cement at L1 for a fracture"; "prior fractures, unchanged" are seen today. */
import type { Context } from './context.js';
import type { Cue } from './phrases.js';
import { cuesOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

export function isHistory(sentence: ReadSentence, cue: Cue, { historical }: Context): boolean {
  if (historical) return !(isOfAnEarlierDay(sentence, cue) && isUnchanged(sentence, cue));
  return isReasonOfATreatment(sentence, cue);
}

const EARLIER = words(`
  prior previous
`);
/** Words of the name of a fracture before its noun. */
const LONGEST_NAME = 4;
const ENDS = words(`
  ; , . of with
`);

/** "prior osteoporotic compression fractures" */
function isOfAnEarlierDay({ wordAt }: ReadSentence, { from }: Cue): boolean {
  for (let at = from - 1; at >= from - LONGEST_NAME; at -= 1) {
    if (ENDS.has(wordAt(at))) return false;
    if (EARLIER.has(wordAt(at))) return true;
  }
  return false;
}

/** "... are unchanged", "... stable": only what is seen can be compared. */
function isUnchanged(sentence: ReadSentence, { to }: Cue): boolean {
  return cuesOf(sentence, 'unchanged', 'notProgressed').some(({ from }) => from >= to);
}

const DONE = words(`
  performed done undertaken carried
`);
const BEFORE_THE_NOUN = words(`
  for out a an the old painful acute symptomatic osteoporotic insufficiency compression vertebral two three
  multiple known previous prior
`);

/** "Cement augmentation of T12, L1 and L2, all performed for osteoporotic fractures" */
function isReasonOfATreatment(sentence: ReadSentence, { from }: Cue): boolean {
  let at = from - 1;
  let isReason = false;
  while (at > sentence.from && BEFORE_THE_NOUN.has(sentence.wordAt(at))) {
    isReason ||= sentence.wordAt(at) === 'for';
    at -= 1;
  }
  if (!isReason || !DONE.has(sentence.wordAt(at))) return false;
  return cuesOf(sentence, 'augmentation').some(({ to }) => to <= at);
}
