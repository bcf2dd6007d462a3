/** Resources that are never used, and how the answer names them. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { fracture, patientFindings } from '../../../support/fresh-fracture.js';
import { coded, findingsOf, icd, observed } from '../../../support/record.js';

describe('never used', () => {
  const cauda = icd('G83.4');
  test.each<[string, FhirResource, string]>([
    ["another patient's", { ...cauda, id: 'x', subject: { reference: 'Patient/p2' } }, 'other-patient'],
    [
      'a resource that names no patient',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', subject: {} },
      'no-patient',
    ],
    [
      'entered in error',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', status: 'entered-in-error' },
      'entered-in-error',
    ],
    [
      'cancelled',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', status: 'cancelled' },
      'cancelled',
    ],
    ['refuted', { ...cauda, id: 'x', verificationStatus: coded('', 'refuted') }, 'refuted'],
    [
      'from the future',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', effectiveDateTime: '2026-12-01' },
      'future',
    ],
    ['malformed', { ...cauda, id: 'x', code: { coding: 'G83.4' as unknown as [] } }, 'malformed'],
  ])('%s', (_, resource, reason) => {
    const { notUsed, patientFindings: found } = findingsOf([fracture, resource]);
    expect(notUsed).toEqual([{ resource: `${resource.resourceType}/x`, reason }]);
    expect(found).toEqual({});
  });

  test('a resource that was sent twice counts once', () => {
    expect(patientFindings(cauda, cauda).neurologicalDeficit?.evidence).toHaveLength(1);
  });

  test.each([
    ['Patient/p1', true],
    ['https://ehr.example.org/fhir/Patient/p1', true],
    ['Patient/p1/_history/3', true],
    ['Patient/p10', false],
    ['Practitioner/p1', false],
    ['#p1', false],
  ])('the subject %s is this patient: %s', (reference, isUsed) => {
    const found = findingsOf([{ ...icd('S32.010A'), subject: { reference } }]);
    expect(found.fractures).toHaveLength(isUsed ? 1 : 0);
  });
});
