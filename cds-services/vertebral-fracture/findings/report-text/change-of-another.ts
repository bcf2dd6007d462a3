/** When a change, or the lack of one, is said of something else: "no change in management", "unchanged alignment". */
import type { Cue } from './phrases.js';
import { type Concept, cuesOfAny, type ReadSentence } from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { isAYear } from './time-compared.js';
import { words } from './word-set.js';

/** What may have changed, or not, where a fracture has. */
export const SUBJECTS: readonly Concept[] = [
  ...STRONG_OR_WEAK,
  'height',
  'heightRemains',
  'it',
  'former',
  'latter',
];
/** Other findings that may be the ones that have not changed. */
const OTHERS: ReadonlySet<Concept> = new Set<Concept>([
  'retropulsion',
  'canal',
  'canalNarrowed',
  'canalNormal',
  'cord',
  'cordCompression',
  'cordNormal',
  'caudaCompression',
  'softTissue',
  'metastaticDisease',
  'cauda',
  'kyphosis',
  'oedema',
  'oedemaSignal',
  'uptake',
  'lesionWord',
  'discWord',
  'posteriorWall',
  'otherFracture',
  'cementLeak',
  'mimic',
]);
const OTHER_NOUNS = words(`
  alignment lordosis listhesis anterolisthesis retrolisthesis spondylolisthesis scoliosis stenosis nodule mass
  tumor hardware screw screws rod position management opinion pain symptom symptoms deposit signal
  degeneration spondylosis medication treatment plan brace appearances disease extension angle angulation
  union healing neurology report reading impression assessment opacity
`);
/** What may be named after "no change in". */
const OF_ITS_SHAPE = words(`
  height appearance configuration morphology shape degree extent severity size contour compression wedging
  deformity fracture collapse the its this level vertebral body loss known old chronic l t wedge interval
  comparison either any anterior central amount that
`);
const LONGEST_ROW_OF_ADJECTIVES = 4;

/** True when the words behind it name what has not changed, and that is no fracture. */
export function isSaidOfAnother(sentence: ReadSentence, cue: Cue): boolean {
  return isInSomethingElse(sentence, cue) || isAttributeOfAnother(sentence, cue);
}

/** "no change in management" */
function isInSomethingElse(sentence: ReadSentence, cue: Cue): boolean {
  const next = sentence.wordAt(cue.to);
  if (next !== 'in' && next !== 'of' && next !== 'to') return false;
  const last = sentence.wordAt(cue.to - 1);
  if (EXAMINATIONS.has(last) || AS_IT_WAS.has(last)) return false;
  const noun = sentence.wordAt(cue.to + 1);
  const isNamed = sentence.mentions.some(({ from }) => from === cue.to + 1);
  const isShape = cuesOfAny(sentence, SUBJECTS).some(({ from }) => from === cue.to + 1);
  if (isNamed || isShape) return false;
  if (next === 'to' && isAnExamination(sentence, cue.to + 1)) return false;
  const second = sentence.wordAt(cue.to + 2);
  if (ARTICLES.has(noun)) return !isKnownShape(sentence, cue.to + 2);
  return !OF_ITS_SHAPE.has(noun) || OTHER_NOUNS.has(second) || isOther(sentence, cue.to + 2);
}

const LONGEST_EXAMINATION = 5;

/** "comparable to the previous study", "similar to the 2020 CT" */
function isAnExamination({ wordAt }: ReadSentence, from: number): boolean {
  for (let at = from; at < from + LONGEST_EXAMINATION; at += 1)
    if (EXAMINATIONS.has(wordAt(at)) || OF_A_TIME.has(wordAt(at)) || isAYear(wordAt(at))) return true;
  return false;
}

const ARTICLES = words(`
  the its this that their these those
`);

/** "in the meantime", "in the last year" */
const OF_A_TIME = words(`
  meantime interim interval intervening last past time period previous prior
`);

/** "in the height", "in its overall appearance", "of the T12 fracture" */
function isKnownShape(sentence: ReadSentence, at: number): boolean {
  for (let word = at; word < at + 3; word += 1) {
    if (isOther(sentence, word)) return false;
    if ([...sentence.mentions, ...cuesOfAny(sentence, SUBJECTS)].some(({ from }) => from === word))
      return true;
  }
  return OF_ITS_SHAPE.has(sentence.wordAt(at)) || OF_A_TIME.has(sentence.wordAt(at));
}

/** "looks exactly as it did in March" */
const AS_IT_WAS = words(`
  did was were had
`);

/** "the same as on the CT of 2020" names what it is compared with. */
const EXAMINATIONS = words(`
  study film films ct mri mr radiograph radiographs examination exam scan
`);

/** True where a word names something else that may be the one that has not changed. */
export function isOther(sentence: ReadSentence, at: number): boolean {
  if (OTHER_NOUNS.has(sentence.wordAt(at))) return true;
  return sentence.cues.some(({ concept, from, to }) => OTHERS.has(concept) && at >= from && at < to);
}

const ENDS_A_ROW_OF_ADJECTIVES = words(`
  ; . but and with without , ( ) since from compared when at in on for as is are over to of the this that
`);

/** "wedge fracture, unchanged alignment": the adjective stands before another noun. */
function isAttributeOfAnother(sentence: ReadSentence, { to }: Cue): boolean {
  for (let at = to; at < Math.min(sentence.to, to + LONGEST_ROW_OF_ADJECTIVES); at += 1) {
    if (ENDS_A_ROW_OF_ADJECTIVES.has(sentence.wordAt(at))) return false;
    if (isOther(sentence, at)) return true;
  }
  return false;
}
