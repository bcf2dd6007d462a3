/**
 * Follows the pages of a searchset.
 */
import type { FhirResource } from 'fhir/r4.js';
import { contentsOf, type Contents } from './contents.js';
import type { Deadline } from './deadline.js';
import type { FhirReader, FhirSource } from './reader.js';

export interface PageReading {
  readonly reader: FhirReader;
  /** Without a server to ask, only what is already there counts. */
  readonly source: FhirSource | undefined;
  readonly deadline: Deadline;
  /** Pages read at most for one key, the first included. */
  readonly pageLimit: number;
}

export interface AllPages {
  readonly resources: readonly FhirResource[];
  /** False when a further page exists that could not or may not be read, or the server says that it left something out. */
  readonly complete: boolean;
}

/** Gathers the resources of a first page and of those after it. A page that can't be had ends the reading. */
export async function readPages(
  first: Extract<Contents, { readonly kind: 'resources' }>,
  { reader, source, deadline, pageLimit }: PageReading,
): Promise<AllPages> {
  const resources = [...first.resources];
  let { complete } = first;
  const visited = new Set<string>();
  let next = first.next;
  while (next !== undefined) {
    if (source === undefined || visited.has(next) || visited.size + 1 >= pageLimit) {
      return { resources, complete: false };
    }
    visited.add(next);
    const reading = await reader.get(source, next, deadline);
    if (reading.outcome !== 'resource' || reading.resource.resourceType !== 'Bundle') {
      return { resources, complete: false };
    }
    const page = contentsOf(reading.resource);
    if (page.kind === 'refusal' || page.kind === 'not-fhir') return { resources, complete: false };
    if (page.kind === 'resources') {
      resources.push(...page.resources);
      complete &&= page.complete;
    }
    next = page.kind === 'resources' ? page.next : undefined;
  }
  return { resources, complete };
}
