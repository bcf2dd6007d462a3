/** What the two databases have in common, and where they differ. */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  readonly queries: Kysely<Tables>;
  /** Whether a write failed only because another writer was in the way: it may be tried again. */
  readonly isBusy: (error: unknown) => boolean;
  /** Keeps every other writer out until the transaction ends, across all instances. */
  readonly keepOthersOut: (transaction: Transaction<Tables>) => Promise<void>;
  readonly close: () => Promise<void>;
}
