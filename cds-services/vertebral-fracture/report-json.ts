/** The report reader's answer in the form the contract of `vertebral-cds read-report` gives it. */
import type { ReadReport } from './findings/report-text/read-report.js';

/** Findings stand beside `level` and `status` in each entry; a finding the report does not state is absent. */
export function reportJson({ fractures, patientFindings, numberingUncertain }: ReadReport): object {
  return {
    fractures: fractures.map(({ level, status, evidence, findings }) => ({
      level,
      status,
      evidence,
      ...findings,
    })),
    patientFindings,
    ...(numberingUncertain.length > 0 && { numberingUncertain }),
  };
}
