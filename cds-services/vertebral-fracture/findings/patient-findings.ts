/** The findings of the patient, merged from diagnoses, observations, medicines, allergies and the stay. */
import type { Policy } from '../policy.js';
import { patientFindingNames, speaksOfFracture } from './catalogue.js';
import { isBeforeFracture, isStale } from './currency.js';
import { diagnosisStatements } from './diagnosis-statements.js';
import { failedTherapy } from './failed-therapy.js';
import type { FindingName, PatientFindings } from './finding.js';
import { mergeAll } from './merge.js';
import type { PatientRecord } from './patient-record.js';
import type { Reading } from './reading.js';
import { statement, type Statement } from './statement.js';
import type { Moment } from './time.js';
import { allergyStatements } from './allergies.js';
import { drugsInUse, drugStatements } from './drugs.js';
import { encounterStatements } from './stay.js';

export interface GatheredPatient {
  readonly findings: PatientFindings;
  readonly stale: readonly Statement[];
  /** Findings used although nobody recorded when they were seen. */
  readonly undated: readonly FindingName[];
}

/** What is known of when the patient's active fractures happened. */
export interface FractureTimes {
  /** Earliest moment of any of them; undefined when one of them is undated. */
  readonly since: number | undefined;
  /** Onset of the latest dated one: an examination must be newer to speak of it. */
  readonly latest: Moment | undefined;
}

/** Merges everything said about the patient, apart from spine imaging. */
export function patientFindings(
  record: PatientRecord,
  readings: readonly Reading[],
  times: FractureTimes,
  policy: Policy,
): GatheredPatient {
  const drugs = drugsInUse(record);
  const all = [
    ...readings.map((reading) => reading.statement).filter((one) => !speaksOfFracture(one.finding)),
    ...diagnosisStatements(record, times.since),
    ...drugStatements(drugs),
    ...allergyStatements(record),
    ...encounterStatements(record),
  ];
  const stale = all.filter((one) => isStale(one, record.asOf, policy) || isBeforeFracture(one, times.latest));
  const current = all.filter((one) => !stale.includes(one));
  const first = mergeAll(patientFindingNames, current);
  const painAt = latest(current, 'painScore');
  const concluded = [
    ...failedTherapy(drugs, first.painScore, painAt, policy),
    ...bleedingFromResults(first, policy),
  ];
  return {
    findings: concluded.length === 0 ? first : mergeAll(patientFindingNames, [...current, ...concluded]),
    stale,
    undated: undatedOf(current),
  };
}

function latest(statements: readonly Statement[], finding: FindingName): number | undefined {
  const moments = statements.filter((one) => one.finding === finding).flatMap((one) => one.at ?? []);
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** INR or platelets beyond the limits of row 2.1 (SIR 2019) are a coagulopathy whatever is coded. */
function bleedingFromResults({ inr, plateletCount }: PatientFindings, policy: Policy): readonly Statement[] {
  const made: Statement[] = [];
  if (inr !== undefined && inr.value.min > policy.inrDeferAbove) {
    made.push(
      ...inr.evidence.map((one) => coagulopathy({ ...one, derived: `INR above ${policy.inrDeferAbove}` })),
    );
  }
  if (plateletCount !== undefined && plateletCount.value.max < policy.plateletsDeferBelow) {
    const why = `platelets below ${policy.plateletsDeferBelow}`;
    made.push(...plateletCount.evidence.map((one) => coagulopathy({ ...one, derived: why })));
  }
  return made;
}

function coagulopathy(evidence: Statement['evidence']): Statement {
  return statement('coagulopathy', true, evidence, { standing: true });
}

const SHOULD_HAVE_A_DATE: readonly FindingName[] = ['painScore', 'neurologicalDeficit'];

function undatedOf(current: readonly Statement[]): readonly FindingName[] {
  return SHOULD_HAVE_A_DATE.filter((name) => {
    const about = current.filter((one) => one.finding === name && !one.standing);
    return about.length > 0 && about.every((one) => one.at === undefined);
  });
}
