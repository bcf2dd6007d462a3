/**
 * What a FHIR answer holds, whether it came by prefetch or from a server: resources, nothing, or a refusal.
 */
import type { FhirResource } from 'fhir/r4.js';
import { isObject, isResource } from '../cds-hooks/fhir-value.js';

export type Contents =
  | {
      readonly kind: 'resources';
      readonly resources: readonly FhirResource[];
      /** False when the server says that it has left something out. */
      readonly complete: boolean;
      /** URL of the next page, when there is one. */
      readonly next?: string;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refusal' } // nothing but OperationOutcomes
  | { readonly kind: 'not-fhir' };

/**
 * Opens a resource or a Bundle. OperationOutcomes among the entries of a Bundle are not data, but they may tell that
 * the data is not all of it.
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
  const complete = !all.some(isPartialNotice);
  const next = nextLink(value.link);
  if (next !== undefined) return { kind: 'resources', resources, complete, next };
  if (resources.length > 0) return { kind: 'resources', resources, complete };
  return { kind: all.length > 0 ? 'refusal' : 'empty' };
}

const partialCodes: ReadonlySet<unknown> = new Set([
  'incomplete',
  'suppressed',
  'throttled',
  'timeout',
  'too-costly',
]);

/** Warnings and remarks beside the data are usual; these say that some of it is missing. */
function isPartialNotice(resource: FhirResource): boolean {
  if (resource.resourceType !== 'OperationOutcome') return false;
  const issues: unknown = resource.issue;
  if (!Array.isArray(issues)) return false;
  return issues.some(
    (issue: unknown) =>
      isObject(issue) &&
      (issue.severity === 'error' || issue.severity === 'fatal' || partialCodes.has(issue.code)),
  );
}

function nextLink(links: unknown): string | undefined {
  if (!Array.isArray(links)) return undefined;
  for (const link of links as readonly unknown[]) {
    if (isObject(link) && link.relation === 'next' && typeof link.url === 'string') return link.url;
  }
  return undefined;
}
