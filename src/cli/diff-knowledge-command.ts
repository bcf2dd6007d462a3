/** `vertebral-cds diff-knowledge --from A --to B FILE…`: who would get another outcome, and by which row. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  compareRecord,
  compareVersions,
  type Difference,
  draftVersion,
  isTurned,
  type KnowledgeVersion,
  type SiteConfiguration,
  siteConfigurationSchema,
  versionNamed,
  versionUnknown,
} from '../../cds-services/index.js';
import { loadSiteConfiguration } from '../config/site-configuration.js';
import { type CommandResult, momentOf } from './assess-command.js';
import { looksLikeDecisions, readDecisionRecords } from './decision-record-file.js';
import { readRecordFile, whyUnreadable } from './record-file.js';

export interface DiffOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
  readonly asOf?: string;
  readonly config?: string;
}

const DATA_ERROR = 65;
const CONFIG_ERROR = 78;

/** @param now ms since 1970, used for whole records when no `--as-of` is given */
export function diffKnowledgeCommand(
  files: readonly string[],
  options: DiffOptions,
  now: number,
): CommandResult {
  const asOf = options.asOf === undefined ? now : momentOf(options.asOf);
  if (asOf === undefined) return refused(`--as-of ${options.asOf ?? ''}: not a date such as 2026-11-23`);
  const site = loadSiteConfiguration(options.config, siteConfigurationSchema);
  if (!site.ok) return { exitCode: CONFIG_ERROR, stderr: `vertebral-cds ${site.problem}` };
  const from = versionOf(options.from);
  if (!from.ok) return refused(`--from: ${from.problem}`);
  const to = versionOf(options.to);
  if (!to.ok) return refused(`--to: ${to.problem}`);
  const versions = { from: from.version, to: to.version };
  const compared: Difference[] = [];
  for (const file of files) {
    const read = differencesIn(file, versions, asOf, site.configuration.services);
    if (!read.ok) return refused(read.problem);
    compared.push(...read.differences);
  }
  const turned = compared.filter(isTurned);
  const stdout =
    options.json === true
      ? JSON.stringify(
          { from: from.version.name, to: to.version.name, compared: compared.length, turned },
          undefined,
          2,
        )
      : linesOf(versions, compared, turned).join('\n');
  return { exitCode: 0, stdout };
}

function refused(problem: string): CommandResult {
  return { exitCode: DATA_ERROR, stderr: `vertebral-cds diff-knowledge: ${problem}` };
}

type Version =
  | { readonly ok: true; readonly version: KnowledgeVersion }
  | { readonly ok: false; readonly problem: string };

/** A version of this release by its name, or a draft in a file. */
function versionOf(named: string): Version {
  const version = versionNamed(named);
  if (version !== undefined) return { ok: true, version };
  if (!existsSync(named))
    return { ok: false, problem: `${versionUnknown(named)}, and there is no such file` };
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(named, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : whyUnreadable(error);
    return { ok: false, problem: `${named}: ${why}` };
  }
  const draft = draftVersion(value);
  return draft.ok ? draft : { ok: false, problem: `${named}: ${draft.problem}` };
}

type Differences =
  | { readonly ok: true; readonly differences: readonly Difference[] }
  | { readonly ok: false; readonly problem: string };

function differencesIn(
  file: string,
  versions: { readonly from: KnowledgeVersion; readonly to: KnowledgeVersion },
  asOf: number,
  configuration: SiteConfiguration,
): Differences {
  if (looksLikeDecisions(file)) {
    const read = readDecisionRecords(file);
    if (!read.ok) return read;
    const differences = read.records.flatMap((record, index) =>
      compareRecord(record.id ?? `${basename(file)}:${index + 1}`, record, versions.from, versions.to),
    );
    return { ok: true, differences };
  }
  const read = readRecordFile(file);
  if (!read.ok) return read;
  const { entries, patientId } = read.record;
  return {
    ok: true,
    differences: compareVersions(patientId, entries, patientId, asOf, versions, configuration),
  };
}

function linesOf(
  { from, to }: { readonly from: KnowledgeVersion; readonly to: KnowledgeVersion },
  compared: readonly Difference[],
  turned: readonly Difference[],
): readonly string[] {
  const changes = new Map<string, number>();
  for (const one of turned) {
    const change = `${one.from.outcome} -> ${one.to.outcome}`;
    changes.set(change, (changes.get(change) ?? 0) + 1);
  }
  return [
    `${from.name} -> ${to.name}: ${turned.length} of ${compared.length} fractures get another outcome.`,
    ...[...changes].map(([change, count]) => `  ${String(count).padStart(6)}  ${change}`),
    ...(turned.length > 0 ? [''] : []),
    ...turned.map(
      ({ subject, levels, from: was, to: is, turnedRows }) =>
        `${subject}  ${levels.join('-') || 'level not known'}: ${was.outcome} (${was.rule}) -> ${is.outcome} (${is.rule}); rows judged otherwise: ${turnedRows.join(', ') || 'none'}`,
    ),
  ];
}
