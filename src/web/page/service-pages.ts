/** What the medicine brings for people to read: the seam between the wing that serves pages and the one that knows medicine. */
import type { PageContent } from './document.js';

export interface ServicePages {
  /** Everything the services decide by, with its sources: the page at `/knowledge`. */
  readonly knowledge: PageContent;
  /** What only the medicine can tell those who register the services. */
  readonly registration: RegistrationFacts;
}

export interface RegistrationFacts {
  /** Topics of the cards, by which a client may suppress repeats. */
  readonly topics: readonly Coding[];
  /** Kinds of orders that a site can name its own codes for, and those it has named. */
  readonly orderKinds: readonly OrderKindCodes[];
  /** A synthetic patient (of `fixtures/patients`) and an order that show a card. */
  readonly sample: { readonly patient: string; readonly hook: string; readonly order: string };
}

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

export interface OrderKindCodes {
  readonly kind: string;
  readonly codes: readonly (Omit<Coding, 'display'> & { readonly display?: string | undefined })[];
}

export const knowledgePath = '/knowledge';
