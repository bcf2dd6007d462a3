/** What a card is made from, and a card before it gets its identity. */
import type { ClientProfile } from '../../../src/cds-hooks/profiles.js';
import type { Indicator, Suggestion } from '../../../src/cds-hooks/card.js';
import type { Hook } from '../../../src/cds-hooks/service.js';
import type { Outcome } from '../decision/outcome.js';
import type { Site } from '../site.js';
import type { DraftOrder } from './draft-orders.js';

export interface CardContext {
  readonly hook: Hook;
  readonly profile: ClientProfile;
  readonly patientId: string;
  readonly encounterId: string | undefined;
  readonly orders: readonly DraftOrder[];
  readonly gaps: readonly string[];
  readonly site: Site;
  readonly newId: () => string;
}

/** What cards about fractures and cards about the record have in common. */
export interface CardDraft {
  readonly summary: string;
  readonly detail: string;
  readonly indicator: Indicator;
  readonly outcome: Outcome;
  readonly rule: string;
  readonly levels: readonly string[];
  readonly missing: readonly string[];
  readonly suggestions: readonly Suggestion[];
}
