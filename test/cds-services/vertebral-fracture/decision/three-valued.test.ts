import { describe, expect, test } from '@jest/globals';
import {
  above,
  and,
  atLeast,
  atMost,
  below,
  not,
  or,
  type Truth,
} from '../../../../cds-services/vertebral-fracture/decision/three-valued.js';

const T: Truth = 'true';
const F: Truth = 'false';
const U: Truth = 'unknown';

describe('Kleene logic', () => {
  test.each<[Truth, Truth, Truth, Truth]>([
    [T, T, T, T],
    [T, F, F, T],
    [T, U, U, T],
    [F, F, F, F],
    [F, U, F, U],
    [U, U, U, U],
  ])('of %s and %s: and is %s, or is %s, whichever comes first', (a, b, both, either) => {
    expect([and(a, b), and(b, a)]).toEqual([both, both]);
    expect([or(a, b), or(b, a)]).toEqual([either, either]);
  });

  test('the opposite of unknown is unknown', () => {
    expect([not(T), not(F), not(U)]).toEqual([F, T, U]);
  });
});

describe('a quantity against a limit of 70', () => {
  const point = (value: number) => ({ min: value, max: value });
  test.each([
    ['unknown quantity', undefined, U, U],
    ['69.9', point(69.9), T, F],
    ['70', point(70), F, F],
    ['70.1', point(70.1), F, T],
    ['60 to 75', { min: 60, max: 75 }, U, U],
    ['less than 70', { min: 0, max: 70, maxExclusive: true as const }, T, F],
    ['up to 70', { min: 0, max: 70 }, U, F],
    ['more than 70', { min: 70, max: 100, minExclusive: true as const }, F, T],
    ['70 and more', { min: 70, max: 100 }, F, U],
  ])('%s', (_, quantity, isBelow, isAbove) => {
    expect(below(quantity, 70)).toBe(isBelow);
    expect(above(quantity, 70)).toBe(isAbove);
    expect(atLeast(quantity, 70)).toBe(not(isBelow));
    expect(atMost(quantity, 70)).toBe(not(isAbove));
  });
});
