/** Assessment and occasion to cards: the one entrance to this room. */
import type { Indicator } from '../../../src/cds-hooks/card.js';
import type { HookAnswer } from '../../../src/cds-hooks/service.js';
import type { Assessment, FractureAssessment } from '../decision/assess.js';
import type { Outcome } from '../decision/outcome.js';
import type { NotUsed } from '../findings/finding.js';
import type { CardContext, CardDraft } from './card-draft.js';
import { isSwitchedOff } from './card-types.js';
import { detailOf } from './detail.js';
import { finish } from './finished-card.js';
import { fingerprintOf } from './fingerprint.js';
import { MOST_CARDS } from './hook-table.js';
import { recordCards } from './record-cards.js';
import { suggestionsFor } from './suggestions.js';
import { agreementSummary, summaryOf } from './summary.js';
import { type Said, type Voice, worthSaying } from './when-to-speak.js';
import { levelList } from './wording.js';

/** Cards for a call, the most urgent first. How many of them go out is said beside them. */
export function cardsFor(assessment: Assessment, context: CardContext): Omit<HookAnswer, 'acts'> {
  const { record, policy } = assessment;
  const occasion = { ...context, record, policy };
  const said = assessment.fractures.flatMap((assessed) => worthSaying(assessed, occasion) ?? []);
  const drafts = [
    ...loudest(byOutcome(said)).flatMap((group) => draftFor(group, assessment, context) ?? []),
    ...recordCards(assessment, context, said.length > 0),
  ];
  const finished = [...drafts]
    .filter((draft) => !isSwitchedOff(draft.outcome, context.options))
    .sort(byUrgency)
    .map((draft) => finish(draft, context));
  const most = MOST_CARDS[context.hook];
  return {
    cards: finished.map(({ card }) => card),
    records: finished.map(({ record: remembered }) => remembered),
    mostCards: Math.min(most, context.options.maxCards ?? most),
    ofOtherPatients: record.notUsed.filter(({ reason }) => reason === 'other-patient').length,
    ...leftOut(record.notUsed),
  };
}

/** Fractures that share an outcome and a voice. */
interface Group {
  readonly voice: Voice;
  readonly said: readonly [Said, ...Said[]];
}

/** Fractures that share an outcome share a card. */
function byOutcome(said: readonly Said[]): readonly Group[] {
  const groups = new Map<string, Said[]>();
  const urgentFirst = [...said].sort((a, b) => URGENCY[a.assessed.indicator] - URGENCY[b.assessed.indicator]);
  for (const one of urgentFirst) {
    const key = `${one.voice} ${one.assessed.outcome}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ voice: first.voice, said: [first, ...others] as const }],
  );
}

/** One quiet card at most, and none where something louder is said. */
function loudest(groups: readonly Group[]): readonly Group[] {
  const loud = groups.filter(({ voice }) => voice !== 'quiet');
  if (loud.length > 0) return loud;
  const weight = ({ said: [{ assessed }] }: Group) =>
    URGENCY[assessed.indicator] * WEIGHT.length + WEIGHT.indexOf(assessed.outcome);
  return [...groups].sort((a, b) => weight(a) - weight(b)).slice(0, 1);
}

function draftFor(
  { voice, said }: Group,
  assessment: Assessment,
  context: CardContext,
): CardDraft | undefined {
  const [{ assessed: first }] = said;
  const group = [first, ...said.slice(1).map(({ assessed }) => assessed)] as const;
  const suggestions = suggestionsFor(group, { ...context, fractures: assessment.fractures });
  if (voice === 'quiet' && suggestions.length === 0 && !IS_TOLD_WITHOUT.has(first.outcome)) return undefined;
  const about = [...new Set(said.flatMap((one) => one.about))];
  const indicator = indicatorIn(voice, first, about.length > 0);
  return {
    summary:
      voice === 'agree'
        ? agreement(said, context)
        : summaryOf(group, assessment.record.patientFindings, context.texts),
    detail: detailOf(group, assessment, context),
    indicator,
    outcome: first.outcome,
    rule: first.rule,
    rules: [...new Set(group.map(({ rule }) => rule))],
    levels: [...new Set(group.flatMap(({ fracture }) => fracture.levels))],
    missing: [...new Set(group.flatMap(({ missing }) => missing))],
    suggestions,
    isChoice: suggestions.length > 1 && first.outcome !== 'insufficient-data',
    fingerprint: fingerprintOf(group, assessment.record, assessment.policy, about),
    isGuard: indicator === 'critical',
    isDoubtful: group.every(({ fracture }) => fracture.unconfirmed || fracture.deniedByReport === true),
  };
}

/** Outcomes whose card asks for something that no suggestion can carry. */
const IS_TOLD_WITHOUT: ReadonlySet<Outcome> = new Set<Outcome>([
  'surgical-referral',
  'specialist-review',
  'insufficient-data',
  'medical-management',
]);

function agreement(said: readonly [Said, ...Said[]], { texts: t }: CardContext): string {
  const group = [said[0].assessed, ...said.slice(1).map(({ assessed }) => assessed)] as const;
  const orders = said.flatMap(({ about }) => about);
  const isWithoutLevel = orders.some(({ levels }) => levels.length === 0);
  const levels = group.flatMap(({ fracture }) => fracture.levels);
  const warnings = new Set(group.flatMap((one) => one.warnings).map(({ rule }) => t.checksFirst[rule]));
  return agreementSummary(
    group,
    t.orders[orders[0]?.meaning ?? 'cement'],
    [...(isWithoutLevel ? [t.summary.nameTheLevel(levelList(levels, t))] : []), ...warnings],
    t,
  );
}

/** Some rows weigh more when a cement order is being placed against them (clinical.md 1.2, 1.4, 3.1). */
function indicatorIn(
  voice: Voice,
  { rule, indicator, outcome }: FractureAssessment,
  isAboutCement: boolean,
): Indicator {
  if (voice === 'agree') return 'info';
  if (!isAboutCement) return indicator;
  if (rule === '1.2' || outcome === 'surgical-referral') return 'critical';
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

/** By indicator; an order at the wrong level first among equals, what only doubtful fractures say last. */
function byUrgency(a: CardDraft, b: CardDraft): number {
  return (
    URGENCY[a.indicator] - URGENCY[b.indicator] ||
    Number(isAboutTheRecord(b)) - Number(isAboutTheRecord(a)) ||
    Number(a.isDoubtful) - Number(b.isDoubtful) ||
    WEIGHT.indexOf(a.outcome) - WEIGHT.indexOf(b.outcome)
  );
}

function isAboutTheRecord({ isGuard, indicator, missing }: CardDraft): boolean {
  return isGuard && missing.includes('level') && indicator !== 'info';
}

/** Resources of the call that were not used, said also where no card speaks. */
function leftOut(notUsed: readonly NotUsed[]): Pick<HookAnswer, 'extension'> {
  return notUsed.length === 0 ? {} : { extension: { 'org.vertebral-cds': { notUsed } } };
}
