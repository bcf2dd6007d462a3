/** Scores a report states: AO Spine, AO-DGOU OF, TLICS, SINS, and the Bilsky scale of epidural compression. */
import type { AoType, EpiduralGrade } from '../finding.js';
import { osteoporoticType } from './of-type.js';
import { pointsIn } from './points.js';
import { type Rule, rule, saidByRules } from './rules.js';
import { type Said, value } from './said.js';
import { cuesOf, polarityOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

export const SCORE_RULES: readonly Rule<Said>[] = [
  rule(undefined, ao),
  rule(undefined, osteoporoticType),
  rule(['gradeTlics', 'gradeSins'], pointsIn),
  rule(['gradeBilsky'], bilsky),
];

export function scoresIn(sentence: ReadSentence): readonly Said[] {
  return saidByRules(SCORE_RULES, sentence);
}

const AO_TYPES: ReadonlyMap<string, AoType> = new Map([
  ['a0', 'A0'],
  ['a1', 'A1'],
  ['a2', 'A2'],
  ['a3', 'A3'],
  ['a4', 'A4'],
  ['b1', 'B1'],
  ['b2', 'B2'],
  ['b3', 'B3'],
  ['c', 'C'],
  ['b', 'B'],
]);
/** "AO type A3", "AO Spine B2", "A4 burst fracture (AO)"; without AO in the sentence only beside "type" or "fracture". */
function ao(sentence: ReadSentence): readonly Said[] {
  const named = cuesOf(sentence, 'gradeAo').length > 0;
  const said: Said[] = [];
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const word = sentence.wordAt(at);
    const type = AO_TYPES.get(word);
    if (type === undefined) continue;
    const before = sentence.wordAt(at - 1);
    const isLetter = word.length === 1;
    const isTyped = before === 'type' || before === 'subtype' || before === 'ao' || before === 'aospine';
    const fits = isLetter ? named && isTyped : named ? true : isTypeOfAFracture(sentence, at, before);
    const cue = { from: at, to: at + 1 };
    if (!fits || !(polarityOf(sentence, cue) === 'stated' || isNamedApart(sentence, at))) continue;
    said.push(value('aoType', type, { quote: cue, owner: sentence.ownerAt(at) }));
  }
  return said;
}

const OF_THE_NAME = words(`
  ao aospine spine type subtype class classification grade as a :
`);

/** "no retropulsion, AO A1": a type behind a comma, with its name, is not what is denied or doubted before. */
function isNamedApart({ wordAt }: ReadSentence, at: number): boolean {
  let first = at;
  while (OF_THE_NAME.has(wordAt(first - 1))) first -= 1;
  const isAlone = !['or', 'nor', '?'].includes(wordAt(at + 1));
  return first < at && isAlone && [',', ';', '(', '.'].includes(wordAt(first - 1));
}

/** Without the name of the classification: "type A3", or "(A2)" and ", A3," behind a fracture, or "T12 A3 and L1 A2 fractures". */
function isTypeOfAFracture(sentence: ReadSentence, at: number, before: string): boolean {
  if (before === 'type' || before === 'subtype') return sentence.wordAt(at + 1) !== 'joint';
  const next = sentence.wordAt(at + 1);
  if (NAMES_A_FRACTURE.has(next) || (next === 'type' && NAMES_A_FRACTURE.has(sentence.wordAt(at + 2))))
    return true;
  const isApart = (before === '(' || before === ',') && [')', ',', '', '.'].includes(sentence.wordAt(at + 1));
  const isOfAVertebra = sentence.mentions.some(({ kind, to }) => kind === 'vertebrae' && to === at);
  return (
    (isApart || isOfAVertebra) &&
    cuesOf(sentence, 'fracture', 'burst', 'pincer', 'chance', 'translation', 'wedgeFracture').length > 0
  );
}

const NAMES_A_FRACTURE = words(`
  fracture compression burst wedge injury
`);

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
