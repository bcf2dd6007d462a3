/** One pass over the resources of a call: what belongs to this patient and may be used, by type; the rest is named with its reason. */
import type {
  AllergyIntolerance,
  Condition,
  DiagnosticReport,
  Encounter,
  FhirResource,
  ImagingStudy,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Patient,
  Procedure,
  Reference,
} from 'fhir/r4.js';
import type { NotUsed, NotUsedReason } from './finding.js';
import { isWellShaped } from './resource-shape.js';
import { momentOf } from './time.js';

/** A resource as it came, with its fullUrl where a Bundle gave one. */
export interface RecordEntry {
  readonly resource: FhirResource;
  readonly fullUrl?: string;
}

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
  readonly notUsed: readonly NotUsed[];
  /** `Type/id` a reference points to, resolved through fullUrls; undefined for contained or unusable ones. */
  readonly keyOf: (reference: Reference | undefined) => string | undefined;
}

type Usable =
  | Condition
  | ImagingStudy
  | Observation
  | DiagnosticReport
  | MedicationRequest
  | MedicationStatement
  | AllergyIntolerance
  | Procedure
  | Encounter;

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
]);

const CANCELLED: ReadonlySet<string> = new Set([
  'cancelled',
  'not-done',
  'preparation',
  'draft',
  'not-taken',
]);

/**
 * @param entries all resources of the call; duplicates (same type and id) count once
 * @param patientId the patient the call is about
 * @param asOf moment of judgement, ms since 1970; later entries are not used
 * @param fhirServer base of the EHR: absolute references to another base name another patient
 */
export function patientRecord(
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  fhirServer?: string,
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
  return { patient, patientId, asOf, ...byType(usable), notUsed, keyOf };
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
  };
}

function isUsedType(resource: FhirResource): resource is Usable {
  return USED_TYPES.has(resource.resourceType);
}

function whyNotUsed(
  resource: Usable,
  patientId: string,
  patient: Patient | undefined,
  asOf: number,
  keyOf: PatientRecord['keyOf'],
): NotUsedReason | undefined {
  if (!isWellShaped(resource)) return 'malformed';
  const subject = resource.resourceType === 'AllergyIntolerance' ? resource.patient : resource.subject;
  const whose = keyOf(subject);
  if (whose === undefined && !isSameIdentifier(subject, patient)) {
    return subject?.reference === undefined && subject?.identifier === undefined
      ? 'no-patient'
      : 'other-patient';
  }
  if (whose !== undefined && whose !== `Patient/${patientId}`) return 'other-patient';
  return whyStatusForbids(resource) ?? (isAfter(resource, asOf) ? 'future' : undefined);
}

function whyStatusForbids(resource: Usable): NotUsedReason | undefined {
  const status = 'status' in resource ? resource.status : undefined;
  const verification =
    'verificationStatus' in resource
      ? resource.verificationStatus?.coding?.map((coding) => coding.code)
      : undefined;
  if (status === 'entered-in-error' || verification?.includes('entered-in-error')) return 'entered-in-error';
  if (verification?.includes('refuted')) return 'refuted';
  if (status !== undefined && CANCELLED.has(status)) return 'cancelled';
  return undefined;
}

function isAfter(resource: Usable, asOf: number): boolean {
  const date = dateOf(resource);
  return date !== undefined && (momentOf(date)?.earliest ?? 0) > asOf;
}

function dateOf(resource: Usable): string | undefined {
  switch (resource.resourceType) {
    case 'Condition':
      return resource.onsetDateTime ?? resource.recordedDate;
    case 'ImagingStudy':
      return resource.started;
    case 'Observation':
    case 'DiagnosticReport':
      return resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.issued;
    case 'MedicationRequest':
      return resource.authoredOn;
    case 'MedicationStatement':
      return resource.effectiveDateTime ?? resource.effectivePeriod?.start;
    case 'Procedure':
      return resource.performedDateTime ?? resource.performedPeriod?.start;
    case 'AllergyIntolerance':
      return resource.recordedDate;
    case 'Encounter':
      return resource.period?.start;
  }
}

function isSameIdentifier(subject: Reference | undefined, patient: Patient | undefined): boolean {
  const wanted = subject?.identifier;
  if (wanted?.value === undefined) return false;
  return (patient?.identifier ?? []).some(
    (identifier) => identifier.value === wanted.value && identifier.system === wanted.system,
  );
}

/** `Type/id`; a resource without id takes the last part of its fullUrl. */
export function keyOfResource(resource: FhirResource, fullUrl?: string): string {
  const id = typeof resource.id === 'string' ? resource.id : (fullUrl?.split(/[/:]/).at(-1) ?? '(no id)');
  return `${resource.resourceType}/${id}`;
}

function idIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function aliasesOf(entries: readonly RecordEntry[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const { resource, fullUrl } of entries) {
    if (fullUrl !== undefined) aliases.set(fullUrl, keyOfResource(resource, fullUrl));
  }
  return aliases;
}

const TYPE_AND_ID = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

function keyOfReference(
  reference: unknown,
  aliases: ReadonlyMap<string, string>,
  fhirServer: string | undefined,
): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const alias = aliases.get(reference);
  if (alias !== undefined) return alias;
  const [whole, type, id] = TYPE_AND_ID.exec(reference) ?? [];
  if (whole === undefined || type === undefined || id === undefined) return undefined;
  const base = reference.slice(0, reference.length - whole.length);
  if (base !== '' && fhirServer !== undefined && !isSameBase(base, fhirServer)) return undefined;
  return `${type}/${id}`;
}

function isSameBase(base: string, fhirServer: string): boolean {
  return base.replace(/\/$/, '') === fhirServer.replace(/\/$/, '');
}
