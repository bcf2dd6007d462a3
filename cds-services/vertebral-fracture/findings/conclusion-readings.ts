/** Coded conclusions of reports that state a finding, in the finding code system ("retropulsion"): stated as present. */
import type { DiagnosticReport } from 'fhir/r4.js';
import { levelsOf } from './body-site.js';
import { catalogue, findingByCode, type ObservedName } from './catalogue.js';
import { codesOf, FINDING_SYSTEM, wordsOf } from './code-systems.js';
import type { FindingName } from './finding.js';
import type { ImagingContext } from './imaging.js';
import { isFinal } from './observation-readings.js';
import type { PatientRecord } from './patient-record.js';
import type { Reading } from './reading.js';
import { statement } from './statement.js';
import { momentOf, momentOfPeriod } from './time.js';

/** Statements of all reports' conclusion codes. */
export function conclusionReadings(record: PatientRecord, imaging: ImagingContext): readonly Reading[] {
  return record.reports.flatMap((report) => readingsOf(report, record, imaging));
}

function readingsOf(
  report: DiagnosticReport,
  record: PatientRecord,
  imaging: ImagingContext,
): readonly Reading[] {
  const keys = (report.imagingStudy ?? []).flatMap((reference) => record.keyOf(reference) ?? []);
  const study = imaging.studies.find(({ key }) => keys.includes(key));
  const date =
    momentOf(study?.started) ??
    momentOf(report.effectiveDateTime) ??
    momentOfPeriod(report.effectivePeriod) ??
    momentOf(report.issued);
  return (report.conclusionCode ?? []).flatMap((conclusion, index) => {
    const names = codesOf(conclusion)
      .filter(({ system }) => system === FINDING_SYSTEM)
      .map(({ code }) => findingByCode(code))
      .filter(isYesNo);
    const levels = levelsOf(undefined, conclusion);
    const quote = wordsOf(conclusion);
    return names.map((name) => ({
      statement: statement(
        name,
        true,
        {
          resource: `DiagnosticReport/${report.id ?? '(no id)'}`,
          path: `conclusionCode[${index}]`,
          ...(date !== undefined && { date: date.text }),
          ...(quote !== undefined && { quote }),
          ...(!isFinal(report) && { status: report.status }),
        },
        { final: isFinal(report), at: date?.latest },
      ),
      level: levels.length === 1 ? levels[0] : undefined,
      ambiguous: levels.length > 1,
      focus: [],
      study: study?.key,
    }));
  });
}

function isYesNo(name: ObservedName | undefined): name is FindingName {
  return name !== undefined && name in catalogue && catalogue[name as FindingName].value.kind === 'yes-no';
}
