/** Assessment and occasion to cards: the one entrance to this room. */
import type { Card, Indicator, OverrideReason } from '../../../src/cds-hooks/card.js';
import { understandsChoice } from '../../../src/cds-hooks/profiles.js';
import type { CardRecord, HookAnswer } from '../../../src/cds-hooks/service.js';
import type { Assessment, FractureAssessment } from '../decision/assess.js';
import type { Outcome } from '../decision/outcome.js';
import type { NotUsed } from '../findings/finding.js';
import { overrideReasons } from '../knowledge.js';
import { knowledgeVersion } from '../policy.js';
import { detailOf } from './detail.js';
import { isCementOrder } from './order-meaning.js';
import { suggestionsFor } from './suggestions.js';
import { summaryOf } from './summary.js';
import { isWorthSaying } from './when-to-speak.js';
import { outcomeName } from './wording.js';
import type { CardContext, CardDraft } from './card-draft.js';
import { recordCards } from './record-cards.js';

const MOST_CARDS = 3;

/** Cards for a call, the most urgent first, three at most. */
export function cardsFor(assessment: Assessment, context: CardContext): HookAnswer {
  const { record, policy } = assessment;
  const occasion = { hook: context.hook, orders: context.orders, record, policy };
  const spoken = assessment.fractures.filter((assessed) => isWorthSaying(assessed, occasion));
  const drafts = [
    ...byOutcome(spoken).map((group) => draftFor(group, assessment, context)),
    ...recordCards(assessment, context, spoken.length > 0),
  ];
  const finished = [...drafts]
    .sort(byUrgency)
    .slice(0, MOST_CARDS)
    .map((draft) => finish(draft, context));
  return {
    cards: finished.map(({ card }) => card),
    records: finished.map(({ record: remembered }) => remembered),
    ofOtherPatients: record.notUsed.filter(({ reason }) => reason === 'other-patient').length,
    ...leftOut(record.notUsed),
  };
}

type Group = readonly [FractureAssessment, ...FractureAssessment[]];

/** Fractures that share an outcome share a card. */
function byOutcome(spoken: readonly FractureAssessment[]): readonly Group[] {
  const groups = new Map<Outcome, FractureAssessment[]>();
  for (const assessed of [...spoken].sort((a, b) => URGENCY[a.indicator] - URGENCY[b.indicator])) {
    groups.set(assessed.outcome, [...(groups.get(assessed.outcome) ?? []), assessed]);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  );
}

function draftFor(group: Group, assessment: Assessment, context: CardContext): CardDraft {
  const [first] = group;
  return {
    summary: summaryOf(group, assessment.record.patientFindings),
    detail: detailOf(group, assessment, { gaps: context.gaps, changedPolicy: context.site.changedPolicy }),
    indicator: indicatorIn(first, context),
    outcome: first.outcome,
    rule: first.rule,
    levels: [...new Set(group.flatMap(({ fracture }) => fracture.levels))],
    missing: [...new Set(group.flatMap(({ missing }) => missing))],
    suggestions: suggestionsFor(group, { ...context, fractures: assessment.fractures }),
  };
}

/** Some rows weigh more when a cement order is being placed (clinical.md 1.2, 1.4, 3.1). */
function indicatorIn({ rule, indicator }: FractureAssessment, { orders }: CardContext): Indicator {
  if (!orders.some(({ meaning }) => isCementOrder(meaning))) return indicator;
  if (rule === '1.2') return 'critical';
  return indicator === 'info' && (rule === '1.4' || rule === '3.1') ? 'warning' : indicator;
}

const URGENCY: Readonly<Record<Indicator, number>> = { critical: 0, warning: 1, info: 2 };

const WEIGHT: readonly Outcome[] = [
  'surgical-referral',
  'defer',
  'specialist-review',
  'insufficient-data',
  'kyphoplasty',
  'kyphoplasty-or-vertebroplasty',
  'vertebroplasty',
  'medical-management',
];

function byUrgency(a: CardDraft, b: CardDraft): number {
  return URGENCY[a.indicator] - URGENCY[b.indicator] || WEIGHT.indexOf(a.outcome) - WEIGHT.indexOf(b.outcome);
}

const OUTCOME_SYSTEM = 'https://vertebral-cds.org/fhir/CodeSystem/outcome';

function finish(draft: CardDraft, { newId, profile }: CardContext): { card: Card; record: CardRecord } {
  const uuid = newId();
  const { summary, detail, indicator, outcome, rule, levels, missing } = draft;
  const isChoice = draft.suggestions.length > 1 && outcome !== 'insufficient-data';
  // Where a choice can't be expressed, both techniques could be taken: only the first is offered, the text names the other.
  const suggestions =
    isChoice && !understandsChoice(profile) ? draft.suggestions.slice(0, 1) : draft.suggestions;
  const [firstSuggestion, ...otherSuggestions] = suggestions;
  const card: Card = {
    uuid,
    summary,
    detail,
    indicator,
    source: {
      label: 'Vertebral fracture decision support',
      topic: { system: OUTCOME_SYSTEM, code: outcome, display: outcomeName(outcome) },
    },
    ...(firstSuggestion !== undefined && {
      suggestions: [firstSuggestion, ...otherSuggestions],
      selectionBehavior: isChoice && otherSuggestions.length > 0 ? 'at-most-one' : 'any',
    }),
    overrideReasons: reasonsFor(outcome),
    extension: {
      'org.vertebral-cds': {
        rule,
        knowledgeVersion,
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
      knowledgeVersion,
      indicator,
      levels,
      missing,
      suggestions: suggestions.map((suggestion) => ({ uuid: suggestion.uuid, label: suggestion.label })),
    },
  };
}

/** The reasons that fit this outcome first, then the general ones. */
function reasonsFor(outcome: Outcome): readonly [OverrideReason, ...OverrideReason[]] {
  const own = overrideReasons.own
    .filter(({ outcomes }) => outcomes.includes(outcome))
    .map(({ code, display }) => ({ system: overrideReasons.ownSystem, code, display }));
  const general = overrideReasons.hl7.map(({ code, display }) => ({
    system: overrideReasons.hl7System,
    code,
    display,
  }));
  const [first, ...others] = [...own, ...general];
  if (first === undefined) throw new Error('no override reasons in the knowledge folder');
  return [first, ...others];
}

/** Resources of the call that were not used, said also where no card speaks. */
function leftOut(notUsed: readonly NotUsed[]): Pick<HookAnswer, 'extension'> {
  return notUsed.length === 0 ? {} : { extension: { 'org.vertebral-cds': { notUsed } } };
}
