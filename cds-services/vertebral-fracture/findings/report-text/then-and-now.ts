/** "Fracture of T11. Two weeks ago it was 20 % and it is now 35 %.": a sentence of two amounts, of an earlier day and of today. */
import { amountsAfterFractures } from './bare-percent.js';
import { lossThen } from './loss-then.js';
import { type Said, value } from './said.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const TIMES = words(`
  previously formerly initially originally before ago then earlier prior previous last first day days week weeks
  month months year years today currently film films ct mri study scan exam examination radiograph radiographs
  against versus vs compared when increased up loss height
  two three four five six seven eight nine ten 2 3 4 5 6 7 8 9 10 12
  january february march april may june july august september october november december spring summer autumn
  winter
`);

/** @param before the sentence before it, in the same paragraph */
export function amountsThenAndNow(sentence: ReadSentence, before: ReadSentence | undefined): readonly Said[] {
  if (sentence.mentions.length > 1) return [];
  const percents = amountsAfterFractures(sentence, before, TIMES);
  if (percents.length !== 2) return [];
  const today = percents.find((percent) => lossThen(sentence, percent, percents) !== undefined);
  const then = today === undefined ? undefined : lossThen(sentence, today, percents);
  if (today === undefined || then === undefined) return [];
  const where = { quote: { from: today.from, to: today.to }, owner: sentence.ownerAt(today.from) };
  const hasGrown = today.min > then.max;
  return [
    value('heightLossPercent', { min: today.min, max: today.max }, where),
    ...(hasGrown ? [value('progression', true, where)] : []),
  ];
}
