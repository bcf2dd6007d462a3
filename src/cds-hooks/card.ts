/**
 * The response side of CDS Hooks 2.0.1: cards, suggestions, actions.
 * Optional members are left out when they have no value: the standard forbids null and empty ones.
 */
import type { FhirResource } from 'fhir/r4.js';

export type Indicator = 'info' | 'warning' | 'critical';

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** Members of a CDS Hooks extension: reverse-DNS keys, any JSON object below them. */
export type Extension = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Source {
  readonly label: string;
  readonly url?: string;
  readonly icon?: string;
  readonly topic?: Coding;
}

export type Action =
  | { readonly type: 'create'; readonly description: string; readonly resource: FhirResource }
  | { readonly type: 'update'; readonly description: string; readonly resource: FhirResource }
  | { readonly type: 'delete'; readonly description: string; readonly resourceId: string };

export interface Suggestion {
  readonly label: string;
  readonly uuid: string;
  readonly isRecommended?: boolean;
  readonly actions?: readonly [Action, ...Action[]];
}

/** An override reason: the standard demands a display on each. */
export interface OverrideReason extends Coding {
  readonly display: string;
}

export interface Link {
  readonly label: string;
  readonly url: string;
  readonly type: 'absolute' | 'smart';
  readonly appContext?: string;
}

export interface Card {
  readonly uuid: string;
  /** One sentence, shorter than 140 characters. */
  readonly summary: string;
  /** GitHub-flavoured Markdown without HTML. */
  readonly detail?: string;
  readonly indicator: Indicator;
  readonly source: Source;
  readonly suggestions?: readonly [Suggestion, ...Suggestion[]];
  /** Present exactly when there are suggestions. */
  readonly selectionBehavior?: 'at-most-one' | 'any';
  readonly overrideReasons?: readonly [OverrideReason, ...OverrideReason[]];
  readonly links?: readonly [Link, ...Link[]];
  readonly extension?: Extension;
}
