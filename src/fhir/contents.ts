/**
 * What a FHIR answer holds, whether it came by prefetch or from a server: resources, nothing, or a refusal.
 */
import type { FhirResource } from 'fhir/r4.js';
import { isObject, isResource } from '../cds-hooks/fhir-value.js';

export type Contents =
  | {
      readonly kind: 'resources';
      readonly resources: readonly FhirResource[];
      /** False when the server itself says that something is missing. */
      readonly complete: boolean;
      /** URL of the next page, when there is one. */
      readonly next?: string;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refusal' } // an OperationOutcome instead of data
  | { readonly kind: 'not-fhir' };

/**
 * Opens a resource or a Bundle. OperationOutcomes among the entries of a Bundle are not data: one that tells of
 * something missing makes the rest incomplete, others are left out.
 */
export function contentsOf(value: unknown): Contents {
  if (!isResource(value)) return { kind: 'not-fhir' };
  if (value.resourceType === 'OperationOutcome') return { kind: 'refusal' };
  if (value.resourceType !== 'Bundle') return { kind: 'resources', resources: [value], complete: true };

  const entries: unknown = value.entry ?? [];
  if (!Array.isArray(entries)) return { kind: 'not-fhir' };
  const all = entries.flatMap((entry: unknown) =>
    isObject(entry) && isResource(entry.resource) ? [entry.resource] : [],
  );
  const resources = all.filter(({ resourceType }) => resourceType !== 'OperationOutcome');
  const isPartial = all.some(tellsOfMissing);
  const next = nextLink(value.link);
  if (next === 'none' && resources.length === 0) return { kind: isPartial ? 'refusal' : 'empty' };
  return {
    kind: 'resources',
    resources,
    complete: !isPartial && next !== 'unusable',
    ...(typeof next === 'object' ? { next: next.url } : {}),
  };
}

/** Issue types of FHIR that speak of data left out, whatever their severity. */
const missingData: ReadonlySet<unknown> = new Set([
  'incomplete',
  'throttled',
  'suppressed',
  'timeout',
  'too-costly',
]);

function tellsOfMissing(resource: FhirResource): boolean {
  if (resource.resourceType !== 'OperationOutcome') return false;
  const issues: unknown = resource.issue;
  // One that says nothing readable may say anything.
  if (!Array.isArray(issues) || issues.length === 0) return true;
  return issues.some(
    (issue: unknown) =>
      !isObject(issue) ||
      issue.severity === 'error' ||
      issue.severity === 'fatal' ||
      missingData.has(issue.code),
  );
}

/** A next page without an address is there, but out of reach. */
function nextLink(links: unknown): { readonly url: string } | 'none' | 'unusable' {
  if (!Array.isArray(links)) return 'none';
  const next = links.find((link: unknown) => isObject(link) && link.relation === 'next') as unknown;
  if (!isObject(next)) return 'none';
  return typeof next.url === 'string' ? { url: next.url } : 'unusable';
}
