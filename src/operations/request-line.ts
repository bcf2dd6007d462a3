/**
 * What is told of a request once it has been answered: to the log, the metrics and the audit trail. Nothing in it comes
 * from a body: names are those of the configuration and of our own code.
 */
import type { Indicator } from '../cds-hooks/card.js';
import type { Hook, KeyData, Unavailable } from '../cds-hooks/service.js';

/** How many prefetch keys ended in each state. */
export type PrefetchCounts = Readonly<
  Partial<Record<Exclude<KeyData['state'], 'unavailable'> | Unavailable, number>>
>;

/** Why data under a key is missing or not whole; `none`: the one resource asked for does not exist. */
export type Gap = Unavailable | 'none' | 'incomplete';

export const routes = [
  'about',
  'discovery',
  'call',
  'feedback',
  'health',
  'metrics',
  'dashboard',
  'knowledge',
  'asset',
  'page',
  'demo',
  'review',
  'none',
] as const;

/** One line for each request. */
export interface RequestLine {
  readonly requestId: string;
  /** W3C trace id, 32 hex digits. */
  readonly traceId: string;
  readonly route: (typeof routes)[number];
  readonly status: number;
  readonly ms: number;
  /** Code of the failure. */
  readonly failure?: string;
  /** Configured id of the client, or `trial`. */
  readonly client?: string;
  /** Code that says why the token was refused. */
  readonly refusal?: string;
  readonly service?: string;
  readonly hook?: Hook;
  readonly cards?: number;
  readonly outcomes?: readonly string[];
  readonly rules?: readonly string[];
  readonly indicators?: readonly Indicator[];
  readonly prefetch?: PrefetchCounts;
  /** The keys of the templates whose data is missing or not whole. */
  readonly gaps?: Readonly<Record<string, Gap>>;
  /** Resources of another patient that came with the call and were left out. */
  readonly otherPatients?: number;
  /** How the answer went out. */
  readonly mode?: 'live' | 'shadow' | 'off';
  /** Cards that stayed silent, by why. */
  readonly silent?: Readonly<Partial<Record<'asleep' | 'said-in-this-encounter', number>>>;
  /** Entries of feedback stored. */
  readonly feedback?: number;
  /** How many of them say that a suggestion was accepted. */
  readonly accepted?: number;
}
