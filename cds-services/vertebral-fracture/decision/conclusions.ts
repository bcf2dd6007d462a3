/** The concepts the table works with that nobody records as such, with the values they were concluded from (clinical.md 4.5). */
import type { Level } from '../findings/level.js';
import type { Case, Facts } from './facts.js';
import { atLeast, below, isTrue, type Truth } from './three-valued.js';

export interface Conclusion {
  readonly name: 'riskOfFurtherCollapse' | 'severeDeformity' | 'kyphosis' | 'painCriteria';
  readonly result: Truth;
  /** The values that make it true; empty when it is not. */
  readonly because: readonly Ground[];
}

/** A value that a conclusion rests on, with the threshold or the level it met. */
export type Ground =
  | { readonly is: 'pain-in-hospital' | 'pain-despite-therapy'; readonly atLeast: number }
  | { readonly is: 'progression' | 'steroids' | 'called-severe' | 'recorded-kyphosis' }
  | { readonly is: 't-score'; readonly below: number }
  | { readonly is: 'junction'; readonly level: Level }
  | { readonly is: 'local-kyphosis'; readonly atLeast: number };

/** Conclusions that are true, and why; those that are not need no explanation on a card. */
export function conclusionsOf(given: Case, facts: Facts): readonly Conclusion[] {
  return [
    { name: 'painCriteria' as const, result: facts.painCriteriaMet, because: painGrounds(given) },
    {
      name: 'riskOfFurtherCollapse' as const,
      result: facts.riskOfFurtherCollapse,
      because: riskGrounds(given),
    },
    { name: 'severeDeformity' as const, result: facts.severeDeformity, because: deformityGrounds(given) },
    { name: 'kyphosis' as const, result: facts.kyphosis, because: kyphosisGrounds(given) },
  ].filter(({ result }) => isTrue(result));
}

function painGrounds({ patientFindings: p, policy }: Case): readonly Ground[] {
  if (p.inpatient?.value === true && isTrue(atLeast(p.painScore?.value, policy.severePainInpatient))) {
    return [{ is: 'pain-in-hospital', atLeast: policy.severePainInpatient }];
  }
  return [{ is: 'pain-despite-therapy', atLeast: policy.severePainOutpatient }];
}

function riskGrounds({ fracture, patientFindings: p, policy }: Case): readonly Ground[] {
  const [level] = fracture.levels;
  const tScore = policy.collapseRiskTScoreBelow;
  const isAtJunction =
    level !== undefined && fracture.levels.length === 1 && policy.collapseRiskLevels.includes(level);
  return [
    ...(fracture.findings.progression?.value === true ? [{ is: 'progression' } as const] : []),
    ...(isTrue(below(p.boneMineralDensityTScore?.value, tScore))
      ? [{ is: 't-score', below: tScore } as const]
      : []),
    ...(isAtJunction ? [{ is: 'junction', level } as const] : []),
    ...(p.systemicSteroid?.value === true ? [{ is: 'steroids' } as const] : []),
  ];
}

function deformityGrounds({ fracture, policy }: Case): readonly Ground[] {
  return fracture.findings.severeDeformity?.value === true
    ? [{ is: 'called-severe' }]
    : [{ is: 'local-kyphosis', atLeast: policy.severeDeformityKyphosis }];
}

function kyphosisGrounds({ fracture, policy }: Case): readonly Ground[] {
  return fracture.findings.kyphosis?.value === true
    ? [{ is: 'recorded-kyphosis' }]
    : [{ is: 'local-kyphosis', atLeast: policy.kyphosisFrom }];
}
