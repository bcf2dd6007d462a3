/** Whose record a resource belongs to, and whether an assessment reads its type at all. */
import { isObject } from '../cds-hooks/fhir-value.js';
import { referenceParts } from '../cds-hooks/reference.js';

export type Belonging =
  | { readonly kind: 'patient'; readonly id: string }
  /** Of nobody in particular: medications that prescriptions refer to. */
  | { readonly kind: 'shared' }
  /** A type that no assessment reads. */
  | { readonly kind: 'unused' }
  | { readonly kind: 'bad'; readonly why: string };

const READ: ReadonlySet<string> = new Set([
  'AllergyIntolerance',
  'Condition',
  'DiagnosticReport',
  'Encounter',
  'ImagingStudy',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
  'ServiceRequest',
]);

/** @param resource parsed JSON of a line; undefined where it was none */
export function whose(resource: unknown): Belonging {
  if (resource === undefined) return { kind: 'bad', why: 'is not JSON' };
  if (!isObject(resource)) return { kind: 'bad', why: 'is no FHIR resource' };
  const { resourceType, id, subject, patient } = resource;
  if (typeof resourceType !== 'string') return { kind: 'bad', why: 'is no FHIR resource' };
  if (resourceType === 'Patient')
    return typeof id === 'string' && id !== ''
      ? { kind: 'patient', id }
      : { kind: 'bad', why: 'is a patient without an id' };
  if (resourceType === 'Medication') return { kind: 'shared' };
  if (!READ.has(resourceType)) return { kind: 'unused' };
  const owner = referenced(subject) ?? referenced(patient);
  return owner === undefined ? { kind: 'bad', why: 'names no patient' } : { kind: 'patient', id: owner };
}

/** `Patient/x`, relative, absolute or with a version. */
function referenced(reference: unknown): string | undefined {
  if (!isObject(reference) || typeof reference.reference !== 'string') return undefined;
  const parts = referenceParts(reference.reference);
  return parts?.type === 'Patient' ? parts.id : undefined;
}
