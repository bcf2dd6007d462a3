/** However often a report says it, it says the same; how long that takes is for `npm run bench:reader`. */
import { expect, test } from '@jest/globals';
import { fracturesTold } from '../../../../support/fractures-told.js';

test.each([
  ['Acute L1 fracture. ', 'acuity', 'L1 present acute'],
  ['L1 fracture. No retropulsion. ', 'retropulsion', 'L1 present false'],
  ['L1 fracture with 40% loss of height. ', 'heightLossPercent', 'L1 present 40-40'],
] as const)('%j, said twenty thousand times', (sentence, finding, told) => {
  expect(fracturesTold(sentence.repeat(20_000), finding)).toBe(told);
});
