/** Resources of one synthetic patient, and the findings read from them. */
import type { CodeableConcept, Condition, FhirResource, ImagingStudy, Observation } from 'fhir/r4.js';
import type { RecordFindings } from '../../cds-services/vertebral-fracture/findings/finding.js';
import type { LocalCodes } from '../../cds-services/vertebral-fracture/findings/observation-code.js';
import { gatherFindings } from '../../cds-services/vertebral-fracture/findings/gather.js';
import { patientRecord } from '../../cds-services/vertebral-fracture/findings/patient-record.js';
import { policyOf } from '../../cds-services/vertebral-fracture/policy.js';

export const PATIENT = 'p1';
export const AS_OF = Date.parse('2026-11-23T23:59:59.999Z');
export const subject = { reference: `Patient/${PATIENT}` };

export const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
export const SNOMED = 'http://snomed.info/sct';
export const FINDING = 'https://vertebral-cds.org/fhir/CodeSystem/finding';

export const patient: FhirResource = {
  resourceType: 'Patient',
  id: PATIENT,
  gender: 'female',
  birthDate: '1948-03-02',
};

export function coded(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] };
}

export function status(code: string): CodeableConcept {
  return coded('http://terminology.hl7.org/CodeSystem/condition-clinical', code);
}

let count = 0;
function nextId(prefix: string): string {
  count += 1;
  return `${prefix}${count}`;
}

export function condition(code: CodeableConcept, more: Partial<Condition> = {}): Condition {
  return {
    resourceType: 'Condition',
    id: nextId('c'),
    subject,
    clinicalStatus: status('active'),
    code,
    ...more,
  };
}

export function icd(code: string, more: Partial<Condition> = {}): Condition {
  return condition(coded(ICD, code), more);
}

/** An Observation coded in the finding code system, final, of 20 November. */
export function observed(
  finding: string,
  value: Partial<Observation>,
  more: Partial<Observation> = {},
): Observation {
  return {
    resourceType: 'Observation',
    id: nextId('o'),
    status: 'final',
    subject,
    code: coded(FINDING, finding),
    effectiveDateTime: '2026-11-20',
    ...value,
    ...more,
  };
}

export function level(name: string): Pick<Observation, 'bodySite'> {
  return { bodySite: { text: name } };
}

export function study(modality: string, more: Partial<ImagingStudy> = {}): ImagingStudy {
  return {
    resourceType: 'ImagingStudy',
    id: nextId('i'),
    status: 'available',
    subject,
    started: '2026-11-20T09:00:00Z',
    modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: modality }],
    ...more,
  };
}

/** Findings of the patient's record, as of the evening of 23 November 2026. */
export function findingsOf(
  resources: readonly FhirResource[],
  localCodes: LocalCodes = new Map(),
): RecordFindings {
  const entries = [patient, ...resources].map((resource) => ({ resource }));
  return gatherFindings(patientRecord({ entries, patientId: PATIENT, asOf: AS_OF, localCodes }), policyOf());
}

/** Values of the findings, without their evidence. */
export function valuesOf(findings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(findings).map(([name, finding]: [string, { value: unknown }]) => [name, finding.value]),
  );
}
