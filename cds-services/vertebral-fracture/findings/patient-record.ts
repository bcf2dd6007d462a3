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
import type { LocalCodes } from './observation-code.js';
import { maySayAnything } from './observation-relevance.js';
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
  /** The site's own observation codes. */
  readonly localCodes: LocalCodes;
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

export interface GivenRecord {
  /** All resources of the call; duplicates (same type and id) count once. */
  readonly entries: readonly RecordEntry[];
  /** The patient the call is about. */
  readonly patientId: string;
  /** Moment of judgement, ms since 1970; later entries are not used. */
  readonly asOf: number;
  /** Base of the EHR: absolute references to another base name another patient. */
  readonly fhirServer?: string | undefined;
  /** Those of the site; the shipped ones unless it extends them. */
  readonly valueSets?: ValueSets;
  readonly localCodes?: LocalCodes;
}

const NO_CODES: LocalCodes = new Map();

/** Observations of this patient that can't say anything here are left out without a word; all else is used or named. */
export function patientRecord({
  entries,
  patientId,
  asOf,
  fhirServer,
  valueSets = shippedValueSets,
  localCodes = NO_CODES,
}: GivenRecord): PatientRecord {
  const aliases = aliasesOf(entries);
  const own = `Patient/${patientId}`;
  const keyOf = (reference: Reference | undefined) =>
    // Nearly all references are to the patient, and nearly all are written so.
    reference?.reference === own && aliases.size === 0
      ? own
      : keyOfReference(reference?.reference, aliases, fhirServer);
  const notUsed: NotUsed[] = [];
  let patient: Patient | undefined;
  const usable: Usable[] = [];
  const seen = new Set<string>();
  for (const { resource, fullUrl } of entries) {
    if (resource.resourceType !== 'Patient') continue;
    const key = keyOfResource(resource, fullUrl);
    if (!isWellShaped(resource)) notUsed.push({ resource: key, reason: 'malformed' });
    else if (key === own) patient = resource;
    else notUsed.push({ resource: key, reason: 'other-patient' });
  }
  for (const { resource, fullUrl } of entries) {
    if (!isUsedType(resource)) continue;
    if (
      resource.resourceType === 'Observation' &&
      isOf(own, resource) &&
      !maySayAnything(resource, localCodes)
    )
      continue;
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
    localCodes,
    keyOf,
  };
}

/** Everything of it that an assessment can depend on, as plain data. */
export function whatCounts(record: PatientRecord): readonly unknown[] {
  const { patient, medications, notUsed } = record;
  return [
    patient,
    record.conditions,
    record.imagingStudies,
    record.observations,
    record.reports,
    record.medicationRequests,
    record.medicationStatements,
    record.allergies,
    record.procedures,
    record.encounters,
    record.serviceRequests,
    [...medications],
    notUsed,
  ];
}

/** As the reference is nearly always written; whatever else there is, is looked at in full. */
function isOf(own: string, { subject }: { readonly subject?: unknown }): boolean {
  return (
    typeof subject === 'object' && subject !== null && 'reference' in subject && subject.reference === own
  );
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
