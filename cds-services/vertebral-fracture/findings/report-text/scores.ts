/** Scores a report states: AO Spine, AO-DGOU OF, TLICS, SINS, and the Bilsky scale of epidural compression. */
import type { AoType, EpiduralGrade, OfType } from '../finding.js';
import { type Said, value } from './said.js';
import { type Concept, cuesOf, polarityOf, type ReadSentence } from './sentence.js';
import type { Cue } from './phrases.js';
import { words } from './word-set.js';

export function scoresIn(sentence: ReadSentence): readonly Said[] {
  return [...ao(sentence), ...osteoporoticType(sentence), ...points(sentence), ...bilsky(sentence)];
}

const AO_TYPES: Readonly<Record<string, AoType>> = {
  a0: 'A0',
  a1: 'A1',
  a2: 'A2',
  a3: 'A3',
  a4: 'A4',
  b1: 'B1',
  b2: 'B2',
  b3: 'B3',
  c: 'C',
  b: 'B',
};
/** "AO type A3", "AO Spine B2", "A4 burst fracture (AO)"; without AO in the sentence only beside "type" or "fracture". */
function ao(sentence: ReadSentence): readonly Said[] {
  const named = cuesOf(sentence, 'gradeAo').length > 0;
  const said: Said[] = [];
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const word = sentence.wordAt(at);
    const type = Object.hasOwn(AO_TYPES, word) ? AO_TYPES[word] : undefined;
    if (type === undefined) continue;
    const before = sentence.wordAt(at - 1);
    const isLetter = word.length === 1;
    const isTyped = before === 'type' || before === 'subtype' || before === 'ao' || before === 'aospine';
    const fits = isLetter ? named && isTyped : named ? true : isTypeOfAFracture(sentence, at, before);
    const cue = { from: at, to: at + 1 };
    if (!fits || polarityOf(sentence, cue) !== 'stated') continue;
    said.push(value('aoType', type, { quote: cue, owner: sentence.ownerAt(at) }));
  }
  return said;
}

/** Without the name of the classification: "type A3", or "(A2)" and ", A3," behind a fracture. */
function isTypeOfAFracture(sentence: ReadSentence, at: number, before: string): boolean {
  if (before === 'type' || before === 'subtype') return sentence.wordAt(at + 1) !== 'joint';
  const next = sentence.wordAt(at + 1);
  if (NAMES_A_FRACTURE.has(next) || (next === 'type' && NAMES_A_FRACTURE.has(sentence.wordAt(at + 2))))
    return true;
  const isApart = (before === '(' || before === ',') && [')', ',', '', '.'].includes(sentence.wordAt(at + 1));
  return (
    isApart &&
    cuesOf(sentence, 'fracture', 'burst', 'pincer', 'chance', 'translation', 'wedgeFracture').length > 0
  );
}

const NAMES_A_FRACTURE = words(`
  fracture compression burst wedge injury
`);

/** "OF 3", "OF type 4" (AO Spine-DGOU); in capitals, as the word "of" is everywhere. */
function osteoporoticType(sentence: ReadSentence): readonly Said[] {
  const said: Said[] = [];
  for (let at = sentence.from; at < sentence.to; at += 1) {
    if (sentence.wordAt(at) !== 'of') continue;
    let next = at + 1;
    let isTyped = false;
    while (
      ['type', 'class', 'classification', '-', 'grade'].includes(sentence.wordAt(next)) &&
      next < at + 4
    ) {
      isTyped ||= sentence.wordAt(next) !== '-';
      next += 1;
    }
    const type = sentence.wordAt(next);
    const isCapital =
      sentence.tokens[at]?.capital === true && sentence.tokens[at - 1]?.word !== '.' && at > sentence.from;
    const isAttached = sentence.tokens[next]?.gap === 'none' || isTyped || afterDgou(sentence, at);
    if (
      !/^[1-5]$/.test(type) ||
      (!(isCapital && isAttached) &&
        !(isCapital && next === at + 1 && sentence.tokens[next]?.gap === 'blank' && !inCapitals(sentence)))
    )
      continue;
    const cue = { from: at, to: next + 1 };
    if (
      sentence.wordAt(next + 1) === 'mm' ||
      sentence.wordAt(next + 1) === 'percent' ||
      polarityOf(sentence, cue) !== 'stated'
    )
      continue;
    said.push(value('ofType', type as OfType, { quote: cue, owner: sentence.ownerAt(at) }));
  }
  return said;
}

function afterDgou(sentence: ReadSentence, at: number): boolean {
  return ['dgou', 'spine', 'aospine'].includes(sentence.wordAt(at - 1));
}

function inCapitals(sentence: ReadSentence): boolean {
  const words = sentence.tokens.slice(sentence.from, sentence.to).filter(({ kind }) => kind === 'word');
  return words.filter(({ capital }) => capital).length > words.length * 0.7;
}

function points(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'gradeTlics', 'gradeSins').flatMap((cue): readonly Said[] => {
    const score = numberAfter(sentence, cue);
    const name = cue.concept === 'gradeSins' ? 'sinsScore' : 'tlicsScore';
    const most = name === 'sinsScore' ? 18 : 10;
    if (score === undefined || score.max > most || polarityOf(sentence, cue) !== 'stated') return [];
    const { min, max } = score;
    return [
      value(
        name,
        { min, max },
        { quote: { from: cue.from, to: score.to }, owner: sentence.ownerAt(cue.from) },
      ),
    ];
  });
}

const BETWEEN = words(`
  score of is : = total points ( grade at was a approximately - today now estimated calculated to the at
  therefore as fracture
`);

function numberAfter(
  sentence: ReadSentence,
  cue: Cue<Concept>,
): { min: number; max: number; to: number } | undefined {
  let at = cue.to;
  while (
    at < cue.to + 6 &&
    (BETWEEN.has(sentence.wordAt(at)) ||
      sentence.mentions.some((mention) => at >= mention.from && at < mention.to))
  )
    at += 1;
  const first = sentence.tokens[at];
  if (first?.kind !== 'number' || at >= sentence.to || first.word.includes('.')) return undefined;
  const isRange = ['-', 'to'].includes(sentence.wordAt(at + 1)) && sentence.tokens[at + 2]?.kind === 'number';
  const last = isRange ? sentence.tokens[at + 2] : first;
  const min = Number(first.word);
  const max = Number(last?.word);
  return max >= min ? { min, max, to: at + (isRange ? 3 : 1) } : undefined;
}

const GRADES: ReadonlySet<string> = new Set(['0', '1a', '1b', '1c', '2', '3']);

function bilsky(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'gradeBilsky').flatMap((cue): readonly Said[] => {
    let at = cue.to;
    while (
      at < cue.to + 5 &&
      ['grade', 'score', 'is', ':', 'of', '-', '(', 'escc', 'bilsky', 'a', 'scale', 'class'].includes(
        sentence.wordAt(at),
      )
    )
      at += 1;
    const digit = sentence.wordAt(at);
    const letter = sentence.wordAt(at + 1);
    const isSplit =
      digit === '1' && ['a', 'b', 'c'].includes(letter) && sentence.tokens[at + 1]?.gap !== 'line';
    const grade = isSplit ? digit + letter : digit;
    if (!GRADES.has(grade) || polarityOf(sentence, cue) !== 'stated') return [];
    const quote = { from: cue.from, to: at + (isSplit ? 2 : 1) };
    return [
      value('epiduralCompressionGrade', grade as EpiduralGrade, { quote, owner: sentence.ownerAt(cue.from) }),
    ];
  });
}
