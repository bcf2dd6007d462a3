/** Lines with labels, corrections, pronouns and misheard levels: which vertebra each of them speaks of. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

function statuses(text: string): readonly string[] {
  return readReport(text).fractures.map(({ level, status }) => `${level ?? 'none'} ${status}`);
}

function valueOf(text: string, name: 'heightLossPercent' | 'marrowOedema', level: string): unknown {
  return readReport(text).fractures.find((one) => one.level === level)?.findings[name]?.value;
}

describe('lines with a vertebra as their label', () => {
  test('a table below the quality of the images makes findings', () => {
    const text = 'VFA\n  Quality: T4-L4 visualised.\n  T7    Genant grade 2, wedge\n  L2    no fracture\n';
    expect(statuses(text)).toEqual(['T7 present', 'L2 absent']);
  });

  test('a range in the first column is denied as a whole', () => {
    const text = 'VFA\n  T9    wedge, Genant grade 1\n  L1 to L3   no fracture\n';
    expect(statuses(text)).toEqual(['T9 present', 'L1 absent', 'L2 absent', 'L3 absent']);
  });

  test('neighbours joined by a dash are vertebrae where a fracture of them is denied', () => {
    expect(statuses('L2: wedge fracture, mild. L3-L4: no fracture.')).toEqual([
      'L2 present',
      'L3 absent',
      'L4 absent',
    ]);
  });

  test('vertebrae listed with their age are the fractures counted before', () => {
    const text = 'There are two compression fractures. T11: old. L2: recent, with marrow oedema.';
    expect(statuses(text)).toEqual(['T11 present', 'L2 present']);
    expect(valueOf(text, 'marrowOedema', 'L2')).toBe(true);
  });

  test('where no fractures were counted an age alone makes none', () => {
    expect(statuses('There are two Schmorl nodes. T11: old. L2: recent.')).toEqual([]);
  });

  test('the ranges of the SINS are no vertebrae with a fracture', () => {
    expect(
      statuses('Burst fracture of L3.\n\nSINS:\n location (L2-L4, mobile) 2\n collapse > 50 % 3\n'),
    ).toEqual(['L3 present']);
  });
});

describe('corrections', () => {
  test('a numbered addendum that names another vertebra moves what was said, and its values are of that one', () => {
    const text =
      'FINDINGS: Compression fracture of L3.\n\n-- ADDENDUM 2 --\nThe fractured vertebra is L2. There is no fracture at L3. The loss of height is 30%.';
    expect(statuses(text)).toEqual(['L2 present', 'L3 absent']);
    expect(valueOf(text, 'heightLossPercent', 'L2')).toEqual({ min: 30, max: 30 });
  });

  test('a level described above as another one is that one', () => {
    const text =
      'T9: Collapse with 40% loss of height.\n\nADDENDUM: On recounting, the collapsed level described above as T9 is T10.';
    expect(statuses(text)).toEqual(['T10 present']);
  });

  test.each([
    ['compression fracture of L2 sorry correction L3 with mild loss of height', ['L3 present']],
    ['Wedge fracture of T7, scratch that, T8.', ['T8 present']],
    ['The fracture is not at T11, as was said by telephone, but at T12.', ['T12 present']],
  ])('the second vertebra counts: %s', (text, expected) => {
    expect(statuses(text)).toEqual(expected);
  });

  test.each([
    ["What was taken for an L3 fracture is a Schmorl's node. L3 is not fractured.", ['L3 absent']],
    ['Suspected fracture of T9 on the radiograph. CT shows no fracture of T9.', ['T9 absent']],
    [
      'The slight wedging of T8 and T9 is physiological, there is no fracture of either.',
      ['T8 absent', 'T9 absent'],
    ],
    ['MRI rules out a fracture of L2.', ['L2 absent']],
  ])('a vertebra denied by name after it was spoken of is not fractured: %s', (text, expected) => {
    expect(statuses(text)).toEqual(expected);
  });

  test.each([
    'Compression fracture of L1. No fracture line is visible in L1 any more.',
    'Compression fracture of L1. The old fracture of L1 has healed, without a fracture line.',
    'L1 compression fracture. There is no fracture of the L1 pedicle.',
    'The L1 fracture was not present in 2020.',
    'L1 compression fracture. No fracture from T10 to L5 otherwise.',
    'L1 is not burst. It is a wedge fracture.',
    'No acute fracture of L1. Old wedge fracture of L1.',
    'Old wedge fracture of L1. No acute fracture of L1.',
    'Compression fracture of L1. No new fracture of L1 or L2.',
  ])('what is only partly denied stays fractured: %s', (text) => {
    expect(statuses(text)).toContain('L1 present');
  });

  test('a fracture that cannot be seen is neither stated nor denied', () => {
    expect(statuses('I cannot see a fracture of L3.')).toEqual([]);
  });
});

describe('pronouns for a fracture', () => {
  test.each([
    ['The wedge fracture of T8 is old. That of T11 is new.', ['T8 present', 'T11 present']],
    ['Old compression fracture of T12. There is a new one at L2.', ['T12 present', 'L2 present']],
    ['Acute fracture of L1, the one at L3 is old.', ['L1 present', 'L3 present']],
  ])('%s', (text, expected) => {
    expect(statuses(text)).toEqual(expected);
  });

  test.each([
    ['Haemangioma of T12. There is a larger one at L2.', []],
    ['The oedema of the L1 fracture has gone. That of L3 has not.', ['L1 present']],
    ['The height of T8 is reduced by 20%. That of T9 is maintained.', ['T8 present']],
    ['No fracture of T12. That of L1 is normal.', ['T12 absent']],
  ])('stand for something else: %s', (text, expected) => {
    expect(statuses(text)).toEqual(expected);
  });
});

describe('levels as speech recognition writes them', () => {
  test.each([
    ['Acute compression fracture of tea 12.', ['T12 present']],
    ['the tee eleven wedge fracture is old', ['T11 present']],
    ['compression fracture of el three', ['L3 present']],
    ['Dee 12 shows a mild compression fracture', ['T12 present']],
    ['compression fracture of L won', ['L1 present']],
  ])('%s', (text, expected) => {
    expect(statuses(text)).toEqual(expected);
  });
});
