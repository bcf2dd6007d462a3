/** What is too old to count, or from before the fracture. */
import { describe, expect, test } from '@jest/globals';
import type { Observation } from 'fhir/r4.js';
import { fracture, fractureFindings, loss, patientFindings } from '../../../support/fresh-fracture.js';
import { findingsOf, icd, level, observed, valuesOf } from '../../../support/record.js';

describe('too old to count', () => {
  test.each<[string, Observation, string]>([
    [
      'a pain score of 15 days',
      observed('pain-score', { valueInteger: 8 }, { effectiveDateTime: '2026-11-08' }),
      'painScore',
    ],
    [
      'an INR of 31 days',
      observed('inr', { valueQuantity: { value: 1 } }, { effectiveDateTime: '2026-10-23' }),
      'inr',
    ],
    [
      'a platelet count without a date',
      observed(
        'platelet-count',
        { valueQuantity: { value: 200 } },
        { effectiveDateTime: undefined as unknown as string },
      ),
      'plateletCount',
    ],
    [
      'an examination before the fracture',
      observed('neurological-deficit', { valueBoolean: false }, { effectiveDateTime: '2026-10-30' }),
      'neurologicalDeficit',
    ],
  ])('%s', (_, observation, finding) => {
    const { patientFindings: found, stale } = findingsOf([fracture, observation]);
    expect(found).not.toHaveProperty(finding);
    expect(stale.map((one) => one.finding)).toContain(finding);
  });

  test('images taken before the fracture say nothing about it', () => {
    const before = loss(40, { effectiveDateTime: '2026-10-20' });
    expect(fractureFindings(before)).not.toHaveProperty('heightLossPercent');
  });

  test('therapy that failed before the fracture is not about it', () => {
    const before = observed(
      'conservative-therapy-failed',
      { valueBoolean: true },
      { effectiveDateTime: '2026-09-01' },
    );
    expect(patientFindings(before)).not.toHaveProperty('conservativeTherapyFailed');
  });

  test('an age recorded ten days ago is ten days more today', () => {
    const aged = observed(
      'age-days',
      { valueQuantity: { value: 5, unit: 'd' } },
      { ...level('L2'), effectiveDateTime: '2026-11-13' },
    );
    expect(valuesOf(findingsOf([icd('S32.020A'), aged]).fractures[0]!.findings)).toMatchObject({
      ageDays: { min: 15, max: 15 },
      acuity: 'acute',
    });
  });

  test('"acute" of seven weeks ago is not acute today', () => {
    const acute = observed(
      'acuity',
      { valueString: 'acute' },
      { ...level('L2'), effectiveDateTime: '2026-10-05' },
    );
    expect(findingsOf([icd('S32.020A'), acute]).fractures[0]!.findings).not.toHaveProperty('acuity');
  });

  test('a score of exactly the window still counts', () => {
    const score = observed('pain-score', { valueInteger: 8 }, { effectiveDateTime: '2026-11-09' });
    expect(valuesOf(patientFindings(score))).toMatchObject({ painScore: { min: 8, max: 8 } });
  });

  test('a deficit older than the fracture is not its doing and leaves the status unknown', () => {
    expect(patientFindings(icd('G83.4', { onsetDateTime: '2019-05-01' }))).not.toHaveProperty(
      'neurologicalDeficit',
    );
    expect(patientFindings(icd('R32', { recordedDate: '2020-02-02' }))).not.toHaveProperty(
      'suspectedNeurologicalDeficit',
    );
    expect(patientFindings(icd('R32', { recordedDate: '2026-11-10' }))).toHaveProperty(
      'suspectedNeurologicalDeficit',
    );
    expect(patientFindings(icd('R33.9', { onsetDateTime: '2019' }))).not.toHaveProperty(
      'suspectedNeurologicalDeficit',
    );
  });

  test('an undated pain score is used and named as undated', () => {
    const undated = observed('pain-score', { valueInteger: 8 });
    delete undated.effectiveDateTime;
    const found = findingsOf([fracture, undated]);
    expect(valuesOf(found.patientFindings)).toMatchObject({ painScore: { min: 8, max: 8 } });
    expect(found.undated).toEqual(['painScore']);
  });
});
