/** What would decide: the smallest sets of missing facts and the outcomes they would lead to (clinical.md 4.5a). */
import type { Finding, FindingName } from '../findings/finding.js';
import { type Interval, span } from '../findings/interval.js';
import type { Level } from '../findings/level.js';
import { decide } from './decide.js';
import type { Case } from './facts.js';
import type { MissingName } from './missing-facts.js';
import { isAugmentation, type Outcome } from './outcome.js';
import type { RowId } from './row.js';

export type AssumedValue = boolean | string | Interval;

/** Facts assumed, and what the table would then say. */
export interface IfConfirmed {
  readonly assume: Readonly<Record<string, AssumedValue>>;
  readonly outcome: Outcome;
  readonly rule: RowId;
}

interface Possibility {
  readonly name: MissingName;
  /** What could turn out, the reassuring one first. */
  readonly values: readonly AssumedValue[];
}

/** What an examination or image could show for each fact that may block. */
function possibilities(name: MissingName, given: Case): Possibility {
  const { policy } = given;
  switch (name) {
    case 'level':
      return { name, values: levelGroups(given) };
    case 'neurologicalDeficit':
      return { name, values: [false, true] };
    case 'stability':
      return { name, values: ['stable', 'unstable'] };
    case 'aetiology':
      return { name, values: ['osteoporotic', 'traumatic', 'malignant'] };
    case 'painScore':
      return {
        name,
        values: [
          span(policy.severePainInpatient, 10),
          span(policy.severePainOutpatient, policy.severePainInpatient - 1),
          span(0, policy.asymptomaticPainUpTo),
        ],
      };
    case 'epiduralCompressionGrade':
      return { name, values: ['0', '2'] };
    case 'posteriorWallDisrupted':
      return { name, values: [false, true] };
    case 'kyphosisDegrees':
      return {
        name,
        values: [span(0, policy.severeDeformityKyphosis - 1), span(policy.severeDeformityKyphosis, 90)],
      };
    case 'marrowOedema':
    case 'conservativeTherapyFailed':
      return { name, values: [true, false] };
    case 'spineImagingDone':
      return { name, values: [true] };
    default:
      return { name, values: [] };
  }
}

/** Levels that the rows treat alike, so that one stands for all of its group. */
function levelGroups({ fracture, policy }: Case): readonly AssumedValue[] {
  const named: readonly Level[] = fracture.levels.length > 0 ? fracture.levels : ['L1', 'L4'];
  const isAtRisk = (level: Level) => policy.collapseRiskLevels.includes(level);
  const groups = new Map(named.map((level) => [isAtRisk(level), level]));
  return [...groups.values()];
}

/**
 * Minimal sets of assumptions that reach an outcome: what a single fact would decide, and all missing facts together.
 * The sets that lead to cement come first.
 */
export function ifConfirmed(given: Case, missing: readonly MissingName[]): readonly IfConfirmed[] {
  const asked = missing
    .filter((name) => name !== 'heightLossPercent')
    .map((name) => possibilities(name, given));
  const single = asked.flatMap(({ name, values }) =>
    values.map((value) => assumed(given, [[name, value]])).filter(isDecided),
  );
  if (asked.length <= 1) return inOrder(single);
  const reassuring = asked.map(({ name, values }) => [name, values[0]] as const);
  const whole = variations(reassuring, asked)
    .map((set) =>
      assumed(
        given,
        set.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    )
    .filter(isDecided);
  const minimal = whole.filter((set) => !containsAny(set, single)).filter(isFirstOfItsKind);
  return inOrder([...minimal, ...single]);
}

type Assumption = readonly [MissingName, AssumedValue];
type MaybeAssumption = readonly [MissingName, AssumedValue | undefined];

/** The reassuring set, and the same with one fact turned out otherwise where that alone decides nothing. */
function variations(
  reassuring: readonly MaybeAssumption[],
  asked: readonly Possibility[],
): readonly (readonly MaybeAssumption[])[] {
  const turned = asked.flatMap(({ name, values }) =>
    values
      .slice(1)
      .map((value) => reassuring.map((one): MaybeAssumption => (one[0] === name ? [name, value] : one))),
  );
  return [reassuring, ...turned];
}

function isDecided(result: IfConfirmed): boolean {
  return result.outcome !== 'insufficient-data';
}

/** Of several whole sets with one answer the first, most reassuring one stands for all. */
function isFirstOfItsKind(set: IfConfirmed, index: number, all: readonly IfConfirmed[]): boolean {
  return all.findIndex(({ outcome, rule }) => outcome === set.outcome && rule === set.rule) === index;
}

/** True when the set holds one that decides on its own: then it is not minimal. */
function containsAny(set: IfConfirmed, smaller: readonly IfConfirmed[]): boolean {
  return smaller.some((one) =>
    Object.entries(one.assume).every(([name, value]) => set.assume[name] === value),
  );
}

function inOrder(results: readonly IfConfirmed[]): readonly IfConfirmed[] {
  return [...results].sort((a, b) => Number(isAugmentation(b.outcome)) - Number(isAugmentation(a.outcome)));
}

function assumed(given: Case, assumptions: readonly Assumption[]): IfConfirmed {
  const { outcome, rule } = decide(assumptions.reduce(withAssumption, given));
  return { assume: Object.fromEntries(assumptions), outcome, rule };
}

const PATIENT_FACTS: ReadonlySet<MissingName> = new Set<MissingName>([
  'neurologicalDeficit',
  'painScore',
  'conservativeTherapyFailed',
]);

function withAssumption(given: Case, [name, value]: Assumption): Case {
  const { fracture, patientFindings } = given;
  const finding: Finding<AssumedValue> = { value, evidence: [] };
  if (name === 'level') return { ...given, fracture: { ...fracture, levels: [value as Level] } };
  if (name === 'spineImagingDone') return { ...given, fracture: { ...fracture, imaged: true } };
  if (PATIENT_FACTS.has(name)) {
    return { ...given, patientFindings: { ...patientFindings, [name satisfies FindingName]: finding } };
  }
  return { ...given, fracture: { ...fracture, findings: { ...fracture.findings, [name]: finding } } };
}
