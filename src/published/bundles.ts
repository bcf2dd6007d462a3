/** Definitions together: the answer to a search, and the one file of a release. */
import type { Bundle, BundleLink, FhirResource } from 'fhir/r4.js';
import type { Definition } from './definition.js';
import { isFound, type Search } from './search-parameters.js';

/** @param base of the FHIR endpoint, without a slash at the end */
export function searchset(
  type: string,
  definitions: readonly Definition[],
  search: Search,
  base: string,
): Bundle {
  const found = definitions.filter((definition) => isFound(definition, search));
  const { count = found.length, offset, countOnly } = search;
  const page = countOnly ? [] : found.slice(offset, offset + count);
  const next = offset + page.length;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: [
      link('self', `${base}/${type}`, [...search.used, ...paging(search.count, offset)]),
      ...(page.length > 0 && next < found.length
        ? [link('next', `${base}/${type}`, [...search.used, ...paging(count, next)])]
        : []),
    ],
    // FHIR has no empty arrays.
    ...(page.length > 0 && {
      entry: page.map(({ resource, id }) => ({
        fullUrl: `${base}/${type}/${id}`,
        resource,
        search: { mode: 'match' as const },
      })),
    }),
  };
}

function paging(count: number | undefined, offset: number): readonly (readonly [string, string])[] {
  return [
    ...(count === undefined ? [] : [['_count', String(count)] as const]),
    ...(offset === 0 ? [] : [['_offset', String(offset)] as const]),
  ];
}

function link(relation: string, url: string, query: readonly (readonly [string, string])[]): BundleLink {
  const text = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
  return { relation, url: text === '' ? url : `${url}?${text}` };
}

export type ReleaseKind = 'transaction' | 'collection';

/**
 * Every definition in one Bundle. A transaction puts each under its own id, so that loading it twice changes nothing;
 * a collection only holds them. The fullUrl is the canonical address.
 */
export function releaseBundle(definitions: readonly Definition[], kind: ReleaseKind): Bundle<FhirResource> {
  return {
    resourceType: 'Bundle',
    id: 'vertebral-cds-knowledge',
    type: kind,
    entry: definitions.map(({ resource, type, id, url }) => ({
      fullUrl: url,
      resource,
      ...(kind === 'transaction' && { request: { method: 'PUT' as const, url: `${type}/${id}` } }),
    })),
  };
}
