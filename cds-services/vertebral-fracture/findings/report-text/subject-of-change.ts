/** Of what a change, or the lack of one, is said: of a fracture and its height, or of something else. */
import type { Cue } from './phrases.js';
import { type Concept, cuesOf, distance, type ReadSentence, sameOwner } from './sentence.js';
import { STRONG, WEAK } from './status.js';
import { words } from './word-set.js';

const SUBJECTS: readonly Concept[] = [
  ...STRONG,
  ...WEAK,
  'height',
  'heightRemains',
  'it',
  'augmentation',
  'former',
  'latter',
];
/** Other findings that may be the ones that have not changed. */
const OTHERS: ReadonlySet<Concept> = new Set<Concept>([
  'retropulsion',
  'canal',
  'canalNarrowed',
  'cord',
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
const LONGEST_ATTRIBUTE = 8;
const LONGEST_PREDICATE = 25;

/** True when the nearest thing that may be meant is a fracture, its height, or the vertebra itself. */
export function isOfAFracture(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (cue.concept === 'progressed')
    return isNearAFracture(sentence, cue) && (!isVague(sentence, cue) || isPredicate(sentence, cue));
  if (cue.concept === 'noneChanged' && sentence.mentions.length === 0) return isFirstToBeNamed(sentence, cue);
  if (isComparedWithAnAmount(sentence, cue) || isInSomethingElse(sentence, cue)) return false;
  return isAttribute(sentence, cue) || isPredicate(sentence, cue) || isAlone(sentence, cue);
}

/** That something has grown worse is believed more easily than that it has not. */
function isNearAFracture(sentence: ReadSentence, cue: Cue): boolean {
  return cuesOf(sentence, ...SUBJECTS).some(
    (other) => sameOwner(sentence, other, cue) && distance(other, cue) <= LONGEST_PREDICATE,
  );
}

const VAGUE = words(`
  worse more deteriorated
`);

/** "The stenosis at the fracture is worse than in 2020" is of the stenosis. */
function isVague(sentence: ReadSentence, { from }: Cue): boolean {
  return VAGUE.has(sentence.wordAt(from)) || VAGUE.has(sentence.wordAt(from + 1));
}

/** "has lost no more than 20 %" */
function isComparedWithAnAmount(sentence: ReadSentence, cue: Cue): boolean {
  return sentence.wordAt(cue.to) === 'than' && sentence.wordAt(cue.to - 1) === 'more';
}

/** "no change in management" */
function isInSomethingElse(sentence: ReadSentence, cue: Cue): boolean {
  const next = sentence.wordAt(cue.to);
  if (next !== 'in' && next !== 'of' && next !== 'to') return false;
  const last = sentence.wordAt(cue.to - 1);
  if (EXAMINATIONS.has(last) || AS_IT_WAS.has(last)) return false;
  const noun = sentence.wordAt(cue.to + 1);
  const isNamed = sentence.mentions.some(({ from }) => from === cue.to + 1);
  const isShape = cuesOf(sentence, ...SUBJECTS).some(({ from }) => from === cue.to + 1);
  if (isNamed || isShape) return false;
  const second = sentence.wordAt(cue.to + 2);
  return !OF_ITS_SHAPE.has(noun) || OTHER_NOUNS.has(second) || isOther(sentence, cue.to + 2);
}

/** "looks exactly as it did in March" */
const AS_IT_WAS = words(`
  did was were had
`);

/** "the same as on the CT of 2020" names what it is compared with. */
const EXAMINATIONS = words(`
  study film films ct mri mr radiograph radiographs examination exam scan
`);

function isOther(sentence: ReadSentence, at: number): boolean {
  if (OTHER_NOUNS.has(sentence.wordAt(at))) return true;
  return sentence.cues.some(({ concept, from, to }) => OTHERS.has(concept) && at >= from && at < to);
}

const STOPS = words(`
  ; . but and with without ,
`);

/** "unchanged mild wedging", "stable appearance of the T10 fracture" */
function isAttribute(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const subject = cuesOf(sentence, ...SUBJECTS).find(({ from }) => from >= cue.to);
  if (subject === undefined || distance(cue, subject) > LONGEST_ATTRIBUTE) return false;
  for (let at = cue.to; at < subject.from; at += 1)
    if (STOPS.has(sentence.wordAt(at)) || isOther(sentence, at)) return false;
  return true;
}

/** "the T12 fracture, 20 %, is unchanged"; in "alignment at the fracture is unchanged" the alignment is. */
function isPredicate(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (holdsItsSubject(sentence, cue))
    return cue.concept === 'notProgressed' || isNearAFracture(sentence, cue);
  if (isSaidOfAVertebra(sentence, cue)) return true;
  let isOfAGroup = false;
  for (let at = cue.from - 1; at >= Math.max(sentence.from, cue.from - LONGEST_PREDICATE); at -= 1) {
    const word = sentence.wordAt(at);
    isOfAGroup ||= word === 'both' || word === 'all';
    if (word === ';' && !isOfAGroup) return false;
    if (isOther(sentence, at) && !isDeniedOedema(sentence, at)) return false;
    const subject = cuesOf(sentence, ...SUBJECTS).find(({ from, to }) => at >= from && at < to);
    if (subject !== undefined) {
      return sameOwner(sentence, subject, cue) && !isPlaceOfAnother(sentence, subject);
    }
    if (cuesOf(sentence, 'others', 'someOf').some(({ from, to }) => at >= from && at < to)) return true;
    const mention = sentence.mentions.find(({ from, to }) => at >= from && at < to);
    if (mention?.from === sentence.from) return mention.kind === 'vertebrae';
  }
  return false;
}

const COPULAS = words(`
  is are has have remains appears
`);
const BEFORE_A_SUBJECT = words(`
  , ; and but while whilst whereas ago the
`);
const YEAR = /^(19|20)\d\d$/;

/** "Compared with 2019 T6 has not changed": the vertebra itself is the subject. */
function isSaidOfAVertebra(sentence: ReadSentence, { from }: Cue): boolean {
  let to = from;
  while (COPULAS.has(sentence.wordAt(to - 1))) to -= 1;
  const mention = sentence.mentions.find((one) => one.to === to && one.kind === 'vertebrae');
  if (mention === undefined) return false;
  const before = sentence.wordAt(mention.from - 1);
  return before === '' || BEFORE_A_SUBJECT.has(before) || YEAR.test(before);
}

/** "Old fracture, no oedema, unchanged." */
function isDeniedOedema(sentence: ReadSentence, at: number): boolean {
  if (sentence.contextAt(at).denied !== 'yes') return false;
  return cuesOf(sentence, 'oedema', 'oedemaSignal').some(({ from, to }) => at >= from && at < to);
}

/** "Both were there a year ago and neither has changed." */
function isFirstToBeNamed(sentence: ReadSentence, { from }: Cue): boolean {
  for (let at = sentence.from; at < from; at += 1) if (isOther(sentence, at)) return false;
  return true;
}

const HOLDS_ITS_SUBJECT = words(`
  height collapse collapsed wedging wedged compression compressed
`);

/** "no further loss of height" names what has not changed itself. */
function holdsItsSubject(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  for (let at = cue.from; at < cue.to; at += 1) if (HOLDS_ITS_SUBJECT.has(sentence.wordAt(at))) return true;
  return false;
}

/** "retropulsion of the L2 fracture has not increased" */
function isPlaceOfAnother(sentence: ReadSentence, subject: Cue): boolean {
  for (let at = subject.from - 1; at > subject.from - 6 && at > sentence.from; at -= 1) {
    const word = sentence.wordAt(at);
    if (STOPS.has(word) || word === 'is' || word === 'has' || word === 'shows') return false;
    if (PLACES.has(word)) return isOther(sentence, at - 1) || isOther(sentence, at - 2);
  }
  return false;
}

const PLACES = words(`
  of at in from around behind
`);

/** "Stable since 2022." says it of what the text spoke of before. */
function isAlone(sentence: ReadSentence, cue: Cue): boolean {
  const next = sentence.wordAt(cue.to);
  const last = sentence.wordAt(cue.to - 1);
  return isFirst(sentence, cue) && [next, last].some((word) => ['since', 'compared', 'from'].includes(word));
}

const ALL_OF_THEM = words(`
  both all are is remain remains of them these three four
`);

/** "Both stable since 2021." */
function isFirst(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = sentence.from; at < cue.from; at += 1)
    if (!ALL_OF_THEM.has(sentence.wordAt(at))) return false;
  return true;
}
