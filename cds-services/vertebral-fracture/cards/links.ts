/** Where a card leads: the review of this patient's fractures, and the row that decided. */
import type { Link } from '../../../src/cds-hooks/card.js';
import { type ClientProfile, isShown } from '../../../src/cds-hooks/profiles.js';
import type { PageAddresses } from '../../../src/cds-hooks/service.js';
import type { CardDraft } from './card-draft.js';
import type { Texts } from './texts/texts.js';

/** Only what the client would show; none where the server has no pages for it. No link starts by itself. */
export function linksOf(
  { levels, rule }: Pick<CardDraft, 'levels' | 'rule'>,
  pages: PageAddresses,
  profile: ClientProfile,
  t: Texts,
): readonly Link[] {
  const { review, knowledge } = pages;
  const links: Link[] = [
    ...(review === undefined
      ? []
      : [
          {
            label: t.openReview,
            url: review,
            type: 'smart' as const,
            appContext: appContextFor(levels, rule),
          },
        ]),
    ...(knowledge === undefined
      ? []
      : [{ label: t.whyRow(rule), url: `${knowledge}#row-${rule}`, type: 'absolute' as const }]),
  ];
  return links.filter(({ url }) => isShown(url, profile));
}

/** What comes back to the review through the EHR: levels and row, nothing of the patient. */
function appContextFor(levels: readonly string[], rule: string): string {
  return JSON.stringify({ levels, rule });
}
