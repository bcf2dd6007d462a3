/** Runs the decision table over one case. */
import { type Conclusion, conclusionsOf } from './conclusions.js';
import { type Case, type Facts, factsOf } from './facts.js';
import { blockingUnknowns, type MissingName, type Note, notedUnknowns } from './missing-facts.js';
import { isAugmentation, type Outcome, type Urgency } from './outcome.js';
import type { Row, RowId, WarningRow } from './row.js';
import { tier0, tier1, tier2, tier3 } from './safety-rows.js';
import { techniqueRows } from './technique-rows.js';
import { isTrue, type Truth } from './three-valued.js';

/** Every row, in the order in which they are tried. */
export const decisionTable: readonly Row[] = [...tier0, ...tier1, ...tier2, ...tier3, ...techniqueRows];

export interface Warning {
  readonly rule: WarningRow;
  readonly text: string;
}

export interface TraceEntry {
  readonly rule: RowId;
  readonly result: Truth;
}

/** What the table says of one fracture. */
export interface Decision {
  readonly outcome: Outcome;
  readonly rule: RowId;
  readonly indicator: Urgency;
  readonly advice: string;
  /** Row 3.3 with pain this high: the advice asks for an early spine opinion. */
  readonly asksForEarlyOpinion: boolean;
  readonly sources: readonly string[];
  /** Findings that decide and are not known; empty when the outcome doesn't hang on them. */
  readonly missing: readonly MissingName[];
  readonly warnings: readonly Warning[];
  /** Unknown facts that are noted: neither blocking nor counted as absent. */
  readonly notes: readonly Note[];
  readonly trace: readonly TraceEntry[];
  /** Concepts concluded from several values, with those values. */
  readonly conclusions: readonly Conclusion[];
}

/**
 * The first row that is true and has an outcome decides; warnings of every true row are kept.
 * @param table the rows, in the order in which they are tried; those in force unless given
 */
export function decide(given: Case, table: readonly Row[] = decisionTable): Decision {
  const facts = factsOf(given);
  const judged = table.map((row) => ({ row, result: row.when(facts) }));
  const fired = judged.filter(({ result }) => isTrue(result)).map(({ row }) => row);
  const deciding = fired.find((row) => row.effect.kind === 'decide');
  if (deciding?.effect.kind !== 'decide') throw new Error('the decision table has a gap');
  const { outcome, indicator } = deciding.effect;
  return {
    outcome,
    rule: deciding.id,
    indicator: typeof indicator === 'string' ? indicator : indicator(facts),
    ...adviceOf(deciding, facts),
    sources: deciding.sources,
    missing: missingFor(deciding.id, facts),
    warnings: warningsOf(fired, facts, outcome),
    notes: isAugmentation(outcome) || outcome === 'insufficient-data' ? notedUnknowns(facts) : [],
    trace: judged.map(({ row, result }) => ({ rule: row.id, result })),
    conclusions: conclusionsOf(given, facts),
  };
}

export const EARLY_OPINION = 'With pain this high, ask for an early spine opinion.';

function adviceOf(row: Row, facts: Facts): Pick<Decision, 'advice' | 'asksForEarlyOpinion'> {
  const advice = row.advice ?? row.condition;
  const isHighPain = facts.pain !== undefined && facts.pain.min >= facts.policy.earlySpineOpinionPain;
  const asksForEarlyOpinion = row.id === '3.3' && isHighPain;
  return { advice: asksForEarlyOpinion ? `${advice} ${EARLY_OPINION}` : advice, asksForEarlyOpinion };
}

function missingFor(rule: RowId, facts: Facts): readonly MissingName[] {
  if (rule === '3.2') return ['heightLossPercent'];
  if (rule !== '3.1') return [];
  const blocking = blockingUnknowns(facts);
  const needsHeight = facts.heightLoss === undefined && !isTrue(facts.burst);
  return needsHeight ? [...blocking, 'heightLossPercent'] : blocking;
}

/** The warning of 4.1a, for a fracture so young that unknown oedema does not block. */
export const CONFIRM_OEDEMA = 'Marrow oedema not recorded: confirm with MRI STIR or bone scan before cement.';

function warningsOf(fired: readonly Row[], facts: Facts, outcome: Outcome): readonly Warning[] {
  const warnings: Warning[] = fired.flatMap((row) =>
    row.effect.kind === 'warn' ? [{ rule: row.id as WarningRow, text: row.effect.text }] : [],
  );
  const isOedemaAssumed = facts.oedema === 'unknown' && isTrue(facts.youngerThanSixWeeks);
  if (isOedemaAssumed && (isAugmentation(outcome) || outcome === 'insufficient-data')) {
    warnings.push({ rule: '4.1a', text: CONFIRM_OEDEMA });
  }
  return warnings;
}
