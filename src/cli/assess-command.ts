/** `vertebral-cds assess FILE`: what the decision says of one record. */
import {
  assessmentJson,
  assessRecord,
  findingsAsFhir,
  siteConfigurationSchema,
  wantedExpansions,
} from '../../cds-services/index.js';
import { loadSiteConfiguration } from '../config/site-configuration.js';
import { extensionsInCache } from '../terminology/at-start.js';
import { assessmentTable, type ShownAssessment } from './assessment-table.js';
import { readRecordFile } from './record-file.js';

export interface AssessOptions {
  readonly json?: boolean;
  /** The findings as coded FHIR resources, in place of the assessment. */
  readonly findings?: boolean;
  readonly asOf?: string;
  readonly config?: string;
  readonly patient?: string;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Exit code of input that can't be read (sysexits EX_DATAERR). */
const DATA_ERROR = 65;
/** Exit code of a configuration that can't be used (sysexits EX_CONFIG). */
const CONFIG_ERROR = 78;

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** @param now ms since 1970, used when no `--as-of` is given */
export function assessCommand(file: string, options: AssessOptions, now: number): CommandResult {
  const asOf = options.asOf === undefined ? now : momentOf(options.asOf);
  if (asOf === undefined) {
    return { exitCode: DATA_ERROR, stderr: `--as-of ${options.asOf ?? ''}: not a date such as 2026-11-23` };
  }
  const site = loadSiteConfiguration(options.config, siteConfigurationSchema);
  if (!site.ok) return { exitCode: CONFIG_ERROR, stderr: site.problem };
  const read = readRecordFile(file, options.patient);
  if (!read.ok) return { exitCode: DATA_ERROR, stderr: read.problem };
  const assessment = assessRecord(
    read.record.entries,
    read.record.patientId,
    asOf,
    site.configuration.services,
    extensionsInCache(wantedExpansions(site.configuration.services), site.configuration.server.terminology),
  );
  if (options.findings === true) {
    const { asOf: day, patient, patientFindings, fractures } = assessment.record;
    const bundle = findingsAsFhir({ asOf: day, patient, patientFindings, fractures });
    return { exitCode: 0, stdout: JSON.stringify(bundle, undefined, 2) };
  }
  const json = assessmentJson(assessment);
  const stdout =
    options.json === true ? JSON.stringify(json, undefined, 2) : assessmentTable(json as ShownAssessment);
  return { exitCode: 0, stdout };
}

/** The end of the day named, or the moment named. */
export function momentOf(text: string): number | undefined {
  if (!DATE.test(text)) return undefined;
  const at = Date.parse(text.includes('T') ? text : `${text}T23:59:59.999Z`);
  return Number.isNaN(at) ? undefined : at;
}
