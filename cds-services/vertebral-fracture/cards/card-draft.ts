/** What a card is made from, and a card before it gets its identity. */
import type { Indicator, Suggestion } from '../../../src/cds-hooks/card.js';
import type { CallOptions } from '../../../src/cds-hooks/options.js';
import type { ClientProfile } from '../../../src/cds-hooks/profiles.js';
import type { Hook, PageAddresses } from '../../../src/cds-hooks/service.js';
import type { Outcome } from '../decision/outcome.js';
import type { DraftOrders } from '../orders/draft-orders.js';
import type { StandingOrder } from '../orders/standing-orders.js';
import type { Site } from '../site.js';
import type { Texts } from './texts/texts.js';

export interface CardContext {
  readonly hook: Hook;
  readonly profile: ClientProfile;
  readonly options: CallOptions;
  readonly patientId: string;
  readonly encounterId: string | undefined;
  readonly orders: DraftOrders;
  readonly standing: readonly StandingOrder[];
  /** The user is of a specialty that the site does not want told what it knows. */
  readonly isInformed: boolean;
  readonly gaps: readonly string[];
  /** Diagnoses and imaging were read whole: what is not in them is not there. */
  readonly isRecordComplete: boolean;
  readonly site: Site;
  readonly texts: Texts;
  /** Pages that cards may lead to. */
  readonly pages: PageAddresses;
  readonly newId: () => string;
}

/** What cards about fractures and cards about the record have in common. */
export interface CardDraft {
  readonly summary: string;
  readonly detail: string;
  readonly indicator: Indicator;
  readonly outcome: Outcome;
  readonly rule: string;
  /** Every rule with a part in the card. */
  readonly rules: readonly string[];
  readonly levels: readonly string[];
  readonly missing: readonly string[];
  readonly suggestions: readonly Suggestion[];
  /** Suggestions of which the client would carry out one alone. */
  readonly isChoice: boolean;
  /** What decides the card; see fingerprint.ts. */
  readonly fingerprint: string;
  /** Speaks before every signature, whoever dismissed it. */
  readonly isGuard: boolean;
  /** Only doubtful fractures are behind it: a certain one goes first. */
  readonly isDoubtful: boolean;
}
