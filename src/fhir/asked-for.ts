/**
 * Whether resources are what a query asked for. An answer about somebody else is no answer: silence about the right
 * patient would look like "nothing found".
 */
import type { FhirResource } from 'fhir/r4.js';
import { isObject } from '../cds-hooks/fhir-value.js';
import { queryKind } from '../cds-hooks/prefetch-template.js';

/**
 * A read asks for one resource by type and id: one of that type with another id, or with none, is somebody else's.
 * A search answers unless all that it found is of other patients; single strays among the patient's own resources are
 * the service's to leave out.
 * @param query with its tokens filled in
 */
export function isWhatWasAsked(
  query: string,
  patientId: string,
  resources: readonly FhirResource[],
): boolean {
  const { kind, resourceType } = queryKind(query);
  if (kind === 'search') return !areAllOfOthers(resources, patientId);
  const id = decodeURIComponent(query.slice(resourceType.length + 1));
  const ofType = resources.filter((resource) => resource.resourceType === resourceType);
  return ofType.length > 0 && ofType.every((resource) => resource.id === id);
}

function areAllOfOthers(resources: readonly FhirResource[], patientId: string): boolean {
  return resources.length > 0 && resources.every((resource) => isOfAnother(resource, patientId));
}

/** A logical reference or a `urn:uuid:` may well be the patient, so it is not of another. */
function isOfAnother(resource: object, patientId: string): boolean {
  const { subject, patient } = resource as { readonly subject?: unknown; readonly patient?: unknown };
  const ids = [subject, patient].flatMap((element) => {
    const reference = isObject(element) ? element.reference : undefined;
    const id = typeof reference === 'string' ? patientIn.exec(reference)?.[1] : undefined;
    return id === undefined ? [] : [id];
  });
  return ids.length > 0 && !ids.includes(patientId);
}

const patientIn = /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;
