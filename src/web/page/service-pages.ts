/** What the medicine brings for people to read: the seam between the wing that serves pages and the one that knows medicine. */
import type { KeyData } from '../../cds-hooks/service.js';
import type { PageContent } from './document.js';

export interface ServicePages {
  /** Everything the services decide by, with its sources: the page at `/knowledge`. */
  readonly knowledge: PageContent;
  /** The same for machines. */
  readonly knowledgeFile: object;
  /** What there is to say about one patient, with every reason for it. */
  readonly review: (patient: ReviewedPatient) => PageContent;
  /** What only the medicine can tell those who register the services. */
  readonly registration: RegistrationFacts;
}

/** One patient's record, read for one page. */
export interface ReviewedPatient {
  readonly patientId: string;
  readonly fhirServer: string;
  /** By key of the services' prefetch templates. */
  readonly data: ReadonlyMap<string, KeyData>;
  readonly asOf: Date;
  /** What the card that led here said of itself. */
  readonly appContext?: string;
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
export const knowledgeFilePath = '/knowledge.json';
