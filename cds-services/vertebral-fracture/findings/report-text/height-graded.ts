/** Height loss graded by Genant. */
import type { Interval } from '../interval.js';
import type { Span } from './context.js';
import { isGraded } from './height-words.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import {
  type Concept,
  cuesOf,
  cuesOfAny,
  distance,
  isBetween,
  polarityOf,
  type ReadSentence,
} from './sentence.js';
import { words } from './word-set.js';

const LISTHESIS: ReadonlySet<string> = new Set([
  'anterolisthesis',
  'retrolisthesis',
  'spondylolisthesis',
  'listhesis',
  'slip',
  'sprain',
]);

const GENANT: readonly Interval[] = [
  { min: 0, max: 20, maxExclusive: true },
  { min: 20, max: 25 },
  { min: 25, max: 40 },
  { min: 40, max: 100, minExclusive: true },
];
const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, one: 1, two: 2, three: 3, zero: 0 };

/** "Genant 2", "semiquantitative grade III", "grade 1 wedge deformity" (clinical.md C2, Genant 1993). */
export function graded(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'genant', 'grade').flatMap((cue) => {
    let at = cue.to;
    while (
      [
        'grade',
        'gr',
        'type',
        'score',
        ':',
        '=',
        '-',
        '(',
        'a',
        'classification',
        'class',
        'of',
        'sq',
      ].includes(sentence.wordAt(at)) &&
      at < cue.to + 3
    )
      at += 1;
    const first = gradeAt(sentence, at);
    if (first === undefined) return [];
    const secondAt = ['-', 'to', '/'].includes(sentence.wordAt(at + 1)) ? at + 2 : undefined;
    const second = secondAt === undefined ? undefined : gradeAt(sentence, secondAt);
    const end = second === undefined ? at + 1 : (secondAt ?? at) + 1;
    const isGenant =
      cuesOf(sentence, 'genant').length > 0 &&
      !LISTHESIS.has(sentence.wordAt(end)) &&
      !LISTHESIS.has(sentence.wordAt(end + 1));
    if (cue.concept === 'grade' && !isGenant && !isOfADeformity(sentence, { from: cue.from, to: end }))
      return [];
    const [low, high] = [GENANT[first], GENANT[second ?? first]];
    const quote = { from: cue.from, to: end };
    if (low === undefined || high === undefined || !isOfThatShape(sentence, cue)) return [];
    const where = { quote, owner: sentence.ownerAt(cue.from) };
    return [
      value('heightLossPercent', fromTo(low, high), where, { firmness: 'graded' }),
      ...(isOnlyGraded(sentence, cue) && low.min > 0
        ? [{ kind: 'status', status: 'present', ...where } as const]
        : []),
    ];
  });
}

const BESIDE_A_GRADE = words(`
  : . , ; - -- ( ) at of in and a an is grade visual semiquantitative
`);

/** "Genant 1 T8.", "Genant grade 1 at T8 and grade 2 at T11": nothing but vertebrae and their grades. */
function isOnlyGraded(sentence: ReadSentence, { from }: Cue<Concept>): boolean {
  const grades = cuesOf(sentence, 'genant', 'grade');
  const [first] = grades;
  if (first?.concept !== 'genant' || first.from > from) return false;
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const isNamed = [...sentence.mentions, ...grades].some((span) => at >= span.from && at < span.to);
    const isGrade = gradeAt(sentence, at) !== undefined;
    if (!isNamed && !isGrade && !BESIDE_A_GRADE.has(sentence.wordAt(at))) return false;
  }
  return sentence.mentions.length === grades.length;
}

/** "questionable grade 1 deformity": the doubt is of the fracture, which is of that grade if there is one. */
function isOfThatShape(sentence: ReadSentence, cue: Cue): boolean {
  if (polarityOf(sentence, cue) === 'stated') return true;
  const shape = cuesOfAny(sentence, SHAPES).find(({ from }) => from >= cue.to && from - cue.to <= 3);
  return shape !== undefined && isGraded(sentence, cue, shape);
}

function fromTo(low: Interval, high: Interval): Interval {
  return {
    min: low.min,
    max: high.max,
    ...(low.minExclusive && { minExclusive: true }),
    ...(high.maxExclusive && { maxExclusive: true }),
  };
}

function gradeAt(sentence: ReadSentence, at: number): number | undefined {
  const word = sentence.wordAt(at);
  const grade = Object.hasOwn(ROMAN, word) ? ROMAN[word] : /^[0-3]$/.test(word) ? Number(word) : undefined;
  return sentence.wordAt(at + 1) === 'percent' ||
    (sentence.wordAt(at + 1) === '/' &&
      /^\d+$/.test(sentence.wordAt(at + 2)) &&
      Number(sentence.wordAt(at + 2)) > 3)
    ? undefined
    : grade;
}

/** "grade 1" alone may be a listhesis, a sprain or an epidural disease. */
function isOfADeformity(sentence: ReadSentence, grade: Span): boolean {
  return cuesOfAny(sentence, SHAPES).some(
    (cue) => distance(cue, grade) <= 3 && !isBetween(sentence, cue, grade, NOT_BETWEEN),
  );
}

const SHAPES: readonly Concept[] = [
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'wedge',
  'biconcave',
  'crush',
  'compressedBody',
  'heightLoss',
];
const NOT_BETWEEN: ReadonlySet<string> = new Set([
  'anterolisthesis',
  'retrolisthesis',
  'spondylolisthesis',
  ';',
  'and',
  'of',
]);
