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
  /** Name of the client whose call this is, for the reports of its reads. */
  readonly client?: string;
  /** W3C trace context of the call, sent on as it is. */
  readonly traceparent?: string;
}

export type FhirReading =
  | { readonly outcome: 'resource'; readonly resource: FhirResource }
  | { readonly outcome: 'not-found' } // 404 or 410
  | { readonly outcome: 'forbidden' } // 401 or 403
  | { readonly outcome: 'timeout' } // the time of the read or of the call was over first
  | { readonly outcome: 'failed' }; // any other status, no FHIR, a broken connection, or a place outside of the base

export interface FhirReader {
  /**
   * Reads `location`: a query relative to the base, or the absolute URL of a page below it.
   * Never throws; ends as soon as the deadline is over.
   */
  readonly get: (source: FhirSource, location: string, deadline: Deadline) => Promise<FhirReading>;
}

/** What is told of each read, for metrics: nothing that comes from the call or from an answer. */
export interface ReadReport {
  readonly client?: string;
  /** URL of the base, as it was registered. */
  readonly server: string;
  /** A type that the templates ask for, or `other`. */
  readonly resourceType: string;
  readonly outcome: FhirReading['outcome'];
  /** Milliseconds from the wish to read to its end, waiting included. */
  readonly ms: number;
  /** Requests sent; 0 when the read was refused before. */
  readonly attempts: number;
}

export interface BreakerReport {
  readonly server: string;
  readonly state: 'open' | 'half-open' | 'closed';
}

/** Must not throw. */
export interface ReadObserver {
  readonly onRead?: (report: ReadReport) => void;
  readonly onBreaker?: (report: BreakerReport) => void;
}
