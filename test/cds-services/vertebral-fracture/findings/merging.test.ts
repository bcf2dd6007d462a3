/** Several sources on one finding: which one counts. */
import { describe, expect, test } from '@jest/globals';
import { fractureFindings, genant, loss, patientFindings } from '../../../support/fresh-fracture.js';
import { icd, level, observed } from '../../../support/record.js';

describe('of several sources', () => {
  test('final beats a newer preliminary one', () => {
    const { heightLossPercent } = fractureFindings(
      loss(40, { effectiveDateTime: '2026-11-18' }),
      loss(60, { effectiveDateTime: '2026-11-20', status: 'preliminary' }),
    );
    expect(heightLossPercent?.value).toEqual({ min: 40, max: 40 });
  });

  test('newer imaging beats older', () => {
    const { heightLossPercent } = fractureFindings(
      loss(30, { effectiveDateTime: '2026-11-10' }),
      loss(50, { effectiveDateTime: '2026-11-20' }),
    );
    expect(heightLossPercent).toMatchObject({ value: { min: 50, max: 50 } });
    expect(heightLossPercent).not.toHaveProperty('conflict');
  });

  test('a measured value beats a grade of the same day', () => {
    expect(fractureFindings(genant(2), loss(38)).heightLossPercent).toMatchObject({
      value: { min: 38, max: 38 },
    });
    expect(fractureFindings(genant(2), loss(38)).heightLossPercent).not.toHaveProperty('conflict');
  });

  test('a measured value outside the grade of the same day is a conflict', () => {
    expect(fractureFindings(genant(1), loss(70)).heightLossPercent).toMatchObject({ conflict: true });
  });

  test('two measurements of one day are not averaged: the span they cover, marked', () => {
    expect(fractureFindings(loss(60), loss(85)).heightLossPercent).toMatchObject({
      value: { min: 60, max: 85 },
      conflict: true,
    });
  });

  test('a contradiction about a danger counts as the danger, marked', () => {
    const yes = observed('retropulsion', { valueBoolean: true }, level('L1'));
    const no = observed('retropulsion', { valueBoolean: false }, level('L1'));
    expect(fractureFindings(yes, no).retropulsion).toMatchObject({ value: true, conflict: true });
  });

  test('a preliminary report can raise a danger that the final one denies', () => {
    const final = observed(
      'retropulsion',
      { valueBoolean: false },
      { ...level('L1'), effectiveDateTime: '2026-11-18' },
    );
    const newer = observed('retropulsion', { valueBoolean: true }, { ...level('L1'), status: 'preliminary' });
    expect(fractureFindings(final, newer).retropulsion).toMatchObject({ value: true, conflict: true });
  });

  test('an active diagnosis of a deficit stands against a normal examination, marked', () => {
    const intact = observed('neurological-deficit', { valueBoolean: false });
    const cauda = icd('G83.4', { onsetDateTime: '2026-11-10' });
    expect(patientFindings(intact, cauda).neurologicalDeficit).toMatchObject({ value: true, conflict: true });
  });

  test('a newer examination replaces an older one', () => {
    const before = observed(
      'neurological-deficit',
      { valueBoolean: true },
      { effectiveDateTime: '2026-11-10' },
    );
    const after = observed(
      'neurological-deficit',
      { valueBoolean: false },
      { effectiveDateTime: '2026-11-21' },
    );
    expect(patientFindings(before, after).neurologicalDeficit).toMatchObject({ value: false });
  });
});
