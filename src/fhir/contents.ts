/**
 * What a FHIR answer holds, whether it came by prefetch or from a server: resources, nothing, or a refusal.
 */
import type { FhirResource } from 'fhir/r4.js';
import { isObject, isResource } from '../cds-hooks/fhir-value.js';

export type Contents =
  | {
      readonly kind: 'resources';
      readonly resources: readonly FhirResource[];
      /** URL of the next page, when there is one. */
      readonly next?: string;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refusal' } // nothing but OperationOutcomes
  | { readonly kind: 'not-fhir' };

/** Opens a resource or a Bundle; OperationOutcomes among the entries of a Bundle are not data and are left out. */
export function contentsOf(value: unknown): Contents {
  if (!isResource(value)) return { kind: 'not-fhir' };
  if (value.resourceType === 'OperationOutcome') return { kind: 'refusal' };
  if (value.resourceType !== 'Bundle') return { kind: 'resources', resources: [value] };

  const entries: unknown = value.entry ?? [];
  if (!Array.isArray(entries)) return { kind: 'not-fhir' };
  const all = entries.flatMap((entry: unknown) =>
    isObject(entry) && isResource(entry.resource) ? [entry.resource] : [],
  );
  const resources = all.filter(({ resourceType }) => resourceType !== 'OperationOutcome');
  const next = nextLink(value.link);
  if (next !== undefined) return { kind: 'resources', resources, next };
  if (resources.length > 0) return { kind: 'resources', resources };
  return { kind: all.length > 0 ? 'refusal' : 'empty' };
}

function nextLink(links: unknown): string | undefined {
  if (!Array.isArray(links)) return undefined;
  for (const link of links as readonly unknown[]) {
    if (isObject(link) && link.relation === 'next' && typeof link.url === 'string') return link.url;
  }
  return undefined;
}
