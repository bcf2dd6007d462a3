/** What is asked of the FHIR test double, and the page of a searchset that answers it. */
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { type DataFault, faultyLinks, missingEntries } from './fhir-faults.js';

export interface Asked {
  readonly url: URL;
  readonly type: string;
  /** Of a read; a search has none. */
  readonly id: string | undefined;
  /** Counted from 1. */
  readonly page: number;
  readonly size: number;
}

/** Reads a query apart. @param pageSize where it names no `_count` */
export function askedFor(url: URL, pageSize: number): Asked {
  const [type = '', id] = url.pathname
    .replace(/^\/fhir\//, '')
    .split('/')
    .map(decodeURIComponent);
  const size = Number(url.searchParams.get('_count') ?? pageSize);
  const offset = Number(url.searchParams.get('_offset') ?? 0);
  return { url, type, id, size, page: size > 0 ? Math.floor(offset / size) + 1 : 1 };
}

export interface Faultiness {
  readonly fault: DataFault | undefined;
  readonly elsewhere: string;
}

/** No `total`, no `entry` when empty: many servers leave them out. */
export function searchset(
  matches: readonly FhirResource[],
  { url, page, size }: Asked,
  baseUrl: string,
  { fault, elsewhere }: Faultiness,
): Bundle {
  const offset = (page - 1) * size;
  const entry = [
    ...matches.slice(offset, offset + size).map((resource) => ({
      fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id ?? ''}`,
      resource,
      search: { mode: 'match' as const },
    })),
    ...(fault === 'outcome-entry' ? [missingEntries] : []),
  ];
  const self = `${baseUrl}${url.pathname.slice('/fhir'.length)}${url.search}`;
  const link = [{ relation: 'self', url: self }];
  if (size > 0 && offset + size < matches.length) {
    const next = new URL(self);
    next.searchParams.set('_offset', String(offset + size));
    link.push({ relation: 'next', url: next.href });
  }
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [...(faultyLinks(fault, baseUrl, self, elsewhere) ?? link)],
    ...(entry.length === 0 ? {} : { entry }),
  };
}
