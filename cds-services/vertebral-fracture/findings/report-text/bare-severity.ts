/**
 * A grade without the noun it grades: "wedge fracture of T12 on the film of today, moderate", "T12 is moderate". It is
 * of the fracture only where no other finding stands nearer.
 */
import type { Span } from './context.js';
import type { Cue } from './phrases.js';
import type { Concept, ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** What a bare grade is of: the words that show it, and the token whose vertebra it is. */
export interface Graded {
  readonly noun: Span;
  readonly at: number;
}

/**
 * @param nouns concepts a grade may be of
 */
export function gradedByItself(
  sentence: ReadSentence,
  cue: Cue<Concept>,
  nouns: ReadonlySet<Concept>,
): Graded | undefined {
  if (!isAlone(sentence, cue)) return undefined;
  return (
    ofTheRest(sentence, cue) ??
    apposed(sentence, cue, nouns) ??
    predicated(sentence, cue) ??
    ofOneOfTwo(sentence, cue, nouns)
  );
}

const ENDS = words(`
  , . ) ; with
`);
const VAGUE = words(`
  significant extensive gross substantial considerable profound high
`);

/** Nothing behind it that it could be an attribute of: "moderate.", "moderate in degree", "moderate and old". */
function isAlone(sentence: ReadSentence, cue: Cue): boolean {
  if (VAGUE.has(sentence.wordAt(cue.from))) return false;
  const next = sentence.wordAt(cue.to);
  if (next === '' || ENDS.has(next)) return true;
  const second = sentence.wordAt(cue.to + 1);
  if (next === 'in') return ['degree', 'severity', 'extent', 'grade'].includes(second);
  if (next !== 'and') return false;
  return (
    sentence.cues.some(({ concept, from }) => from === cue.to + 1 && AGES.has(concept)) ||
    isNamed(sentence, cue.to + 1)
  );
}

const AGES: ReadonlySet<Concept> = new Set<Concept>(['acute', 'subacute', 'chronic', 'healed', 'unchanged']);

const OTHER_FINDINGS: ReadonlySet<Concept> = new Set<Concept>([
  'otherFracture',
  'discWord',
  'oedema',
  'oedemaSignal',
  'uptake',
  'softTissue',
  'bulging',
  'retropulsion',
  'canal',
  'canalNarrowed',
  'cord',
  'cauda',
  'kyphosis',
  'normalKyphosis',
  'lesionWord',
  'metastaticDisease',
  'osteoporosis',
  'infection',
  'mimic',
  'nothing',
]);
const OTHER_NOUNS = words(`
  arthropathy arthrosis facet pain osteopenia scoliosis degeneration degenerative spondylosis atherosclerosis
  listhesis anterolisthesis retrolisthesis spondylolisthesis stenosis tenderness swelling hematoma calcification
  effusion hemorrhage enhancement foramen root recess hypertrophy osteophyte slip involvement infiltrated
  displacement spur narrowing desiccation bulge protrusion extrusion atrophy curvature confidence
`);

/** True at a word of another finding, of which a grade may be. */
export function isOtherFinding(sentence: ReadSentence, at: number): boolean {
  if (OTHER_NOUNS.has(sentence.wordAt(at))) return true;
  return sentence.cues.some(({ concept, from, to }) => OTHER_FINDINGS.has(concept) && at >= from && at < to);
}

const LONGEST_APPOSITION = 20;
const BEFORE_A_GRADE = words(`
  now still again also each all both severity grade
`);
const BREAKS = words(`
  with and but without no or not ; while although : plus
`);

/** "compression fracture of L1 on the CT of today, moderate" */
function apposed(sentence: ReadSentence, cue: Cue, nouns: ReadonlySet<Concept>): Graded | undefined {
  let start = cue.from - 1;
  if (BEFORE_A_GRADE.has(sentence.wordAt(start))) start -= 1;
  if (sentence.wordAt(start) !== ',' && sentence.wordAt(start) !== '(') return undefined;
  for (let at = start - 1; at >= Math.max(sentence.from, cue.from - LONGEST_APPOSITION); at -= 1) {
    if (isNamed(sentence, at)) continue;
    const noun = sentence.cues.find(
      ({ concept, from, to }) => at >= from && at < to && isNoun(concept, nouns),
    );
    if (noun !== undefined) return { noun, at: noun.from };
    if (BREAKS.has(sentence.wordAt(at)) || isOtherFinding(sentence, at)) return undefined;
  }
  return undefined;
}

/** "severe at T10, others mild", "the other two are mild" */
function ofTheRest(sentence: ReadSentence, cue: Cue): Graded | undefined {
  const owner = sentence.ownerAt(cue.from);
  if (owner.kind !== 'rest' || owner.rest.to > cue.from) return undefined;
  for (let at = owner.rest.to; at < cue.from; at += 1)
    if (!LINKS_TO_REST.has(sentence.wordAt(at))) return undefined;
  for (let at = sentence.from; at < cue.from; at += 1) if (isOtherFinding(sentence, at)) return undefined;
  return { noun: owner.rest, at: owner.rest.from };
}

const LINKS_TO_REST = words(`
  is are being : , ( - all both only each remain remains appears just with having are of
`);

/** "L1 and L3 deformities, the former severe, the latter mild" */
function ofOneOfTwo(sentence: ReadSentence, cue: Cue, nouns: ReadonlySet<Concept>): Graded | undefined {
  const at = sentence.wordAt(cue.from - 1) === 'is' ? cue.from - 1 : cue.from;
  const one = sentence.cues.find(
    ({ concept, to }) => to === at && (concept === 'former' || concept === 'latter'),
  );
  if (one === undefined) return undefined;
  const noun = sentence.cues.findLast(({ concept, to }) => to <= one.from && nouns.has(concept));
  for (let before = sentence.from; before < cue.from; before += 1)
    if (isOtherFinding(sentence, before)) return undefined;
  return noun === undefined ? undefined : { noun, at: one.from };
}

function isNoun(concept: Concept, nouns: ReadonlySet<Concept>): boolean {
  return nouns.has(concept) || concept === 'progressed';
}

const LINKS = words(`
  is : ( - -- remains appears now ,
`);
const BEGINS_A_PART = words(`
  , ; and while whereas but the . ) at of one that :
`);
const LONGEST_PART = 12;

/** "T12 is moderate", "T7: moderate, wedge, old", "and one of L2 (minimal)" */
function predicated(sentence: ReadSentence, cue: Cue): Graded | undefined {
  let end = cue.from;
  while (end > sentence.from && LINKS.has(sentence.wordAt(end - 1)) && cue.from - end < 2) end -= 1;
  const mention = sentence.mentions.find(({ to, kind }) => to === end && kind === 'vertebrae');
  if (mention === undefined) return undefined;
  const isOnly = mention.from === sentence.from && cue.to === sentence.to;
  if (end === cue.from && !isOnly && !isOfARow(sentence, mention) && !leavesARest(sentence, cue))
    return undefined;
  const isSubject = mention.from === sentence.from || BEGINS_A_PART.has(sentence.wordAt(mention.from - 1));
  if (!isSubject) return undefined;
  for (let at = sentence.from; at < Math.min(sentence.to, cue.to + LONGEST_PART); at += 1) {
    if (at >= cue.to && (sentence.wordAt(at) === ';' || sentence.wordAt(at) === ')')) break;
    if (isOtherFinding(sentence, at) && (at < cue.from || !isListed(sentence, cue, at))) return undefined;
  }
  return { noun: mention, at: mention.from };
}

/** "severities: T6 mild, T7 moderate": vertebra and grade side by side, more than once. */
function isOfARow(sentence: ReadSentence, own: Span): boolean {
  return sentence.mentions.some(
    ({ from, to }) =>
      from !== own.from && sentence.cues.some((cue) => cue.from === to && SEVERITIES.has(cue.concept)),
  );
}

/** "T12 moderate, the others mild" */
function leavesARest({ cues, ownerAt }: ReadSentence, own: Span): boolean {
  return cues.some((cue) => {
    const owner = ownerAt(cue.from);
    return (
      cue.from >= own.to && SEVERITIES.has(cue.concept) && owner.kind === 'rest' && owner.rest.to <= cue.from
    );
  });
}

export const SEVERITIES: ReadonlySet<Concept> = new Set<Concept>([
  'severityMinimal',
  'severityMild',
  'severityModerate',
  'severitySevere',
  'severityMildToModerate',
  'severityModerateToSevere',
]);

/** "T9: severe, oedema, wall intact": another finding in the list behind it. */
function isListed(sentence: ReadSentence, cue: Cue, at: number): boolean {
  const isOfDisc =
    OTHER_NOUNS.has(sentence.wordAt(at)) || sentence.cues.some((other) => other.concept === 'discWord');
  if (isOfDisc) return false;
  return sentence.wordAt(cue.to) === ',' || sentence.wordAt(cue.to) === 'with';
}

function isNamed(sentence: ReadSentence, at: number): boolean {
  return sentence.mentions.some(({ from, to }) => at >= from && at < to);
}
