/** What only the medicine can tell those who register the services. */
import type { RegistrationFacts } from '../../../src/web/page/service-pages.js';
import { OUTCOME_SYSTEM } from '../cards/finished-card.js';
import { textsIn } from '../cards/texts/texts.js';
import type { Outcome } from '../decision/outcome.js';
import { orderKinds, type Site } from '../site.js';

export function registrationFacts(site: Site): RegistrationFacts {
  const { outcomes } = textsIn(site.language);
  return {
    topics: (Object.entries(outcomes) as [Outcome, string][])
      .filter(([code]) => code !== 'not-applicable')
      .map(([code, display]) => ({ system: OUTCOME_SYSTEM, code, display })),
    orderKinds: orderKinds.map((kind) => ({ kind, codes: site.orderCodes[kind] ?? [] })),
    sample: { patient: 't6-l3-wedge-40-percent', hook: 'order-select', order: 'Lumbar brace' },
  };
}
