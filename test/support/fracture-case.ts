/** Cases for the decision table: a fracture with nothing against cement, and what a test changes about it. */
import type { Case } from '../../cds-services/vertebral-fracture/decision/facts.js';
import type {
  Fracture,
  FractureFindings,
  FractureValues,
  PatientFindings,
  PatientSummary,
  PatientValues,
} from '../../cds-services/vertebral-fracture/findings/finding.js';
import type { Interval } from '../../cds-services/vertebral-fracture/findings/interval.js';
import { type Policy, policyOf } from '../../cds-services/vertebral-fracture/policy.js';

/** A value of `undefined` makes the finding unknown. */
export type FractureChanges = { readonly [K in keyof FractureValues]?: FractureValues[K] | undefined };
export type PatientChanges = { readonly [K in keyof PatientValues]?: PatientValues[K] | undefined };

export interface Changes {
  readonly fracture?: FractureChanges;
  readonly patient?: PatientChanges;
  readonly about?: Partial<Omit<Fracture, 'findings'>>;
  readonly person?: Partial<PatientSummary>;
  readonly unhealedFractures?: number;
  readonly policy?: Policy;
}

export const policy = policyOf();

export function at(value: number): Interval {
  return { min: value, max: value };
}

const FAVOURABLE_FRACTURE: FractureChanges = {
  heightLossPercent: at(40),
  morphology: 'wedge',
  stability: 'stable',
  aetiology: 'osteoporotic',
  ageDays: at(20),
  acuity: 'acute',
  marrowOedema: true,
  posteriorWallDisrupted: false,
  retropulsion: false,
  priorAugmentation: false,
  painFromThisFracture: true,
};

const FAVOURABLE_PATIENT: PatientChanges = {
  neurologicalDeficit: false,
  painScore: at(8),
  inpatient: false,
  conservativeTherapyFailed: true,
  activeInfection: false,
  coagulopathy: false,
  anticoagulated: false,
  inr: at(1),
  plateletCount: at(200),
  cementAllergy: false,
};

/** An osteoporotic wedge fracture of L3 in a woman of 78 with severe pain despite therapy, changed as told. */
export function caseWith(changes: Changes = {}): Case {
  return {
    fracture: {
      levels: ['L3'],
      outsideScope: false,
      imaged: true,
      unconfirmed: false,
      conditions: ['Condition/c1'],
      ...changes.about,
      findings: findingsOf({ ...FAVOURABLE_FRACTURE, ...changes.fracture }),
    },
    patient: { id: 'p1', ageYears: 78, sex: 'female', ...changes.person },
    patientFindings: patientFindingsOf({ ...FAVOURABLE_PATIENT, ...changes.patient }),
    unhealedFractures: changes.unhealedFractures ?? 1,
    policy: changes.policy ?? policy,
  };
}

export function findingsOf(values: FractureChanges): FractureFindings {
  return asFindings(values);
}

export function patientFindingsOf(values: PatientChanges): PatientFindings {
  return asFindings(values);
}

function asFindings(values: object): object {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    known.map(([name, value]: [string, unknown]) => [
      name,
      { value, evidence: [{ resource: 'Observation/o1', path: 'value', date: '2026-11-20' }] },
    ]),
  );
}
