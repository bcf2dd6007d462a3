/** One pass over the resources of a call: what belongs to this patient and may be used, by type; the rest is named with its reason. */
import type {
  AllergyIntolerance,
  Condition,
  DiagnosticReport,
  Encounter,
  FhirResource,
  ImagingStudy,
  Medication,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Patient,
  Procedure,
  Reference,
  ServiceRequest,
} from 'fhir/r4.js';
import type { NotUsed } from './finding.js';
import { aliasesOf, idIn, keyOfReference, keyOfResource, type RecordEntry } from './reference.js';
import { isWellShaped } from './resource-shape.js';
import { shippedValueSets, type ValueSets } from './value-sets.js';
import { type Usable, whyNotUsed } from './why-not-used.js';

export interface PatientRecord {
  readonly patient: Patient | undefined;
  readonly patientId: string;
  /** The moment the record is judged at, ms since 1970. */
  readonly asOf: number;
  readonly conditions: readonly Condition[];
  readonly imagingStudies: readonly ImagingStudy[];
  readonly observations: readonly Observation[];
  readonly reports: readonly DiagnosticReport[];
  readonly medicationRequests: readonly MedicationRequest[];
  readonly medicationStatements: readonly MedicationStatement[];
  readonly allergies: readonly AllergyIntolerance[];
  readonly procedures: readonly Procedure[];
  readonly encounters: readonly Encounter[];
  readonly serviceRequests: readonly ServiceRequest[];
  /** Medication resources by `Type/id`: they belong to no patient, only the prescription does. */
  readonly medications: ReadonlyMap<string, Medication>;
  readonly notUsed: readonly NotUsed[];
  /** What its codes are recognised by. */
  readonly valueSets: ValueSets;
  /** `Type/id` a reference points to, resolved through fullUrls; undefined for contained or unusable ones. */
  readonly keyOf: (reference: Reference | undefined) => string | undefined;
}

const USED_TYPES: ReadonlySet<string> = new Set([
  'Condition',
  'ImagingStudy',
  'Observation',
  'DiagnosticReport',
  'MedicationRequest',
  'MedicationStatement',
  'AllergyIntolerance',
  'Procedure',
  'Encounter',
  'ServiceRequest',
]);

/**
 * @param entries all resources of the call; duplicates (same type and id) count once
 * @param patientId the patient the call is about
 * @param asOf moment of judgement, ms since 1970; later entries are not used
 * @param fhirServer base of the EHR: absolute references to another base name another patient
 * @param valueSets those of the site; the shipped ones unless it extends them
 */
export function patientRecord(
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  fhirServer?: string,
  valueSets: ValueSets = shippedValueSets,
): PatientRecord {
  const aliases = aliasesOf(entries);
  const keyOf = (reference: Reference | undefined) =>
    keyOfReference(reference?.reference, aliases, fhirServer);
  const notUsed: NotUsed[] = [];
  let patient: Patient | undefined;
  const usable: Usable[] = [];
  const seen = new Set<string>();
  for (const { resource, fullUrl } of entries) {
    if (resource.resourceType !== 'Patient') continue;
    const key = keyOfResource(resource, fullUrl);
    if (!isWellShaped(resource)) notUsed.push({ resource: key, reason: 'malformed' });
    else if (key === `Patient/${patientId}`) patient = resource;
    else notUsed.push({ resource: key, reason: 'other-patient' });
  }
  for (const { resource, fullUrl } of entries) {
    if (!isUsedType(resource)) continue;
    const key = keyOfResource(resource, fullUrl);
    if (resource.id !== undefined && seen.has(key)) continue;
    seen.add(key);
    const reason = whyNotUsed(resource, patientId, patient, asOf, keyOf);
    if (reason === undefined)
      usable.push(resource.id === undefined ? { ...resource, id: idIn(key) } : resource);
    else notUsed.push({ resource: key, reason });
  }
  return {
    patient,
    patientId,
    asOf,
    ...byType(usable),
    medications: medicationsIn(entries),
    notUsed,
    valueSets,
    keyOf,
  };
}

function medicationsIn(entries: readonly RecordEntry[]): ReadonlyMap<string, Medication> {
  const medications = new Map<string, Medication>();
  for (const { resource, fullUrl } of entries) {
    if (resource.resourceType === 'Medication' && isWellShaped(resource)) {
      medications.set(keyOfResource(resource, fullUrl), resource);
    }
  }
  return medications;
}

function byType(usable: readonly Usable[]) {
  return {
    conditions: usable.filter((resource) => resource.resourceType === 'Condition'),
    imagingStudies: usable.filter((resource) => resource.resourceType === 'ImagingStudy'),
    observations: usable.filter((resource) => resource.resourceType === 'Observation'),
    reports: usable.filter((resource) => resource.resourceType === 'DiagnosticReport'),
    medicationRequests: usable.filter((resource) => resource.resourceType === 'MedicationRequest'),
    medicationStatements: usable.filter((resource) => resource.resourceType === 'MedicationStatement'),
    allergies: usable.filter((resource) => resource.resourceType === 'AllergyIntolerance'),
    procedures: usable.filter((resource) => resource.resourceType === 'Procedure'),
    encounters: usable.filter((resource) => resource.resourceType === 'Encounter'),
    serviceRequests: usable.filter((resource) => resource.resourceType === 'ServiceRequest'),
  };
}

function isUsedType(resource: FhirResource): resource is Usable {
  return USED_TYPES.has(resource.resourceType);
}
