/** Values that stand without the noun they belong to, and words that look like a value and are none. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

/** The values of one vertebra in a text. */
function read(text: string, level: string | null): Readonly<Record<string, unknown>> {
  const fracture = readReport(text).fractures.find((one) => one.level === level);
  return Object.fromEntries(
    Object.entries(fracture?.findings ?? {}).map(([name, { value }]) => [name, value]),
  );
}

const MILD = { min: 20, max: 25 };
const MODERATE = { min: 25, max: 40 };

describe('height loss', () => {
  test('a grade that stands apart is of the fracture named before', () => {
    expect(read('Wedge fracture in the mid thoracic spine, moderate.', null).heightLossPercent).toEqual(
      MODERATE,
    );
    expect(
      read('Compression fracture of L1 on the low dose CT, moderate in degree.', 'L1').heightLossPercent,
    ).toEqual(MODERATE);
  });

  test('a vertebra of which a fracture is known may be graded by itself', () => {
    const text = 'There are two fractures. T7: moderate, wedge, old. T9: mild, wedge.';
    expect(read(text, 'T7').heightLossPercent).toEqual(MODERATE);
    expect(read(text, 'T9').heightLossPercent).toEqual(MILD);
  });

  test.each([
    ['L1', 'Wedge fracture of L1 with oedema, severe.'],
    ['T12', 'Wedge fracture of T12 with canal stenosis, severe.'],
    ['L1', 'Compression fracture of L1. Facet arthropathy: L1 mild, L2 severe.'],
    ['L4', 'Compression fracture of L4. L4: mild, broad based disc bulge.'],
    ['T7', 'T7 compression fracture. The cord is flattened at T7.'],
    ['T7', 'History of T7 fracture. Lumbar vertebral heights are normal.'],
    ['L5', 'L5 fracture. Deposit replaces two thirds of the body.'],
    ['T11', 'Fracture of T11 with oedema through the superior half of the body.'],
  ])('of %s none is read in: %s', (level, text) => {
    expect(read(text, level)).not.toHaveProperty('heightLossPercent');
  });

  test('what is residual is a deformity, or a height', () => {
    expect(
      read('Healed T6 fracture with residual wedging of 25-30 percent.', 'T6').heightLossPercent,
    ).toEqual({
      min: 25,
      max: 30,
    });
    expect(read('T6 fracture, residual height 60 percent.', 'T6').heightLossPercent).toEqual({
      min: 40,
      max: 40,
    });
  });

  test('a cause behind the number does not take it', () => {
    expect(read('T9 has collapsed by 70% from tumour.', 'T9').heightLossPercent).toEqual({
      min: 70,
      max: 70,
    });
    expect(
      read('T7 compression fracture, estimated 25 percent, no marrow signal to suggest infiltration.', 'T7')
        .heightLossPercent,
    ).toEqual({ min: 25, max: 25 });
  });

  test('of two losses the present one counts, and a greater one is progress', () => {
    expect(read('L1 fracture: height loss now 40% against 30% three weeks ago.', 'L1')).toMatchObject({
      heightLossPercent: { min: 40, max: 40 },
      progression: true,
    });
  });
});

describe('signs', () => {
  test('a sign seen in one vertebra may be denied in others', () => {
    const text = 'Compression fractures of T7, T9 and L1. There is marrow oedema in L1 but none in T7 or T9.';
    expect(
      [read(text, 'L1'), read(text, 'T7'), read(text, 'T9')].map(({ marrowOedema }) => marrowOedema),
    ).toEqual([true, false, false]);
  });

  test('"none" behind a sign denies it', () => {
    expect(read('Fracture of L1. Retropulsion none.', 'L1').retropulsion).toBe(false);
  });

  test.each([
    'Fracture of L2. Retropulsion was not seen last month.',
    'Fracture of L2. Retropulsion was noted on the previous CT.',
    'Fracture of L2. Oedema was seen in March 2022.',
    'Fracture of L2. MRI for oedema if clinically relevant.',
  ])('no sign of today is read in: %s', (text) => {
    expect(read(text, 'L2')).toEqual({});
  });

  test('a wall that bulges backward is retropulsed, and not therefore broken', () => {
    const values = read('The posterior cortex of the fractured T11 body bulges 3 mm into the canal.', 'T11');
    expect(values.retropulsion).toBe(true);
    expect(values).not.toHaveProperty('posteriorWallDisrupted');
  });

  test('oedema limited to a part limits no denial', () => {
    expect(
      read('Fracture of L1, with oedema limited to the upper third and an intact posterior wall.', 'L1'),
    ).toMatchObject({ marrowOedema: true, posteriorWallDisrupted: false });
  });

  test('the kyphosis a patient had before is none of the fracture', () => {
    expect(read('T11 fracture, nursed in his pre-injury kyphosis.', 'T11')).not.toHaveProperty('kyphosis');
  });
});

describe('change', () => {
  test.each([
    'Fracture of T8, the same as on the comparison study of 2020.',
    'T8 wedge deformity, stable since 2021.',
    'The compression fracture at T8 looks same as before.',
  ])('none: %s', (text) => {
    expect(read(text, 'T8')).toMatchObject({ progression: false, acuity: 'chronic' });
  });

  test('what has been there for years is old', () => {
    expect(read('The T12 wedge deformity has been there since 2016.', 'T12').acuity).toBe('chronic');
    expect(read('The T12 wedge deformity has been there since last week.', 'T12')).not.toHaveProperty(
      'acuity',
    );
  });
});

test('a vertebra where something else is has no fracture denied', () => {
  const text = 'Bilateral spondylolysis L5 with grade 1 listhesis of L5 over S1, no vertebral body fracture.';
  expect(readReport(text).fractures).toEqual([]);
});
