/** Why a resource of a call may not be used: another patient's, in error, refuted, cancelled, malformed, or later than the call. */
import type {
  AllergyIntolerance,
  Condition,
  DiagnosticReport,
  Encounter,
  ImagingStudy,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Patient,
  Procedure,
  Reference,
  ServiceRequest,
} from 'fhir/r4.js';
import type { NotUsedReason } from './finding.js';
import { isWellShaped } from './resource-shape.js';
import { momentOf } from './time.js';

/** The resources findings are read from. */
export type Usable =
  | Condition
  | ImagingStudy
  | Observation
  | DiagnosticReport
  | MedicationRequest
  | MedicationStatement
  | AllergyIntolerance
  | Procedure
  | Encounter
  | ServiceRequest;

const CANCELLED: ReadonlySet<string> = new Set([
  'cancelled',
  'not-done',
  'preparation',
  'draft',
  'not-taken',
  'revoked',
]);

/** The reason, or undefined when the resource may be used. */
export function whyNotUsed(
  resource: Usable,
  patientId: string,
  patient: Patient | undefined,
  asOf: number,
  keyOf: (reference: Reference | undefined) => string | undefined,
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
    case 'ServiceRequest':
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
