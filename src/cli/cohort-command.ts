/** `vertebral-cds cohort`: a whole population, for validation before go-live and for research. */
import { createInterface } from 'node:readline';
import { statSync, writeFileSync } from 'node:fs';
import type { FhirResource } from 'fhir/r4.js';
import {
  assessmentJson,
  assessRecord,
  proceduresDone,
  type SiteConfiguration,
  siteConfigurationSchema,
  type ValueSetExtensions,
  wantedExpansions,
} from '../../cds-services/index.js';
import { isObject } from '../cds-hooks/fhir-value.js';
import type { AssessPatient } from '../cohort/assess-partition.js';
import { work } from '../cohort/crew.js';
import { toldOf } from '../cohort/failure.js';
import { inputsOf } from '../cohort/inputs.js';
import { writeParquet } from '../cohort/parquet.js';
import { type CohortResult, type CohortRun, type Progress, runCohort } from '../cohort/run.js';
import { summaryText } from '../cohort/summary.js';
import { loadSiteConfiguration } from '../config/site-configuration.js';
import { extensionsInCache } from '../terminology/at-start.js';
import type { CommandResult } from './assess-command.js';

export interface CohortOptions {
  readonly input?: readonly string[];
  readonly output?: string;
  /** Where the same goes as Parquet, a fracture a row. */
  readonly parquet?: string;
  readonly workers: string;
  readonly asOf?: string;
  readonly config?: string;
  /** Set for a worker of a run, which is told its tasks by the process that forked it. */
  readonly worker?: boolean;
}

const USAGE_ERROR = 64;
const DATA_ERROR = 65;
const INPUT_OUTPUT_ERROR = 74;
const mostWorkers = 64;
const badLinesTold = 20;

/** @param now the moment a record is judged at, ms since 1970, unless `--as-of` says otherwise */
export async function cohortCommand(options: CohortOptions, now: number): Promise<CommandResult> {
  const asOf = options.asOf === undefined ? now : Date.parse(options.asOf);
  if (Number.isNaN(asOf)) return usage(`--as-of ${options.asOf ?? ''}: is no date such as 2026-11-23`);
  const site = loadSiteConfiguration(options.config, siteConfigurationSchema);
  if (!site.ok) return { exitCode: 78, stderr: `vertebral-cds ${site.problem}` };
  const { services, server } = site.configuration;
  const extensions = extensionsInCache(wantedExpansions(services), server.terminology);
  const assess = assessing(asOf, services, extensions);
  if (options.worker === true)
    return process.send === undefined ? usage('--worker: is for processes of a run') : work(assess);
  const { input = [], output } = options;
  if (input.length === 1 && input[0] === '-') return assessStream(assess);
  if (output === undefined) return usage('--output FILE: says where the assessments go');
  const workers = Number(options.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > mostWorkers)
    return usage(`--workers ${options.workers}: use 1 to ${mostWorkers}`);
  const inputs = inputsOf(input);
  if (!inputs.ok) return { exitCode: DATA_ERROR, stderr: `vertebral-cds cohort: ${inputs.problem}` };
  const day = new Date(asOf).toISOString();
  const result = await outcomeOf({
    files: inputs.files,
    output,
    workers,
    settings: JSON.stringify([
      options.asOf ?? day.slice(0, 10),
      configurationKey(options.config),
      [...extensions],
    ]),
    assess,
    workerArguments: [
      'cohort',
      '--worker',
      '--as-of',
      day,
      ...(options.config === undefined ? [] : ['--config', options.config]),
    ],
    onProgress: progressLine(),
  });
  if (typeof result === 'string')
    return {
      exitCode: INPUT_OUTPUT_ERROR,
      stderr: `vertebral-cds cohort: ${result}. Nothing was written to ${output}; the same command goes on where it stopped.`,
    };
  const { summary, read, takenUp } = result;
  if (options.parquet !== undefined) await writeParquet(output, options.parquet);
  writeFileSync(`${output}.summary.json`, `${JSON.stringify({ ...summary, read }, null, 2)}\n`);
  const told = read.bad.slice(0, badLinesTold).map(({ file, line, why }) => `${file}:${line} ${why}`);
  const more = read.badCount - told.length;
  return {
    exitCode: 0,
    stdout: [
      summaryText(summary),
      '',
      `${read.resources} resources, ${read.unused} of other types, ${read.badCount} bad lines${takenUp > 0 ? `; ${takenUp} partitions of an earlier run taken up` : ''}`,
    ].join('\n'),
    ...(told.length > 0 && { stderr: [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n') }),
  };
}

/** What stopped the run instead of its result. */
async function outcomeOf(run: CohortRun): Promise<CohortResult | string> {
  try {
    return await runCohort(run);
  } catch (error) {
    return toldOf(error);
  }
}

/** Judged on the eve of the first procedure for the fracture, so that advice can be compared with what was done. */
function assessing(
  asOf: number,
  configuration: SiteConfiguration,
  extensions: ValueSetExtensions,
): AssessPatient {
  return (patientId, resources) => {
    const entries = inOrder(resources).map((resource) => ({ resource }));
    const done = proceduresDone(entries, patientId, asOf, configuration, extensions);
    const [first] = done.map(({ date }) => Date.parse(date)).sort((a, b) => a - b);
    const judged = first === undefined ? asOf : Math.min(asOf, first - 1);
    return { ...assessmentJson(assessRecord(entries, patientId, judged, configuration, extensions)), done };
  };
}

/** An export comes in any order; the same record gives the same line. */
function inOrder(resources: readonly object[]): readonly FhirResource[] {
  const keyed = (resources as readonly FhirResource[]).map((resource) => ({
    key: `${resource.resourceType}/${resource.id ?? ''}`,
    resource,
  }));
  return keyed
    .sort(
      (a, b) => compared(a.key, b.key) || compared(JSON.stringify(a.resource), JSON.stringify(b.resource)),
    )
    .map(({ resource }) => resource);
}

function compared(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The unit of a distributed run: a Bundle a line in, an assessment a line out, in the same order. */
async function assessStream(assess: AssessPatient): Promise<CommandResult> {
  let [number, bad] = [0, 0];
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const patient = patientIn(line);
    if (patient === undefined) {
      bad += 1;
      process.stderr.write(`line ${number}: is no Bundle with one Patient\n`);
      continue;
    }
    const written = process.stdout.write(`${JSON.stringify(assess(patient.id, patient.resources))}\n`);
    if (!written) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  return bad === 0 ? { exitCode: 0 } : { exitCode: 0, stderr: `${bad} bad lines` };
}

function patientIn(line: string): { readonly id: string; readonly resources: readonly object[] } | undefined {
  try {
    const bundle: unknown = JSON.parse(line);
    if (!isObject(bundle) || !Array.isArray(bundle.entry)) return undefined;
    const resources = (bundle.entry as unknown[]).flatMap((entry) =>
      isObject(entry) && isObject(entry.resource) ? [entry.resource] : [],
    );
    const patients = resources.filter(({ resourceType }) => resourceType === 'Patient');
    const [patient] = patients;
    if (patients.length !== 1 || typeof patient?.id !== 'string') return undefined;
    return { id: patient.id, resources };
  } catch {
    return undefined;
  }
}

/** A line on standard error that is written over, for people at a terminal alone. */
function progressLine(): (progress: Progress) => void {
  const begun = Date.now();
  return (progress) => {
    if (!process.stderr.isTTY) return;
    const seconds = (Date.now() - begun) / 1000;
    process.stderr.write(`\r\u001b[K${progressText(progress, seconds)}`);
    if (progress.step === 'assessing' && progress.done === progress.of) process.stderr.write('\n');
  };
}

function progressText(progress: Progress, seconds: number): string {
  switch (progress.step) {
    case 'reading':
      return `reading: ${progress.lines} lines, ${Math.round(progress.lines / seconds)} a second`;
    case 'assessing': {
      const left = Math.round((seconds / progress.done) * (progress.of - progress.done));
      return `assessing: ${progress.done} of ${progress.of} partitions, about ${left} s left`;
    }
    default:
      return progress satisfies never;
  }
}

/** A changed configuration file assesses otherwise. */
function configurationKey(config: string | undefined): string {
  return config === undefined ? '' : `${config} ${statSync(config).mtimeMs}`;
}

function usage(problem: string): CommandResult {
  return { exitCode: USAGE_ERROR, stderr: `vertebral-cds cohort: ${problem}` };
}
