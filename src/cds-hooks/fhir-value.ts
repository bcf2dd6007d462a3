/**
 * The few things CDS Hooks needs to know of FHIR: ids, references, and what may pass for a resource.
 */
import type { FhirResource } from 'fhir/r4.js';
import { z } from 'zod';

/** `.` and `..` satisfy FHIR's own pattern but climb the URL they are put into, so a letter or digit is asked for. */
const idPattern = /^(?=.*[A-Za-z0-9])[A-Za-z0-9.-]{1,64}$/;

export const fhirId = z
  .string({ error: 'must be a FHIR id (a string)' })
  .regex(idPattern, { error: 'must be a FHIR id: 1 to 64 letters, digits, "-" or "."' });

/** A plain id; some clients send `Patient/x` where the standard asks for `x`. */
export function fhirIdOf(type: string) {
  const prefix = `${type}/`;
  return z.preprocess(
    (value) => (typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : value),
    fhirId,
  );
}

/** A relative reference such as `Practitioner/123`. */
export const relativeReference = z
  .string({ error: 'must be a reference such as "Practitioner/123"' })
  .regex(/^[A-Za-z]{1,64}\/(?=.*[A-Za-z0-9])[A-Za-z0-9.-]{1,64}$/, {
    error: 'must be a reference of the form Type/id, such as "Practitioner/123"',
  });

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value can be handled as a resource at all; its members stay unchecked. */
export function isResource(value: unknown): value is FhirResource {
  return isObject(value) && typeof value.resourceType === 'string' && value.resourceType !== '';
}
