/** Height loss of a vertebra: measured, graded by Genant, or in words that stand for a grade (clinical.md 6 and 3). */
import { graded } from './height-graded.js';
import { kept } from './height-kept.js';
import { measured } from './height-measured.js';
import { inMillimetres } from './height-millimetres.js';
import { GRADES, inWords } from './height-words.js';
import { type Rule, rule, saidByRules } from './rules.js';
import type { Said } from './said.js';
import type { ReadSentence } from './sentence.js';

/** Every height and loss of height a sentence tells. */
export function heightsIn(sentence: ReadSentence): readonly Said[] {
  return saidByRules(HEIGHT_RULES, sentence);
}

export const HEIGHT_RULES: readonly Rule<Said>[] = [
  rule(undefined, measured),
  rule(undefined, inMillimetres),
  rule(['genant', 'grade'], graded),
  rule([...GRADES, 'severityComplete', 'vertebraPlana', 'crushFracture'], inWords),
  rule(['heightKept', 'height', 'heightLoss'], kept),
];
