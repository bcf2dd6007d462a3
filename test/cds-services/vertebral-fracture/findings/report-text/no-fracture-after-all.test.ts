/** Shapes told to be harmless, doubts settled, denials in clauses of their own, and which loss of height is the one of today. */
import { describe, expect, test } from '@jest/globals';
import { fracturesTold } from '../../../../support/fractures-told.js';

const told = (text: string) => fracturesTold(text, 'heightLossPercent');

describe('a shape that is told to be harmless is no fracture', () => {
  test.each([
    ['Mild wedging of T12 is a normal variant, not a fracture.', 'T12 absent'],
    ['The wedging at T8 is projectional rather than a fracture.', 'T8 absent'],
    ['Slight anterior wedging of L1, within physiological limits. No fracture.', 'L1 absent'],
    ['No compression fracture. The loss of height of T7 is due to projection.', 'T7 absent'],
    ['The apparent wedging of T11 is positional and not a true fracture.', 'T11 absent'],
    ['Short anterior height of T9 lies within normal limits and is not a fracture.', 'T9 absent'],
    ['The deformity of L2 represents a developmental variant, not a fracture.', 'L2 absent'],
    ['Wedging at T12 is purely artefactual.', ''],
    ['Wedge deformity of T8 reflects a congenital variant.', ''],
    ['Wedged appearance of T12 in keeping with a normal variant.', ''],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['Mild wedging of T12 is likely a normal variant.', 'T12 possible 20-25'],
    ['Mild wedge deformity at T8 which may be physiologic rather than a fracture.', 'T8 possible 20-25'],
    ['Mild wedge fracture of T12. Alignment is within normal limits.', 'T12 present 20-25'],
    ['Compression fracture of T12 with projection of a fragment, 20 %.', 'T12 present 20-20'],
    ['Mild wedging of T8 is a normal variant, L1 wedge fracture of 30 %.', 'L1 present 30-30'],
  ])('and one that is not, or perhaps, is: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('a doubt the same sentence settles is none', () => {
  test.each([
    ['The questionable T6 deformity on the radiograph is not a fracture.', 'T6 absent'],
    ["The suspected fracture of L2 is excluded by today's CT.", 'L2 absent'],
    ['The possible T12 compression fracture on the radiograph is not confirmed on MRI.', 'T12 absent'],
    ['The queried deformity of T9 on the lateral film is not a true fracture.', 'T9 absent'],
    ['The L3 lucency, a nutrient canal and not a fracture.', 'L3 absent'],
    ['Irregular superior endplate of L3, degenerative rather than fracture.', 'L3 absent'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['The questionable compression fracture at L1 is not confirmed on this radiograph.', 'L1 possible'],
    ['The suspected T7 fracture is not a burst fracture.', 'T7 possible'],
    ['Oedema in T12, likely degenerative rather than fracture.', ''],
    ['Old wedging of T12 rather than fracture.', 'T12 present'],
  ])('and one that stays open does: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('a clause of its own denies the fracture of the vertebra before it', () => {
  test.each([
    [
      'Wedge compressions of T11 and L1 sparing T12, which shows no fracture.',
      'T11 present, T12 absent, L1 present',
    ],
    [
      'Wedge fractures from T10 to L1, with the exception of T12 which is not fractured.',
      'T10 present, T11 present, T12 absent, L1 present',
    ],
    ['Sclerotic metastases in T10 and L3, neither of which has collapsed.', 'T10 absent, L3 absent'],
    ['Metastases in T4, T6 and L3, none of which are fractured.', 'T4 absent, T6 absent, L3 absent'],
    ['Haemangioma in L3, which does not show any fracture.', 'L3 absent'],
    ['Lytic lesion in T11, which has not yet collapsed.', 'T11 absent'],
    ['Metastases in L1, L2 and L3, which has not fractured.', 'L3 absent'],
    ['No fracture in T12 or in L1.', 'T12 absent, L1 absent'],
    ['No fracture of L5 nor of L4.', 'L4 absent, L5 absent'],
    ['No pathological fracture at L1 as yet.', 'L1 absent'],
    [
      'Acute fractures are present at T3, T4 and T6. T5 is spared.',
      'T3 present, T4 present, T5 absent, T6 present',
    ],
    ['The fractured vertebra is T12. L1 is intact.', 'T12 present, L1 absent'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['Fracture of T12, which has not fractured the posterior wall.', 'T12 present'],
    ['Fracture of L1, which is not a burst fracture.', 'L1 present'],
    ['Metastases in L1, L2 and L3, which shows no fracture.', ''],
    ['Fracture of T12, which does not show healing.', 'T12 present'],
    ['Pathological fracture of T12 in metastatic disease. L1 is spared.', 'T12 present'],
    ['Screws at L2 and L4 are intact.', ''],
    ['No fracture of T9 as yet united.', ''],
  ])('and a clause of something else does not: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test('"both fractures" are not the vertebrae that were just said to have none', () => {
    expect(
      told(
        'L1: burst fracture. L4: wedge fracture. T12, L2, L3, L5: no fracture. Both fractures are traumatic.',
      ),
    ).toBe('T12 absent, L1 present, L2 absent, L3 absent, L4 present, L5 absent');
  });

  test('"both ... and there is no fracture at L1" speaks of the vertebrae before, and of L1', () => {
    expect(
      told(
        'Vertebroplasties of L2 and L3. Both treated fractures are unchanged and there is no fracture at L1.',
      ),
    ).toBe('L1 absent, L2 present, L3 present');
  });
});

describe('the loss of height is the one of today', () => {
  test.each([
    ['The L2 fracture has lost a further 15% of its height and now measures 45%.', 'L2 present 45-45'],
    ['The L2 fracture has lost another 10 % of its height.', 'L2 present'],
    ['L1 compression fracture with an additional 10 % loss of height.', 'L1 present'],
    ['T12 fracture had a 60% loss of height prior to the procedure.', 'T12 present'],
    ['T11 fracture with oedema. Two weeks ago it was 20% and it is now 35%.', 'T11 present 35-35'],
    [
      'The T12 fracture has lost height, measuring 55% today against 40% at presentation.',
      'T12 present 55-55',
    ],
    ['Compression fracture L1 lost 25% in 2021 and 40% now.', 'L1 present 40-40'],
    ['T8 is three quarters of its normal height, recent fracture.', 'T8 present 25-25'],
    ['The L2 fracture is healing. Height is maintained since then.', 'L2 present'],
    ['L2 has an acute looking endplate fracture with loss of about 15% of its height.', 'L2 present 15-15'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('a fracture without the word', () => {
  test.each([
    ['Genant 1 T8.', 'T8 present 20-25'],
    ['T8: Genant 2.', 'T8 present 25-40'],
    ['Genant 0 T8.', ''],
    ['The T7 body is comminuted.', 'T7 present'],
    ['Six lumbar vertebrae. There is slight wedging of L6.', 'none present 0-25'],
    ['T7-T8 fracture-dislocation. The T8 body is fractured.', 'T8 present'],
    ['Clearing of RML collapse.', ''],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});
