/** From a patient's record to findings: the one entrance to this room. */
import type { Policy } from '../policy.js';
import type { FindingName, Fracture, RecordFindings, Stale } from './finding.js';
import { levelsOf } from './body-site.js';
import { conclusionReadings } from './conclusion-readings.js';
import { type FractureClaim, fractureClaim, reportClaims } from './fracture-claim.js';
import { claimsInForce, fractureFindings, onsetOfFracture } from './fracture-findings.js';
import { imagingContext } from './imaging.js';
import type { Level } from './level.js';
import { fracturePresences, isFinal, observationReadings } from './observation-readings.js';
import { speaksOfFracture } from './catalogue.js';
import { type FractureTimes, patientFindings } from './patient-findings.js';
import type { PatientRecord } from './patient-record.js';
import { imagingFinding, recentSpineStudies, studiesOfFracture } from './spine-imaging.js';
import type { Reading } from './reading.js';
import { type FromText, reportReadings } from './report-readings.js';
import type { Statement } from './statement.js';
import { ageInYears, dayOf } from './time.js';
import { type Augmentation, augmentations } from './earlier-cement.js';
import { type JoinedFracture, whichFractures } from './which-fractures.js';

/**
 * Reads everything the record says about vertebral fractures.
 * @param record resources of one patient, already sifted
 * @param policy thresholds in force (how long values count, what a score means)
 */
export function gatherFindings(record: PatientRecord, policy: Policy): RecordFindings {
  const { localCodes } = record;
  const imaging = imagingContext(record);
  const text = reportReadings(record, imaging, localCodes, policy);
  const readings = [
    ...observationReadings(record, imaging, localCodes, policy),
    ...conclusionReadings(record, imaging),
    ...text.readings,
  ];
  const coded = [
    ...record.conditions.flatMap((condition) => fractureClaim(condition, record.patient?.birthDate) ?? []),
    ...record.reports.flatMap((report) => reportClaims(report, isFinal(report))),
  ];
  const present = [
    ...fracturePresences(record, localCodes).flatMap(({ code, observation }) =>
      levelsOf(observation.bodySite, code),
    ),
    ...text.fractured.map(({ level }) => level),
  ];
  // A text that names no vertebra adds a fracture only where nothing else names one.
  const claims = coded.length > 0 || present.length > 0 ? coded : text.claims.slice(0, 1);
  const placed = [...present, ...hintedPlaces(claims, present, readings, text)];
  const ofFractures = readings.filter((reading) => speaksOfFracture(reading.statement.finding));
  const joined = whichFractures(claims, ofFractures, placed, policy);
  const patient = patientFindings(record, readings, timesOf(joined.fractures), policy);
  const cement = [...augmentations(record), ...text.cement.map(toldAugmentation)];
  const studies = joined.fractures.map((fracture) =>
    studiesOfFracture(fracture, imaging, ofFractures, record.asOf, policy),
  );
  const statedImaging = patient.findings.spineImagingDone;
  const seen =
    joined.fractures.length > 0 ? studies.flat() : recentSpineStudies(imaging, record.asOf, policy);
  const spineImagingDone = imagingFinding(seen) ?? statedImaging;
  const gathered = joined.fractures.map((fracture) =>
    fractureFindings(fracture, {
      record,
      policy,
      patientFindings: patient.findings,
      augmentations: cement,
    }),
  );
  const fractures = joined.fractures.map((fracture, index): Fracture => {
    const imaged = (studies[index] ?? []).length > 0 ? true : statedImaging?.value;
    const inForce = claimsInForce(fracture);
    return {
      levels: fracture.levels,
      findings: gathered[index]?.findings ?? {},
      outsideScope: inForce.length > 0 && inForce.every((claim) => claim.outsideScope),
      ...(imaged !== undefined && { imaged }),
      unconfirmed: isUnconfirmed(fracture, text),
      ...(isDenied(fracture, text) && { deniedByReport: true as const }),
      conditions: inForce.map((claim) => claim.source),
    };
  });
  const age = ageInYears(record.patient?.birthDate, record.asOf);
  const sex = record.patient?.gender;
  const density = daysSinceBoneDensity(
    readings.map((reading) => reading.statement),
    record.asOf,
  );
  return {
    asOf: new Date(record.asOf).toISOString().slice(0, 10),
    patient: {
      id: record.patientId,
      ...(age !== undefined && { ageYears: age }),
      ...(sex !== undefined && { sex }),
    },
    patientFindings: { ...patient.findings, ...(spineImagingDone !== undefined && { spineImagingDone }) },
    fractures,
    stale: [...patient.stale, ...gathered.flatMap((one) => one.stale)].map(asStale),
    undated: patient.undated,
    notUsed: [
      ...record.notUsed,
      ...joined.unassigned.map(({ statement }) => ({
        resource: statement.evidence.resource,
        reason: 'ambiguous-vertebra' as const,
      })),
    ],
    unreadReports: text.unread,
    numberingUncertain: text.numbering,
    augmentationWithoutLevel: cement.some(
      ({ levels, mayBeAt }) =>
        levels.length === 0 && fractures.some((fracture) => fracture.levels.some(mayBeAt)),
    ),
    ...(density !== undefined && { daysSinceBoneDensity: density }),
  };
}

function timesOf(fractures: readonly JoinedFracture[]): FractureTimes {
  const active = fractures.filter((fracture) => claimsInForce(fracture).some((claim) => claim.active));
  const onsets = active.map(onsetOfFracture);
  const dated = onsets.flatMap((onset) => onset ?? []);
  const isEachDated = dated.length > 0 && dated.length === active.length;
  return {
    since: isEachDated ? Math.min(...dated.map((onset) => onset.earliest)) : undefined,
    latest: [...dated].sort((a, b) => b.earliest - a.earliest)[0],
  };
}

function asStale({ finding, evidence }: Statement): Stale {
  const { resource, date } = evidence;
  return { finding, resource, ...(date !== undefined && { date }) };
}

function daysSinceBoneDensity(statements: readonly Statement[], asOf: number): number | undefined {
  const name: FindingName = 'boneMineralDensityTScore';
  const moments = statements.filter((one) => one.finding === name).flatMap((one) => one.at ?? []);
  return moments.length === 0 ? undefined : dayOf(asOf) - dayOf(Math.max(...moments));
}

/** Where diagnoses name no vertebra and nothing else does, the words of a study may; the fracture then needs confirmation. */
function hintedPlaces(
  claims: readonly FractureClaim[],
  present: readonly Level[],
  readings: readonly Reading[],
  { hinted }: FromText,
): readonly Level[] {
  const isNamed = present.length > 0 || readings.some(({ level }) => level !== undefined);
  const isWithoutLevel =
    claims.length > 0 && claims.every(({ levels, active }) => levels.length === 0 && active);
  return isWithoutLevel && !isNamed && hinted.length === 1 ? hinted : [];
}

/** Only doubtful or preliminary words name it, or the newest report denies it. */
function isUnconfirmed(fracture: JoinedFracture, text: FromText): boolean {
  const inForce = claimsInForce(fracture);
  if (isDenied(fracture, text) || isOnlyHinted(fracture, text)) return true;
  const told = text.fractured.filter(
    ({ level }) => fracture.levels.length === 1 && fracture.levels[0] === level,
  );
  if (inForce.length > 0)
    return inForce.every((claim) => claim.unconfirmed) && told.every(({ doubtful }) => doubtful);
  return told.length > 0 && told.every(({ doubtful }) => doubtful) && !hasCodedReading(fracture);
}

function isOnlyHinted(
  { levels, claims, readings }: JoinedFracture,
  { hinted, fractured }: FromText,
): boolean {
  if (fractured.some(({ level }) => levels.includes(level))) return false;
  const isNamed =
    claims.some((claim) => claim.levels.length > 0) || readings.some(({ level }) => level !== undefined);
  return !isNamed && levels.some((level) => hinted.includes(level));
}

function hasCodedReading({ readings }: JoinedFracture): boolean {
  return readings.some(({ statement }) => statement.evidence.start === undefined && statement.final);
}

function isDenied({ levels }: JoinedFracture, { denied }: FromText): boolean {
  return levels.length === 1 && levels.some((level) => denied.includes(level));
}

function toldAugmentation({ level, evidence }: FromText['cement'][number]): Augmentation {
  return { levels: [level], mayBeAt: (other) => other === level, evidence };
}
