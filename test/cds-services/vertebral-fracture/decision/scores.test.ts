/** OF score, SINS and TLICS: the published points, and never more certain than what they are counted from. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Score, scoresOf } from '../../../../cds-services/vertebral-fracture/decision/scores.js';
import type { Level } from '../../../../cds-services/vertebral-fracture/findings/level.js';
import { at, caseWith } from '../../../support/fracture-case.js';

interface Given {
  readonly findings: object;
  readonly patient: object;
  readonly levels?: readonly string[];
}

/** Counts the score of a fracture of which nothing is known but what is given; numbers are points of a scale. */
function score({ findings, patient, levels = ['L3'] }: Given): Score | undefined {
  const { fracture, patientFindings } = caseWith();
  const unknown = (known: object) => Object.fromEntries(Object.keys(known).map((name) => [name, undefined]));
  return scoresOf(
    caseWith({
      fracture: { ...unknown(fracture.findings), ...asValues(findings) },
      patient: { ...unknown(patientFindings), ...asValues(patient) },
      about: { levels: levels as Level[] },
    }),
  )[0];
}

function asValues(given: object): object {
  const values = Object.entries(given) as [string, unknown][];
  return Object.fromEntries(
    values.map(([name, value]) => [name, typeof value === 'number' ? at(value) : value]),
  );
}

describe('OF score (AO Spine-DGOU pocket card: clinical.md 4.3)', () => {
  const of = (findings: object, patient: object = {}) =>
    score({ findings: { aetiology: 'osteoporotic', ...findings }, patient });

  test('is not counted without the OF type', () => {
    expect(of({ ofType: undefined })?.unknownAsZero).toBeUndefined();
  });

  test('everything known against cement: OF1, no progression, little pain, intact', () => {
    const low = of(
      { ofType: '1', progression: false },
      { boneMineralDensityTScore: -2, painScore: 3, neurologicalDeficit: false },
    );
    expect(low).toMatchObject({
      name: 'OF',
      min: -3,
      max: 1,
      reading: 'conservative',
      missing: ['mobilisation', 'health'],
    });
    expect(low?.unknownAsZero).toBe(0);
  });

  test('everything known for it: OF4, T-score -3.5, progression, pain in spite of therapy', () => {
    const high = of(
      { ofType: '4', progression: true },
      {
        boneMineralDensityTScore: -3.5,
        painScore: 8,
        conservativeTherapyFailed: true,
        neurologicalDeficit: false,
      },
    );
    expect(high).toMatchObject({ unknownAsZero: 11, min: 8, max: 12, reading: 'surgery-or-cement' });
  });

  test('says nothing where the unknown spans a cut', () => {
    expect(of({ ofType: '3' })?.reading).toBeUndefined();
  });
});

describe('SINS (2010: clinical.md 4.4)', () => {
  const sins = (findings: object, patient: object = {}, levels?: readonly string[]) =>
    score({
      findings: { aetiology: 'malignant', ...findings },
      patient,
      ...(levels !== undefined && { levels }),
    });

  test.each([
    ['T1', 3],
    ['T2', 3],
    ['T3', 1],
    ['T10', 1],
    ['T11', 3],
    ['L1', 3],
    ['L2', 2],
    ['L4', 2],
    ['L5', 3],
  ])('location %s gives %i', (level, points) => {
    const location = sins({}, {}, [level])?.items.find(({ parameter }) => parameter === 'location');
    expect([location?.min, location?.max]).toEqual([points, points]);
  });

  test.each<[string, unknown, number, number]>([
    ['none', 0, 0, 1],
    ['below 50 %', 30, 2, 2],
    ['exactly 50 %, which no source defines', 50, 2, 3],
    ['above 50 %', 51, 3, 3],
    ['a span across 50 %', { min: 40, max: 60 }, 2, 3],
    ['unknown', undefined, 0, 3],
  ])('collapse %s', (_, heightLossPercent, min, max) => {
    const collapse = sins({ heightLossPercent })?.items.find(({ parameter }) => parameter === 'collapse');
    expect([collapse?.min, collapse?.max]).toEqual([min, max]);
  });

  test('translation alone makes it at least potentially unstable at a junction', () => {
    const given = { morphology: 'translation', heightLossPercent: 60 };
    expect(sins(given, { painScore: 7 }, ['T12'])).toMatchObject({
      min: 11,
      reading: 'at-least-potentially-unstable',
    });
  });

  test('is not counted where a radiologist stated it', () => {
    expect(sins({ sinsScore: 9 })).toBeUndefined();
  });
});

describe('TLICS (clinical.md G27)', () => {
  const tlics = (findings: object, patient: object = {}) =>
    score({ findings: { aetiology: 'traumatic', ...findings }, patient });

  test('compression, intact, ligaments unknown: 1 to 4, no reading', () => {
    const found = tlics({ morphology: 'wedge' }, { neurologicalDeficit: false });
    expect(found).toMatchObject({ min: 1, max: 4, missing: ['ligaments'] });
    expect(found?.reading).toBeUndefined();
  });

  test('distraction with a deficit: surgery, whatever the ligaments', () => {
    expect(tlics({ morphology: 'chance' }, { neurologicalDeficit: true })).toMatchObject({
      min: 6,
      max: 10,
      reading: 'surgery',
    });
  });
});

test('a fact more never widens a score, and never leaves its span', () => {
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const facts = fc.record({
    aetiology: fc.constantFrom('osteoporotic', 'malignant', 'traumatic'),
    ofType: optional(fc.constantFrom('1', '2', '3', '4', '5')),
    morphology: optional(fc.constantFrom('wedge', 'burst', 'chance', 'translation')),
    heightLossPercent: optional(fc.integer({ min: 0, max: 100 })),
    progression: optional(fc.boolean()),
    kyphosis: optional(fc.boolean()),
  });
  const patient = fc.record({
    painScore: optional(fc.integer({ min: 0, max: 10 })),
    neurologicalDeficit: optional(fc.boolean()),
    conservativeTherapyFailed: optional(fc.boolean()),
    anticoagulated: optional(fc.boolean()),
    boneMineralDensityTScore: optional(fc.integer({ min: -6, max: 2 })),
  });
  fc.assert(
    fc.property(
      facts,
      patient,
      fc.constantFrom(
        ...[
          'morphology',
          'heightLossPercent',
          'progression',
          'painScore',
          'neurologicalDeficit',
          'anticoagulated',
        ],
      ),
      (findings, person, dropped) => {
        const without = (from: object) => ({ ...from, [dropped]: undefined });
        const full = score({ findings, patient: person });
        const less = score({ findings: without(findings), patient: without(person) });
        if (full === undefined || less === undefined) return;
        expect(full.min).toBeGreaterThanOrEqual(less.min);
        expect(full.max).toBeLessThanOrEqual(less.max);
        if (less.reading !== undefined && less.reading !== 'at-least-potentially-unstable')
          expect(full.reading).toBe(less.reading);
      },
    ),
  );
});
