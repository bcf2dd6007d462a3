/** Several vertebrae told in one row, and what is told without a vertebra. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

function entry(text: string, level: string | null): Readonly<Record<string, unknown>> {
  const fracture = readReport(text).fractures.find((one) => one.level === level);
  const values = Object.entries(fracture?.findings ?? {}).map(([name, { value }]) => [name, value] as const);
  return { status: fracture?.status, ...Object.fromEntries(values) };
}

const MILD = { min: 20, max: 25 };

describe('a denial', () => {
  test('is never kept for a fracture without a vertebra', () => {
    const read = entry(
      'Lower thoracic compression fracture. No retropulsion. Posterior wall intact. No oedema.',
      null,
    );
    expect(read).toEqual({ status: 'present' });
  });

  test('of a place between two vertebrae is none of a fracture elsewhere', () => {
    expect(entry('Compression fracture of T6. No retropulsion at T12-L1.', 'T6')).toEqual({
      status: 'present',
    });
  });
});

describe('a row of vertebrae', () => {
  test('gives each vertebra the grade beside it', () => {
    const text = 'T6 to T8 fractures, severities: T6 mild, T7 moderate, T8 severe.';
    expect(entry(text, 'T6').heightLossPercent).toEqual(MILD);
    expect(entry(text, 'T7').heightLossPercent).toEqual({ min: 25, max: 40 });
    expect(entry(text, 'T8').heightLossPercent).toEqual({ min: 40, max: 100, minExclusive: true });
  });

  test('may be graded together', () => {
    const text = 'Compression fractures from T11 to L1, each mild, none with retropulsion.';
    expect(entry(text, 'T12').heightLossPercent).toEqual(MILD);
  });

  test('with an aside to each shares the noun and its age', () => {
    const text = 'Acute fractures of T12 (mild) and L1 (severe), with oedema.';
    expect(entry(text, 'T12')).toMatchObject({ status: 'present', acuity: 'acute' });
    expect(entry(text, 'L1')).toMatchObject({ status: 'present', acuity: 'acute' });
    expect(entry(text, 'L1').heightLossPercent).toMatchObject({ min: 40 });
  });

  test('that is denied is denied no further than it was named plainly', () => {
    expect(entry('No fractures of T12 (intact) and L1 (A4).', 'L1').status).toBeUndefined();
  });

  test('may be told apart by the former and the latter', () => {
    const text = 'T12 and L1 deformities again seen, the former severe, the latter mild.';
    expect(entry(text, 'L1').heightLossPercent).toEqual(MILD);
  });
});

describe('a height', () => {
  test('of now counts against one of then, whatever the canal has lost', () => {
    const text =
      'The L2 fracture has lost more height, 30% then, now 45%, and retropulsion narrows the canal by 20%.';
    expect(entry(text, 'L2').heightLossPercent).toEqual({ min: 45, max: 45 });
  });

  test('is not the loss of bone density', () => {
    const text =
      'L3 excluded. Least significant change has been exceeded at the spine: 5.1% loss since 2021.';
    expect(entry(text, 'L3').status).toBeUndefined();
  });

  test('told of a cemented vertebra shows that it is fractured', () => {
    expect(entry('Kyphoplasty of L1. Residual height loss of 30% at L1.', 'L1').status).toBe('present');
  });
});

describe('a fracture', () => {
  test('may be dictated in small letters', () => {
    expect(entry('compression fractures at t six and t nine', 'T9').status).toBe('present');
  });

  test('is there when only its cause or its age is asked', () => {
    expect(
      entry('Fracture of T4, whether osteoporotic or metastatic cannot be determined.', 'T4').status,
    ).toBe('present');
    expect(entry('Whether the T9 compression deformity is recent cannot be determined.', 'T9').status).toBe(
      'present',
    );
  });

  test('is not of the vertebra named last when all of them are spoken of', () => {
    const text =
      'L1 - mild compression.\nL4 - lytic focus; not fractured. All three fractures are myelomatous.';
    expect(entry(text, 'L4').status).not.toBe('present');
  });
});
