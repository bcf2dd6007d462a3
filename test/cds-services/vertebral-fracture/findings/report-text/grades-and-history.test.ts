/** Grades told alone or in a list, what a denial answers, prior fractures seen again and the reasons of a treatment. */
import { describe, expect, test } from '@jest/globals';
import { fracturesTold } from '../../../../support/fractures-told.js';

const told = (text: string) => fracturesTold(text, 'heightLossPercent');

describe('a sentence of a grade or an amount goes on about the fracture before it', () => {
  test.each([
    ['Compression fracture of L1. Moderate.', 'L1 present 25-40'],
    ['Wedge fracture of T12 is seen. Mild, old, without retropulsion.', 'T12 present 20-25'],
    ['There is a fracture of L3. Mild to moderate, no canal stenosis.', 'L3 present 20-40'],
    ['Fracture of the L1 upper endplate. About 5-10 percent, no kyphosis.', 'L1 present 5-10'],
    [
      'Compression fracture of L2. It measures less than 20 % and there is no retropulsion.',
      'L2 present 0-20',
    ],
    ['The L2 fracture is reduced, remaining loss of height 10 %.', 'L2 present 10-10'],
    ['Genant grade 1 at T8 and grade 2 at T11.', 'T8 present 20-25, T11 present 25-40'],
    ['Mild superior end-plate compression fracture of L5.', 'L5 present 20-25'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['Compression fracture of L1. Moderate degenerative change.', 'L1 present'],
    ['Compression fracture of L1. Severe canal stenosis.', 'L1 present'],
    ['Compression fractures of L1 and L3. Moderate.', 'L1 present, L3 present'],
    ['Compression fracture of L1 with marrow oedema. Moderate.', 'L1 present'],
    ['No compression fracture of L1. Moderate.', 'L1 absent'],
    ['Grade 1 anterolisthesis at L4 and grade 2 at L5.', ''],
  ])('and one of something else does not: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('a denial that answers a question, or names the other vertebra, is one', () => {
  test.each([
    ['There is no wedge compression of T12 as was questioned on the plain film.', 'T12 absent'],
    ['No compression deformity at L3 as queried.', 'L3 absent'],
    ['The fractured vertebra is T12 and not L1.', 'T12 present, L1 absent'],
    ['The fracture is at L3, not L2.', 'L2 absent, L3 present'],
    ["Endplate irregularities at T10 and T11 are Schmorl's nodes, not fractures.", 'T10 absent, T11 absent'],
    ['No fracture T11-L1, upper levels not assessable.', 'T11 absent, T12 absent, L1 absent'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['The new fracture is at L3, not L2.', 'L3 present'],
    ['The fracture that is acute is T12 and not L1.', 'T12 present'],
    ["The L2 inferior endplate is deformed by a Schmorl's node. No compression fracture.", ''],
  ])('and nothing more is denied: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('history is what is not seen today', () => {
  test.each([
    ['Prior compression fractures at T12 and L2 are unchanged.', 'T12 present, L2 present'],
    ['Previous osteoporotic fracture of L1, stable.', 'L1 present'],
    ['Prior fracture of L1.', 'L1 historical'],
    [
      'Cement augmentation of T12 and L1, performed for osteoporotic fractures.',
      'T12 historical, L1 historical',
    ],
    ['Indication: osteoporosis, rule out fracture. There is a wedge fracture of T11.', 'T11 present'],
    ['History: fall. L1 fracture two years ago.', ''],
    [
      'No marrow oedema in L2 or T11; both compression fractures are therefore old.',
      'T11 present, L2 present',
    ],
    ['Fractures of T11 or T12.', 'T11 possible, T12 possible'],
    ['The signal change in L2 is favoured to represent a recent fracture.', 'L2 possible'],
    ['Suspected impaction of the upper end plate of L1.', 'L1 possible'],
    ['Fractures of the posterior elements of T5, T6 and T7.', ''],
    ['On second look there is a fracture of L3.', 'L3 present'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});
