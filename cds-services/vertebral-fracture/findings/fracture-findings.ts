/** The findings of one fractured vertebra, merged from its diagnoses, its images and what they imply. */
import type { Policy } from '../policy.js';
import { fractureFindingNames } from './catalogue.js';
import { codesOf, ICD_10_CM } from './code-systems.js';
import { isActive } from './condition-state.js';
import { isBeforeFracture, isStale } from './currency.js';
import { evidenceOf } from './diagnosis-statements.js';
import { withImplications } from './derived-statements.js';
import type { Finding, FractureFindings, PatientFindings } from './finding.js';
import type { FractureClaim } from './fracture-claim.js';
import { isInRegion, type Level, type Region } from './level.js';
import { mergeAll } from './merge.js';
import type { PatientRecord } from './patient-record.js';
import { statement, type Statement } from './statement.js';
import { daysBetween, type Moment } from './time.js';
import type { Augmentation } from './earlier-cement.js';

import type { JoinedFracture } from './which-fractures.js';

export interface FractureContext {
  readonly record: PatientRecord;
  readonly policy: Policy;
  readonly patientFindings: PatientFindings;
  readonly augmentations: readonly Augmentation[];
}

export interface GatheredFracture {
  readonly findings: FractureFindings;
  readonly stale: readonly Statement[];
}

/** Diagnoses in force: the active ones, or all when none is active. */
export function claimsInForce(fracture: JoinedFracture): readonly FractureClaim[] {
  const active = fracture.claims.filter((claim) => claim.active);
  return active.length > 0 ? active : fracture.claims;
}

/** Diagnoses with an onset: those that name the vertebra, else those without a level. */
function datedClaims(fracture: JoinedFracture): readonly FractureClaim[] {
  const dated = claimsInForce(fracture).filter((claim) => claim.onset !== undefined);
  const specific = dated.filter((claim) => claim.levels.length > 0 && !claim.isPair);
  return specific.length > 0 ? specific : dated;
}

/** When the fracture happened; of several onsets the latest, after which an image or examination must lie. */
export function onsetOfFracture(fracture: JoinedFracture): Moment | undefined {
  const onsets = datedClaims(fracture).flatMap((claim) => claim.onset ?? []);
  return onsets.sort((a, b) => b.earliest - a.earliest)[0];
}

/** Merges everything said about one fracture. */
export function fractureFindings(fracture: JoinedFracture, context: FractureContext): GatheredFracture {
  const { record, policy } = context;
  const onset = onsetOfFracture(fracture);
  const all = [
    ...fracture.readings.map((reading) => reading.statement),
    ...claimsInForce(fracture).flatMap((claim) => statementsOfClaim(claim, policy)),
    ...ageStatements(fracture, record.asOf),
    ...regionalDiagnoses(fracture.levels, record),
    ...augmentationStatements(fracture.levels, context.augmentations),
  ];
  const stale = all.filter((one) => isStale(one, record.asOf, policy) || isBeforeFracture(one, onset));
  const current = all.filter((one) => !stale.includes(one));
  const stated = mergeAll(fractureFindingNames, [
    ...current,
    ...aetiologyFromPatient(current, context.patientFindings),
  ]);
  return { findings: withConclusions(stated, policy), stale };
}

function statementsOfClaim(claim: FractureClaim, policy: Policy): readonly Statement[] {
  const evidence = {
    resource: claim.source,
    path: claim.path,
    ...(claim.date !== undefined && { date: claim.date }),
    quote: claim.quote,
  };
  const standing = { standing: true };
  const made: Statement[] = [];
  if (claim.morphology !== undefined)
    made.push(statement('morphology', claim.morphology, evidence, standing));
  if (claim.stability !== undefined) made.push(statement('stability', claim.stability, evidence, standing));
  if (claim.aetiology !== undefined) made.push(statement('aetiology', claim.aetiology, evidence, standing));
  if (!claim.active) {
    const why = claim.history ? 'history of a healed fracture' : 'the diagnosis is no longer active';
    made.push(statement('acuity', 'healed', { ...evidence, derived: why }, standing));
  }
  return made.flatMap((one) => withImplications(one, policy));
}

/** The age by every dated diagnosis: where they differ, the age is as uncertain as they make it. */
function ageStatements(fracture: JoinedFracture, asOf: number): readonly Statement[] {
  return datedClaims(fracture).flatMap(({ onset, source }) => {
    if (onset === undefined) return [];
    const evidence = { resource: source, path: 'onset', date: onset.text, quote: onset.text };
    return [statement('ageDays', daysBetween(onset, asOf), evidence, { standing: true })];
  });
}

const INSTABILITY_REGION: ReadonlyMap<string, Region> = new Map([
  ['M532X4', 'thoracic'],
  ['M532X5', 'thoracolumbar'],
  ['M532X6', 'lumbar'],
]);

/** Diagnoses of a whole region of the spine that speak for a fracture in it: instability, kyphosis. */
function regionalDiagnoses(
  levels: readonly Level[],
  { conditions, valueSets }: PatientRecord,
): readonly Statement[] {
  return conditions.filter(isActive).flatMap((condition) => {
    const evidence = evidenceOf(condition);
    const made: Statement[] = [];
    if (valueSets.codeIn('kyphosis', condition.code) !== undefined) {
      made.push(statement('kyphosis', true, evidence, { standing: true }));
    }
    const unstable = codesOf(condition.code)
      .filter(({ system }) => system === ICD_10_CM)
      .flatMap(({ code }) => INSTABILITY_REGION.get(code) ?? []);
    if (unstable.some((region) => levels.length === 0 || levels.some((level) => isInRegion(level, region)))) {
      made.push(statement('stability', 'unstable', evidence, { standing: true }));
    }
    return made;
  });
}

function augmentationStatements(
  levels: readonly Level[],
  augmentations: readonly Augmentation[],
): readonly Statement[] {
  return augmentations
    .filter(
      (augmentation) => levels.length === 1 && augmentation.levels.some((level) => levels.includes(level)),
    )
    .map(({ evidence }) => statement('priorAugmentation', true, evidence, { standing: true }));
}

/** What the patient's other diagnoses say of the cause: a known spinal malignancy contradicts another cause by code. */
function aetiologyFromPatient(
  statements: readonly Statement[],
  { malignancy, osteoporosis }: PatientFindings,
): readonly Statement[] {
  const stated = statements.filter((one) => one.finding === 'aetiology');
  const isObserved = stated.some((one) => !one.standing);
  if (malignancy?.value === true && !isObserved)
    return conclude('malignant', malignancy, 'spinal malignancy known');
  if (stated.length === 0 && osteoporosis?.value === true) {
    return conclude('osteoporotic', osteoporosis, 'osteoporosis known, no other cause coded');
  }
  return [];
}

function conclude(
  cause: 'malignant' | 'osteoporotic',
  from: Finding<boolean>,
  why: string,
): readonly Statement[] {
  const [evidence] = from.evidence;
  return evidence === undefined
    ? []
    : [statement('aetiology', cause, { ...evidence, derived: why }, { standing: true })];
}

/** Findings concluded from others where nobody states them: acuity from age, stability from shape (policy, clinical.md 4.5). */
function withConclusions(stated: FractureFindings, policy: Policy): FractureFindings {
  const acuity = stated.acuity ?? acuityFromAge(stated.ageDays, policy);
  const stability = stated.stability ?? stabilityFromShape(stated, policy);
  return { ...stated, ...(acuity && { acuity }), ...(stability && { stability }) };
}

function acuityFromAge(age: FractureFindings['ageDays'], policy: Policy): FractureFindings['acuity'] {
  if (age === undefined) return undefined;
  const { min, max } = age.value;
  const evidence = age.evidence.map((one) => ({ ...one, derived: 'age of the fracture' }));
  if (max < policy.acuteBelowDays) return { value: 'acute', evidence };
  if (min >= policy.acuteBelowDays && max <= policy.subacuteUpToDays) return { value: 'subacute', evidence };
  if (min > policy.subacuteUpToDays) return { value: 'chronic', evidence };
  return undefined;
}

const COMPRESSED: ReadonlySet<string> = new Set(['wedge', 'biconcave', 'crush']);

function stabilityFromShape(stated: FractureFindings, policy: Policy): FractureFindings['stability'] {
  const { morphology, posteriorWallDisrupted, kyphosisDegrees } = stated;
  const isCompressed = morphology !== undefined && COMPRESSED.has(morphology.value);
  const isWallIntact = posteriorWallDisrupted?.value === false;
  const isKyphotic = kyphosisDegrees !== undefined && kyphosisDegrees.value.max >= policy.stableKyphosisBelow;
  if (!isCompressed || !isWallIntact || isKyphotic) return undefined;
  const evidence = [...morphology.evidence, ...posteriorWallDisrupted.evidence];
  return {
    value: 'stable',
    evidence: evidence.map((one) => ({ ...one, derived: `${morphology.value} with intact posterior wall` })),
  };
}
