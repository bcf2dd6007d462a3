/** Fractures told as a list: what opens it, what singles one out, what is left for the others, and types that name a fracture. */
import { describe, expect, test } from '@jest/globals';
import { fracturesTold as told } from '../../../../support/fractures-told.js';

describe('a head in the plural opens a list of fractures', () => {
  test.each([
    [
      'Three fractures: T7 chronic, L1 acute and L3 subacute.',
      'T7 present chronic, L1 present acute, L3 present subacute',
    ],
    ['Two fractures: T12 acute with edema, L3 chronic without.', 'T12 present acute, L3 present chronic'],
    [
      'Three compression fractures, T8 old, T11 new, L1 new.',
      'T8 present chronic, T11 present acute, L1 present acute',
    ],
    ['Fractures at two levels: T12 (acute), L2 (old).', 'T12 present acute, L2 present chronic'],
    ['There are two compression fractures, one at T9, the other at L1.', 'T9 present, L1 present'],
    ['Known fractures, T12 acute, L4 healed.', 'T12 present acute, L4 present healed'],
  ])('with their ages: %s', (text, expected) => {
    expect(told(text, 'acuity')).toBe(expected);
  });

  test.each([
    [
      'Multiple wedge fractures: T5 mild, T6 moderate, T8 severe.',
      'T5 present 20-25, T6 present 25-40, T8 present 40-100',
    ],
    ['Vertebral fractures: T8 (Genant 2), T12 (Genant 1).', 'T8 present 25-40, T12 present 20-25'],
    ['Compression fractures of T12, moderate, and L1, severe.', 'T12 present 25-40, L1 present 40-100'],
    ['Compression fractures: moderate at T8 and severe at L1.', 'T8 present 25-40, L1 present 40-100'],
  ])('with their grades: %s', (text, expected) => {
    expect(told(text, 'heightLossPercent')).toBe(expected);
  });

  test('whose cause is that of each', () => {
    expect(told('Myelomatous fractures at T7 (moderate) and L1 (severe).', 'aetiology')).toBe(
      'T7 present malignant, L1 present malignant',
    );
  });

  test.each([
    ['Fractures of T12, old, and L1 haemangioma.', 'T12 present'],
    ['Fractures of T11 and T12, old, and L1 normal.', 'T11 present, T12 present'],
    ['Compression fractures T12, moderate, L1 marrow oedema.', 'T12 present'],
    ['Two rib fractures: left 5 and 6; T8 haemangioma.', ''],
    ['Three lesions: T7 lytic, L1 sclerotic, L3 lytic. No fracture.', ''],
    ['Two fractures of the pelvis: L5 transitional, L4 normal.', ''],
    ['Left T8-T10 costovertebral junction fractures.', ''],
  ])('but not what is no fracture: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('the others of a list', () => {
  test.each([
    [
      'Fractures T9, T10 and L1, severe at T10, others mild.',
      'T9 present 20-25, T10 present 40-100, L1 present 20-25',
    ],
    [
      'Wedge fractures of T6, T7 and T9. The T7 fracture is severe, the other two are mild.',
      'T6 present 20-25, T7 present 40-100, T9 present 20-25',
    ],
    [
      'Compression fractures T8, T9, T12: T12 severe, rest mild.',
      'T8 present 20-25, T9 present 20-25, T12 present 40-100',
    ],
    [
      'T7, T8 and L1 fractured; L1 moderate, remainder mild.',
      'T7 present 20-25, T8 present 20-25, L1 present 25-40',
    ],
    ['Fractures of T12 and L1. T12 moderate, the other mild.', 'T12 present 25-40, L1 present 20-25'],
    [
      'Fractures of L1, L2, L3. L2 has lost half its height, the others 20%.',
      'L1 present 20-20, L2 present 50-50, L3 present 20-20',
    ],
    [
      'Three wedge fractures (T6, T8, T11). T8 is severe. The remaining two are mild.',
      'T6 present 20-25, T8 present 40-100, T11 present 20-25',
    ],
  ])('are graded together: %s', (text, expected) => {
    expect(told(text, 'heightLossPercent')).toBe(expected);
  });

  test('are dated together', () => {
    expect(told('Compression fractures of T8, T9 and L2. L2 acute, the others chronic.', 'acuity')).toBe(
      'T8 present chronic, T9 present chronic, L2 present acute',
    );
  });

  test.each([
    'Fractures of T12 and L1. Disc bulge L4-5 severe, others mild.',
    'Fractures of T12 and L1, severe stenosis at L4/5, the rest mild.',
    'Fractures of T12 and L1. T11: severe haemangioma. Rest of spine: mild spondylosis.',
    'Fractures of T12 and L1. L3 mild degenerative change, the others are normal.',
  ])('are not meant where something else is graded: %s', (text) => {
    expect(told(text, 'heightLossPercent')).toBe('T12 present, L1 present');
  });

  test('are never denied a finding by that word alone', () => {
    const text = 'Fractures T5, T6, T9. T9 acute with marrow oedema, the others without oedema.';
    expect(told(text, 'marrowOedema')).toBe('T5 present, T6 present, T9 present true');
  });
});

describe('a type of fracture names a fracture', () => {
  test.each([
    ['AOSpine A3 injury of L2.', 'L2 present A3'],
    ['Type A1 injury T12 and type A0 injury T11 by AO.', 'T11 present A0, T12 present A1'],
    ['Hyperextension injury through the T8 vertebral body in DISH, AO type B3.', 'T8 present B3'],
    ['Three column fracture through T9 in a patient with DISH, AO B3.', 'T9 present B3'],
    ['T12 A3 and L1 A2 fractures.', 'T12 present A3, L1 present A2'],
    ['L1 endplate fracture, no retropulsion, AO A1.', 'L1 present A1'],
    ['No A3 or A4 injury at L2.', ''],
  ])('of the AO Spine: %s', (text, expected) => {
    expect(told(text, 'aoType')).toBe(expected);
  });

  test.each([
    ['OF 3 fracture of L1, subacute.', 'L1 present 3'],
    ['OF type 2 fracture of L1, fresh.', 'L1 present 2'],
    ['OF3 at T11: both endplates.', 'T11 present 3'],
    ['OF classification of the fractures: L1 OF 3, T12 OF 1.', 'T12 present 1, L1 present 3'],
    ['OF 3 FRACTURE OF L1 WITH OEDEMA.', 'L1 present 3'],
    ['OF 3 FRACTURES THAT OF L1 IS NEW.', 'L1 present'],
    ['Of 3 fractures only that of L1 is new.', 'L1 present'],
  ])('of the OF classification, unlike the word: %s', (text, expected) => {
    expect(told(text, 'ofType')).toBe(expected);
  });

  test.each<[string, 'sinsScore' | 'tlicsScore', string]>([
    ['Pathological fracture of T9. SINS for T9 is 13.', 'sinsScore', 'T9 present 13-13'],
    ['Pathological fracture of T9. SINS: 11.', 'sinsScore', 'T9 present 11-11'],
    [
      'Pathological fractures of T12 and L2. SINS T12 = 8, L2 = 5.',
      'sinsScore',
      'T12 present 8-8, L2 present 5-5',
    ],
    ['T11 fracture, AO A4. TLICS for T11: 7.', 'tlicsScore', 'T11 present 7-7'],
  ])('and points are given to the vertebra they name: %s', (text, finding, expected) => {
    expect(told(text, finding)).toBe(expected);
  });
});
