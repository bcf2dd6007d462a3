/** Canonical addresses of everything this service defines: one base, one version. */

/** All canonical addresses of this project begin with it; nothing needs to answer there. */
export const CANONICAL_BASE = 'https://vertebral-cds.org/fhir';

/** The canonical address of a definition, without its version. */
export function canonicalOf(type: string, id: string): string {
  return `${CANONICAL_BASE}/${type}/${id}`;
}
