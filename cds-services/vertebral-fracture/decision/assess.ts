/** Assesses every fracture of a record: the one entrance to this room. Pure: the date comes in with the findings. */
import type { Fracture, RecordFindings } from '../findings/finding.js';
import type { Policy } from '../policy.js';
import { alternativesTo, type Alternative } from './alternatives.js';
import { decide, type Decision } from './decide.js';
import { type Case, factsOf } from './facts.js';
import { type IfConfirmed, ifConfirmed } from './if-confirmed.js';
import { type Score, scoresOf } from './scores.js';
import { isTrue } from './three-valued.js';

export interface FractureAssessment extends Decision {
  readonly fracture: Fracture;
  /** With `insufficient-data`: what would decide. */
  readonly ifConfirmed: readonly IfConfirmed[];
  readonly alternatives: readonly Alternative[];
  /** Decision aids; they decide nothing here. */
  readonly scores: readonly Score[];
}

export interface Assessment {
  readonly record: RecordFindings;
  readonly policy: Policy;
  /** From the top of the spine down. */
  readonly fractures: readonly FractureAssessment[];
}

/** Runs the decision table over each fracture of the record. */
export function assess(record: RecordFindings, policy: Policy): Assessment {
  return { record, policy, fractures: casesOf(record, policy).map(assessFracture) };
}

/** What the table is asked about each fracture, in the order of the record. */
export function casesOf(
  record: Pick<RecordFindings, 'patient' | 'patientFindings' | 'fractures'>,
  policy: Policy,
): readonly Case[] {
  const cases = record.fractures.map((fracture): Case => ({
    fracture,
    patient: record.patient,
    patientFindings: record.patientFindings,
    unhealedFractures: 1,
    policy,
  }));
  const unhealedFractures = cases.filter((one) => {
    const facts = factsOf(one);
    return !isTrue(facts.healed) && !facts.outsideScope;
  }).length;
  return cases.map((one) => ({ ...one, unhealedFractures }));
}

function assessFracture(given: Case): FractureAssessment {
  const decision = decide(given);
  return {
    ...decision,
    fracture: given.fracture,
    ifConfirmed: decision.outcome === 'insufficient-data' ? ifConfirmed(given, decision.missing) : [],
    alternatives: alternativesTo(decision),
    scores: scoresOf(given),
  };
}
