/**
 * Whether resources are what a query asked for, and whose they are.
 */
import type { FhirResource } from 'fhir/r4.js';
import { isObject } from '../cds-hooks/fhir-value.js';
import { queryKind } from '../cds-hooks/prefetch-template.js';
import { referenceParts } from '../cds-hooks/reference.js';

/**
 * A read asks for one resource by type and id: one of that type with another id, or with none, is somebody else's.
 * What a search finds is the business of the service.
 * @param query with its tokens filled in
 */
export function isWhatWasAsked(query: string, resources: readonly FhirResource[]): boolean {
  const { kind, resourceType } = queryKind(query);
  if (kind === 'search') return true;
  const id = decodeURIComponent(query.slice(resourceType.length + 1));
  const ofType = resources.filter((resource) => resource.resourceType === resourceType);
  return ofType.length > 0 && ofType.every((resource) => resource.id === id);
}

/** A search that finds resources of another patient may have missed the right one's: silence would look like "nothing found". */
export function holdsOthers(resources: readonly FhirResource[], patientId: string): boolean {
  const own = `Patient/${patientId}`;
  return resources.some((resource) => !isWrittenAs(own, resource) && isOfAnother(resource, patientId));
}

/** The way nearly all resources name their patient; whatever else there is, is taken apart. */
function isWrittenAs(own: string, resource: object): boolean {
  const { subject, patient } = resource as { readonly subject?: unknown; readonly patient?: unknown };
  return isObject(subject) && subject.reference === own && patient === undefined;
}

/** A logical reference or a `urn:uuid:` may well be the patient, so it is not of another. */
function isOfAnother(resource: object, patientId: string): boolean {
  const { subject, patient } = resource as { readonly subject?: unknown; readonly patient?: unknown };
  const ids = [subject, patient].flatMap((element) => {
    const reference = isObject(element) ? element.reference : undefined;
    const parts = typeof reference === 'string' ? referenceParts(reference) : undefined;
    return parts?.type === 'Patient' ? [parts.id] : [];
  });
  return ids.length > 0 && !ids.includes(patientId);
}
