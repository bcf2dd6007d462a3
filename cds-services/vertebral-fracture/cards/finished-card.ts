/** A draft becomes a card: its identity, its reasons to override, and only what the calling client can show and carry out. */
import type { Card, Suggestion } from '../../../src/cds-hooks/card.js';
import { canCarryOut, type ClientProfile, understandsChoice } from '../../../src/cds-hooks/profiles.js';
import type { CardRecord } from '../../../src/cds-hooks/service.js';
import { canonicalOf } from '../canonical.js';
import { knowledgeVersion } from '../policy.js';
import { knowledgeHash } from '../versions/knowledge-hash.js';
import type { CardContext, CardDraft } from './card-draft.js';
import { linksOf } from './links.js';
import { suggestedSection } from './detail.js';
import { reasonsFor } from './override-reasons.js';

/** Of the topics of cards. */
export const OUTCOME_SYSTEM = canonicalOf('CodeSystem', 'outcome');

/** The card as the client gets it, and what is remembered of it. */
export function finish(draft: CardDraft, context: CardContext): { card: Card; record: CardRecord } {
  const { newId, profile, texts: t, site } = context;
  const uuid = newId();
  const { summary, indicator, outcome, rule, rules, levels, missing, fingerprint, isGuard } = draft;
  const { offered, advised } = divided(draft, profile);
  const [firstSuggestion, ...otherSuggestions] = offered;
  const [firstLink, ...otherLinks] = linksOf(draft, context.pages, profile, t);
  const card: Card = {
    uuid,
    summary,
    detail: fitted([draft.detail, ...suggestedSection(advised, t)], profile),
    indicator,
    source: {
      label: t.sourceLabel,
      topic: { system: OUTCOME_SYSTEM, code: outcome, display: t.outcomes[outcome] },
    },
    ...(firstSuggestion !== undefined && {
      suggestions: [firstSuggestion, ...otherSuggestions],
      selectionBehavior: draft.isChoice && otherSuggestions.length > 0 ? 'at-most-one' : 'any',
    }),
    ...(firstLink !== undefined && { links: [firstLink, ...otherLinks] }),
    overrideReasons: reasonsFor(outcome, site.language),
    extension: {
      'org.vertebral-cds': {
        rule,
        knowledgeVersion,
        knowledgeHash,
        ...(levels.length > 0 && { levels }),
        ...(missing.length > 0 && { missing }),
      },
    },
  };
  return {
    card,
    record: {
      cardUuid: uuid,
      outcome,
      rule,
      rules,
      knowledgeVersion,
      indicator,
      levels,
      missing,
      fingerprint,
      isGuard,
      suggestions: offered.map((suggestion) => ({ uuid: suggestion.uuid, label: suggestion.label })),
    },
  };
}

/**
 * What is offered as a button, and what is told in words because the client would not carry it out. Where a choice of
 * one can't be expressed, both techniques could be taken: only the first is offered, the other is told.
 */
function divided(
  { suggestions, isChoice }: CardDraft,
  profile: ClientProfile,
): { readonly offered: readonly Suggestion[]; readonly advised: readonly string[] } {
  const possible = suggestions.filter((suggestion) => canCarryOut(suggestion, profile));
  const offered = isChoice && !understandsChoice(profile) ? possible.slice(0, 1) : possible;
  const advised = suggestions.filter((suggestion) => !offered.includes(suggestion));
  return { offered, advised: advised.map(({ label }) => label) };
}

/** Whole paragraphs, as many as the client shows; the last of them says what the advice was made from, and stays. */
function fitted(sections: readonly string[], { longestDetail }: ClientProfile): string {
  const whole = sections.join('\n\n');
  if (longestDetail === undefined || whole.length <= longestDetail) return whole;
  const paragraphs = whole.split('\n\n');
  let kept = '';
  for (const paragraph of paragraphs) {
    const next = kept === '' ? paragraph : `${kept}\n\n${paragraph}`;
    if (next.length > longestDetail - 2) break;
    kept = next;
  }
  return kept === ''
    ? `${whole.slice(0, longestDetail - 1).toWellFormed()}…`
    : `${kept}\n\n…`.slice(0, longestDetail);
}
