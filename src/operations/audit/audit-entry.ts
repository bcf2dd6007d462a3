/**
 * What is worth an entry in the audit trail.
 */
import type { RequestLine } from '../log.js';

/** Whom a call was about. Kept as keyed hashes only. */
export interface Concerns {
  readonly hookInstance: string;
  readonly patientId: string;
  readonly userId: string;
}

export type AuditEntry =
  | {
      readonly kind: 'hook-call' | 'feedback';
      readonly at: Date;
      readonly line: RequestLine;
      /** Client, with its tenant where it has several: ids of patients and users belong to it. */
      readonly client: string;
      readonly concerns?: Concerns;
    }
  | { readonly kind: 'start' | 'stop'; readonly at: Date }
  /** A purge deleted so many rows, by table. */
  | { readonly kind: 'purge'; readonly at: Date; readonly deleted: Readonly<Record<string, number>> }
  /** So many entries are missing here: the database was out of reach for too long. */
  | { readonly kind: 'lost'; readonly at: Date; readonly count: number };
