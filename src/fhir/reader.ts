/**
 * One GET against a FHIR server, with every expected ending as a value.
 * Everything that makes reads safer or faster (retries, breakers, registered servers) wraps this interface.
 */
import type { FhirResource } from 'fhir/r4.js';

/** The FHIR server of one hook call. */
export interface FhirSource {
  readonly baseUrl: string;
  /** Bearer token for this base and no other; without it requests go out unauthenticated. */
  readonly accessToken?: string;
}

export type FhirReading =
  | { readonly outcome: 'resource'; readonly resource: FhirResource }
  | { readonly outcome: 'not-found' } // 404 or 410
  | { readonly outcome: 'forbidden' } // 401 or 403
  | { readonly outcome: 'timeout' } // the signal was aborted first
  | { readonly outcome: 'failed' }; // any other status, no FHIR, or a place outside of the base

export interface FhirReader {
  /**
   * Reads `location`: a query relative to the base, or the absolute URL of a page below it.
   * Never throws; ends as soon as `signal` is aborted.
   */
  readonly get: (source: FhirSource, location: string, signal: AbortSignal) => Promise<FhirReading>;
}
