/** A fresh wedge fracture of L1 and what further resources say about it or its patient. */
import type { FhirResource, Observation } from 'fhir/r4.js';
import type {
  FractureFindings,
  PatientFindings,
} from '../../cds-services/vertebral-fracture/findings/finding.js';
import { findingsOf, icd, level, observed } from './record.js';

export const fracture = icd('S32.010A', { onsetDateTime: '2026-11-01' });

/** A measured height loss of L1. */
export function loss(percent: number, more: Partial<Observation> = {}): Observation {
  return observed(
    'height-loss-percent',
    { valueQuantity: { value: percent, unit: '%' } },
    { ...level('L1'), ...more },
  );
}

/** Genant's grade of L1. */
export function genant(grade: number): Observation {
  return observed('genant-grade', { valueInteger: grade }, level('L1'));
}

export function fractureFindings(...resources: readonly FhirResource[]): FractureFindings {
  return findingsOf([fracture, ...resources]).fractures[0]?.findings ?? {};
}

export function patientFindings(...resources: readonly FhirResource[]): PatientFindings {
  return findingsOf([fracture, ...resources]).patientFindings;
}
