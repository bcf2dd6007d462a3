/** What the rows ask about one fracture, answered true, false or unknown from its findings and the policy in force. */
import type { Fracture, PatientFindings, PatientSummary } from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';
import type { Policy } from '../policy.js';
import {
  above,
  and,
  atLeast,
  atMost,
  below,
  isTrue,
  isValue,
  not,
  or,
  type Truth,
  truth,
} from './three-valued.js';

/** One fracture with everything its assessment depends on. */
export interface Case {
  readonly fracture: Fracture;
  readonly patient: PatientSummary;
  readonly patientFindings: PatientFindings;
  /** Fractures of the patient that are not known to be healed, this one included. */
  readonly unhealedFractures: number;
  readonly policy: Policy;
}

export interface Facts {
  readonly policy: Policy;
  readonly levelKnown: boolean;
  readonly minor: Truth;
  readonly outsideScope: boolean;
  readonly deficit: Truth;
  readonly suspectedDeficit: Truth;
  readonly unstable: Truth;
  readonly stable: Truth;
  readonly aetiologyKnown: boolean;
  readonly osteoporotic: Truth;
  readonly malignant: Truth;
  /** Causes that contradict each other, one of them malignant. */
  readonly malignantAmongMixed: Truth;
  readonly mixed: Truth;
  readonly highGradeCompression: Truth;
  readonly infection: Truth;
  readonly pregnant: Truth;
  readonly mayBePregnant: boolean;
  readonly painFromElsewhere: Truth;
  readonly oedema: Truth;
  readonly healed: Truth;
  readonly youngerThanSixWeeks: Truth;
  readonly olderThanTwelveWeeks: Truth;
  readonly priorAugmentation: Truth;
  readonly coagulopathy: Truth;
  readonly inrTooHigh: Truth;
  readonly plateletsTooLow: Truth;
  readonly inrBorderline: Truth;
  readonly resultsKnown: boolean;
  readonly anticoagulated: Truth;
  readonly cementAllergy: Truth;
  readonly retropulsion: Truth;
  readonly canalCompromised: Truth;
  readonly wallDisrupted: Truth;
  readonly tooManyFractures: boolean;
  readonly sinsPotentiallyUnstable: Truth;
  readonly pain: Interval | undefined;
  readonly asymptomatic: Truth;
  readonly painCriteriaMet: Truth;
  /** Whether failed therapy decides the pain criteria here. */
  readonly therapyMatters: boolean;
  readonly therapyFailed: Truth;
  readonly imaged: Truth;
  readonly burst: Truth;
  readonly severeDeformity: Truth;
  readonly kyphosis: Truth;
  readonly riskOfFurtherCollapse: Truth;
  readonly heightLoss: Interval | undefined;
}

/** Answers every question of the table for one case. */
export function factsOf(given: Case): Facts {
  const { fracture, patient, patientFindings: p, policy } = given;
  const f = fracture.findings;
  const oedema = truth(f.marrowOedema?.value);
  const malignancyKnown = truth(p.malignancy?.value);
  const mixed = isValue(f.aetiology, 'mixed');
  const malignantAmongMixed = and(mixed, malignancyKnown);
  return {
    policy,
    levelKnown: fracture.levels.length === 1,
    minor: patient.ageYears === undefined ? 'unknown' : truth(patient.ageYears < policy.adultFromYears),
    outsideScope: fracture.outsideScope,
    deficit: truth(p.neurologicalDeficit?.value),
    suspectedDeficit: suspicion(given),
    unstable: isValue(f.stability, 'unstable'),
    stable: isValue(f.stability, 'stable'),
    aetiologyKnown: f.aetiology !== undefined,
    osteoporotic: isValue(f.aetiology, 'osteoporotic'),
    malignant: or(isValue(f.aetiology, 'malignant'), malignantAmongMixed),
    malignantAmongMixed,
    mixed,
    highGradeCompression:
      f.epiduralCompressionGrade === undefined
        ? 'unknown'
        : truth(policy.highGradeEpiduralCompression.includes(f.epiduralCompressionGrade.value)),
    infection: truth(p.activeInfection?.value),
    pregnant: pregnancy(given),
    mayBePregnant: mayBePregnant(given),
    painFromElsewhere: not(truth(f.painFromThisFracture?.value)),
    oedema,
    healed: healing(given),
    youngerThanSixWeeks: below(f.ageDays?.value, policy.acuteBelowDays),
    olderThanTwelveWeeks: above(f.ageDays?.value, policy.subacuteUpToDays),
    priorAugmentation: truth(f.priorAugmentation?.value),
    coagulopathy: truth(p.coagulopathy?.value),
    inrTooHigh: above(p.inr?.value, policy.inrDeferAbove),
    plateletsTooLow: below(p.plateletCount?.value, policy.plateletsDeferBelow),
    inrBorderline: and(
      atLeast(p.inr?.value, policy.inrManageFrom),
      atMost(p.inr?.value, policy.inrDeferAbove),
    ),
    resultsKnown: p.inr !== undefined && p.plateletCount !== undefined,
    anticoagulated: truth(p.anticoagulated?.value),
    cementAllergy: truth(p.cementAllergy?.value),
    retropulsion: truth(f.retropulsion?.value),
    canalCompromised: above(f.canalCompromisePercent?.value, 0),
    wallDisrupted: truth(f.posteriorWallDisrupted?.value),
    tooManyFractures: given.unhealedFractures > policy.levelsPerProcedure,
    sinsPotentiallyUnstable: and(
      atLeast(f.sinsScore?.value, policy.sinsSpecialistFrom),
      below(f.sinsScore?.value, policy.sinsUnstableFrom),
    ),
    pain: p.painScore?.value,
    asymptomatic: atMost(p.painScore?.value, policy.asymptomaticPainUpTo),
    ...painCriteria(given),
    therapyFailed: truth(p.conservativeTherapyFailed?.value),
    imaged: truth(fracture.imaged),
    burst: isValue(f.morphology, 'burst'),
    severeDeformity: severity(given),
    kyphosis: or(truth(f.kyphosis?.value), atLeast(f.kyphosisDegrees?.value, policy.kyphosisFrom)),
    riskOfFurtherCollapse: collapseRisk(given),
    heightLoss: f.heightLossPercent?.value,
  };
}

/** Signs recorded count; without any, a stated normal examination answers, and otherwise nothing is known. */
function suspicion({ patientFindings }: Case): Truth {
  const suspected = patientFindings.suspectedNeurologicalDeficit?.value;
  if (suspected !== undefined) return truth(suspected);
  return patientFindings.neurologicalDeficit?.value === false ? 'false' : 'unknown';
}

/** clinical.md section 3: men and women past the policy's age are not asked. */
function pregnancy(given: Case): Truth {
  if (given.patient.sex === 'male') return 'false';
  const stated = given.patientFindings.pregnant?.value;
  if (stated !== undefined) return truth(stated);
  const { ageYears } = given.patient;
  const { pregnancyAskedFromYears: from, pregnancyAskedUpToYears: upTo } = given.policy;
  return ageYears !== undefined && (ageYears < from || ageYears > upTo) ? 'false' : 'unknown';
}

function mayBePregnant(given: Case): boolean {
  return pregnancy(given) === 'unknown' && given.patient.sex === 'female';
}

/** Row 1.4: no oedema, or a diagnosis that is no longer active; a sequela code needs the missing oedema too. */
function healing({ fracture }: Case): Truth {
  const { acuity, marrowOedema } = fracture.findings;
  const noOedema = not(truth(marrowOedema?.value));
  return acuity?.value === 'healed' ? 'true' : noOedema;
}

/** Rows 3.3 and 3.4. A stay that is not known counts as outpatient (clinical.md 4.1a). */
function painCriteria({
  patientFindings: p,
  policy,
}: Case): Pick<Facts, 'painCriteriaMet' | 'therapyMatters'> {
  const pain = p.painScore?.value;
  const inHospital = and(truth(p.inpatient?.value ?? false), atLeast(pain, policy.severePainInpatient));
  const enoughPain = atLeast(pain, policy.severePainOutpatient);
  return {
    painCriteriaMet: or(inHospital, and(enoughPain, truth(p.conservativeTherapyFailed?.value))),
    therapyMatters: !isTrue(inHospital) && enoughPain !== 'false',
  };
}

/** Called severe by the radiologist, else by the angle: a known angle settles it (policy, clinical.md 4.5). */
function severity({ fracture, policy }: Case): Truth {
  const { severeDeformity, kyphosisDegrees } = fracture.findings;
  if (severeDeformity?.value === true) return 'true';
  if (kyphosisDegrees !== undefined) return atLeast(kyphosisDegrees.value, policy.severeDeformityKyphosis);
  return truth(severeDeformity?.value);
}

/** Documented progression, a low T-score (OF score), the thoracolumbar junction or steroids (policy, clinical.md 4.5). */
function collapseRisk({ fracture, patientFindings: p, policy }: Case): Truth {
  const [level, ...others] = fracture.levels;
  const atJunction =
    level === undefined || others.length > 0 ? 'unknown' : truth(policy.collapseRiskLevels.includes(level));
  return or(
    truth(fracture.findings.progression?.value),
    below(p.boneMineralDensityTScore?.value, policy.collapseRiskTScoreBelow),
    atJunction,
    truth(p.systemicSteroid?.value),
  );
}
