/** The shape of a row of the decision table (clinical.md section 4). */
import type { Facts } from './facts.js';
import type { Outcome, Urgency } from './outcome.js';
import type { Truth } from './three-valued.js';

export type RowId =
  | '0.1'
  | '0.2'
  | '0.3'
  | '0.4'
  | '1.1'
  | '1.2'
  | '1.3'
  | '1.4'
  | '1.5'
  | '1.6'
  | '1.7'
  | '2.1'
  | '2.2'
  | '2.3'
  | '2.4'
  | '2.5'
  | '2.6'
  | '2.7'
  | '2.8'
  | '2.9'
  | '3.1'
  | '3.2'
  | '3.3'
  | '3.4'
  | '3.5'
  | 'T1'
  | 'T2'
  | 'T3'
  | 'T4'
  | 'T4b'
  | 'T5'
  | 'T6'
  | 'T7'
  | 'T8';

/** Rows that warn and let the next ones decide; 4.1a warns of oedema that nobody looked for. */
export type WarningRow = '2.2' | '2.3' | '2.6' | '3.5' | '4.1a';

/** What a row does when it is true: end the search, add a warning and go on, or just go on. */
export type Effect =
  | {
      readonly kind: 'decide';
      readonly outcome: Outcome;
      readonly indicator: Urgency | ((facts: Facts) => Urgency);
    }
  | { readonly kind: 'warn'; readonly text: string }
  | { readonly kind: 'go-on' };

export interface Row {
  readonly id: RowId;
  /** The condition, in a surgeon's words. */
  readonly condition: string;
  readonly when: (facts: Facts) => Truth;
  readonly effect: Effect;
  /** What to do and why, for the card; undefined for rows that decide nothing. */
  readonly advice?: string;
  /** Rule ids of the article (S), the guidelines (G), or the policy record (ADR 2). */
  readonly sources: readonly string[];
}
