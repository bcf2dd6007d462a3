/**
 * One GET against a FHIR server, with every expected ending as a value.
 */
import type { FhirResource } from 'fhir/r4.js';
import type { RegisteredServer } from '../outbound/network.js';
import type { Deadline } from './deadline.js';

/** The FHIR server of one hook call. */
export interface FhirSource {
  readonly server: RegisteredServer;
  /** Bearer token for this base and no other; without it requests go out unauthenticated. */
  readonly accessToken?: string;
  /** W3C trace context of the call, sent on. */
  readonly traceparent?: string;
}

export type FhirReading =
  | { readonly outcome: 'resource'; readonly resource: FhirResource }
  | { readonly outcome: 'not-found' } // 404 or 410
  | { readonly outcome: 'forbidden' } // 401 or 403
  | { readonly outcome: 'timeout' } // the deadline or the time of this read was over first
  | { readonly outcome: 'failed' }; // any other status, no FHIR, too large, or a place outside of the base

export interface FhirReader {
  /**
   * Reads `location`: a query relative to the base, or the absolute URL of a page below it.
   * Never throws; ends as soon as the deadline is over.
   */
  readonly get: (source: FhirSource, location: string, deadline: Deadline) => Promise<FhirReading>;
}
