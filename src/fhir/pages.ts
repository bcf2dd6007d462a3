/**
 * Follows the pages of a searchset.
 */
import type { FhirResource } from 'fhir/r4.js';
import { contentsOf, type Contents } from './contents.js';
import type { Deadline } from './deadline.js';
import { locate } from './location.js';
import type { FhirReader, FhirSource } from './reader.js';

export interface PageReading {
  readonly reader: FhirReader;
  /** The server to ask, or why there is none: then only what is already there counts. */
  readonly source: FhirSource | NoSource;
  readonly deadline: Deadline;
  /** Pages read at most for one key, the first included. */
  readonly pageLimit: number;
}

/** The call named no FHIR server, or one that is not registered for its client. */
export type NoSource = 'not-provided' | 'not-registered';

export interface AllPages {
  readonly resources: readonly FhirResource[];
  /** False when something is missing: a further page that could not or may not be read, or what the server left out. */
  readonly complete: boolean;
}

export type FirstPage = Extract<Contents, { readonly kind: 'resources' }>;

/**
 * Gathers the resources of a first page and of those after it. A page that can't be had ends the reading.
 * @param location of the first page, where it was read from the server
 */
export async function readPages(
  first: FirstPage,
  { reader, source, deadline, pageLimit }: PageReading,
  location?: string,
): Promise<AllPages> {
  const resources = [...first.resources];
  let complete = first.complete;
  if (typeof source === 'string') return { resources, complete: complete && first.next === undefined };

  const placeOf = (url: string) => locate(source.server.url, url)?.href;
  const visited = new Set(location === undefined ? [] : [placeOf(location)]);
  let { next } = first;
  for (let pages = 1; next !== undefined; pages += 1) {
    const place = placeOf(next);
    if (place === undefined || visited.has(place) || pages >= pageLimit)
      return { resources, complete: false };
    visited.add(place);
    const reading = await reader.get(source, place, deadline);
    if (reading.outcome !== 'resource' || reading.resource.resourceType !== 'Bundle') {
      return { resources, complete: false };
    }
    const page = contentsOf(reading.resource);
    if (page.kind === 'refusal' || page.kind === 'not-fhir') return { resources, complete: false };
    if (page.kind === 'empty') break;
    for (const resource of page.resources) resources.push(resource);
    complete &&= page.complete;
    next = page.next;
  }
  return { resources, complete };
}
