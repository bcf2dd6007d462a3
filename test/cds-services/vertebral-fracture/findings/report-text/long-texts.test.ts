/** However often a report says it, it says the same; how long that takes is for `npm run bench:reader`. */
import { expect, test } from '@jest/globals';
import { entriesOf } from '../../../../../cds-services/vertebral-fracture/findings/report-text/merge-sections.js';
import type { Placed } from '../../../../../cds-services/vertebral-fracture/findings/report-text/placed.js';
import { fracturesTold } from '../../../../support/fractures-told.js';

test.each([
  ['Acute L1 fracture. ', 'acuity', 'L1 present acute'],
  ['L1 fracture. No retropulsion. ', 'retropulsion', 'L1 present false'],
  ['L1 fracture with 40% loss of height. ', 'heightLossPercent', 'L1 present 40-40'],
] as const)('%j, said twenty thousand times', (sentence, finding, told) => {
  expect(fracturesTold(sentence.repeat(20_000), finding)).toBe(told);
});

test('more statements of one vertebra than a function takes arguments are put together as two are', () => {
  const told = (from: number): Placed => ({
    said: {
      kind: 'status',
      status: 'present',
      quote: { from, to: from + 1 },
      owner: { kind: 'topic' },
    },
    level: 'L1',
    section: 'findings',
  });
  const entries = entriesOf(Array.from({ length: 200_000 }, (_, from) => told(from)));
  expect(entries.map(({ level, status, quotes }) => [level, status, quotes.length])).toEqual([
    ['L1', 'present', 200_000],
  ]);
});

test('a text that takes back its vertebrae again and again is certain of none, and denies nothing', () => {
  const takenBack = (times: number) =>
    fracturesTold('Fracture of L1. Sorry, L2. '.repeat(times) + 'No retropulsion at L2.', 'retropulsion');
  expect(takenBack(1)).toContain('L2 present false');
  expect(takenBack(20_000)).not.toContain('false');
});
