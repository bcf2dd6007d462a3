/** The concepts the table works with that nobody records as such, with the values they were concluded from (clinical.md 4.5). */
import type { Case, Facts } from './facts.js';
import { atLeast, below, isTrue, type Truth } from './three-valued.js';

export interface Conclusion {
  readonly name: 'riskOfFurtherCollapse' | 'severeDeformity' | 'kyphosis' | 'painCriteria';
  readonly result: Truth;
  /** The values that make it true, in words; empty when it is not. */
  readonly because: readonly string[];
}

/** Conclusions that are true, and why; those that are not need no explanation on a card. */
export function conclusionsOf(given: Case, facts: Facts): readonly Conclusion[] {
  return [
    { name: 'painCriteria' as const, result: facts.painCriteriaMet, because: painReasons(given) },
    {
      name: 'riskOfFurtherCollapse' as const,
      result: facts.riskOfFurtherCollapse,
      because: riskReasons(given),
    },
    { name: 'severeDeformity' as const, result: facts.severeDeformity, because: deformityReasons(given) },
    { name: 'kyphosis' as const, result: facts.kyphosis, because: kyphosisReasons(given) },
  ].filter(({ result }) => isTrue(result));
}

function painReasons({ patientFindings: p, policy }: Case): readonly string[] {
  if (p.inpatient?.value === true && isTrue(atLeast(p.painScore?.value, policy.severePainInpatient))) {
    return [`in hospital with pain of ${policy.severePainInpatient} or more`];
  }
  return [`pain of ${policy.severePainOutpatient} or more despite medical therapy`];
}

function riskReasons({ fracture, patientFindings: p, policy }: Case): readonly string[] {
  const [level] = fracture.levels;
  return [
    ...(fracture.findings.progression?.value === true ? ['documented progression'] : []),
    ...(isTrue(below(p.boneMineralDensityTScore?.value, policy.collapseRiskTScoreBelow))
      ? [`T-score below ${policy.collapseRiskTScoreBelow}`]
      : []),
    ...(level !== undefined && fracture.levels.length === 1 && policy.collapseRiskLevels.includes(level)
      ? [`${level} lies at the thoracolumbar junction (policy)`]
      : []),
    ...(p.systemicSteroid?.value === true ? ['long-term systemic steroids'] : []),
  ];
}

function deformityReasons({ fracture, policy }: Case): readonly string[] {
  return fracture.findings.severeDeformity?.value === true
    ? ['called severe']
    : [`local kyphosis of ${policy.severeDeformityKyphosis} degrees or more (policy)`];
}

function kyphosisReasons({ fracture, policy }: Case): readonly string[] {
  return fracture.findings.kyphosis?.value === true
    ? ['recorded as a diagnosis']
    : [`local kyphosis of ${policy.kyphosisFrom} degrees or more (policy)`];
}
