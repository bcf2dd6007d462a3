/** `vertebral-cds replay RECORD`: a kept decision made again, by the version that made it and by today's, row by row. */
import { existsSync } from 'node:fs';
import {
  type DecisionRecord,
  knowledgeHash,
  knowledgeVersion,
  replay,
  type ReplayedFracture,
  versionNamed,
  versionUnknown,
} from '../../cds-services/index.js';
import { keptDecision } from '../decisions/decision-keeper.js';
import type { CommandResult } from './assess-command.js';
import { withDatabase } from './database-command.js';
import { decisionRecordOf, readDecisionRecords } from './decision-record-file.js';

export interface ReplayOptions {
  readonly json?: boolean;
}

const DATA_ERROR = 65;
/** The version that made the decision does not come to the same any more. */
const NOT_REPRODUCED = 1;

/** @param named a file with one kept decision, or the id of one in the database */
export async function replayCommand(
  named: string,
  options: ReplayOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  if (named !== '-' && !existsSync(named))
    return withDatabase(env, async (database) => {
      const value = await keptDecision(database, named);
      if (value === undefined) return unreadable(`${named}: neither a file nor the id of a kept decision`);
      const read = decisionRecordOf(value);
      return read.ok ? replayed(read.record, options) : unreadable(`${named}: ${read.problem}`);
    });
  const read = readDecisionRecords(named);
  if (!read.ok) return unreadable(read.problem);
  const [record, ...others] = read.records;
  if (record === undefined || others.length > 0)
    return unreadable(`${named}: holds ${read.records.length} kept decisions; give a file with one`);
  return replayed(record, options);
}

function unreadable(problem: string): CommandResult {
  return { exitCode: DATA_ERROR, stderr: `vertebral-cds replay: ${problem}` };
}

function replayed(record: DecisionRecord, { json = false }: ReplayOptions): CommandResult {
  const { version, hash } = record.knowledge;
  const maker = versionNamed(version);
  const today = versionNamed(knowledgeVersion);
  if (maker === undefined || today === undefined)
    return unreadable(versionUnknown(maker === undefined ? version : knowledgeVersion));
  const fractures = replay(record, maker, today);
  const isReproduced = fractures.every((fracture) => fracture.isReproduced);
  const isSameContent = maker.hash === hash;
  const stdout = json
    ? JSON.stringify(
        { madeBy: record.knowledge, today: knowledgeVersion, isReproduced, isSameContent, fractures },
        undefined,
        2,
      )
    : [
        `Made by knowledge ${version} (${hash.slice(0, 12)}), today ${knowledgeVersion} (${knowledgeHash.slice(0, 12)}).`,
        ...(isSameContent
          ? []
          : [
              `The knowledge kept as ${version} has another content (${maker.hash?.slice(0, 12) ?? 'none'}).`,
            ]),
        ...(Object.keys(record.sitePolicy).length > 0
          ? [`The site had changed: ${Object.keys(record.sitePolicy).join(', ')}.`]
          : []),
        `Of the patient: ${patientSaid(record)}`,
        ...fractures.flatMap((fracture, index) => fractureLines(fracture, record.fractures[index]?.findings)),
        '',
        isReproduced
          ? 'Reproduced: the same outcome by the same row, every row as it was.'
          : 'NOT reproduced.',
      ].join('\n');
  return { exitCode: isReproduced ? 0 : NOT_REPRODUCED, stdout };
}

type Values = DecisionRecord['patientFindings'];

function patientSaid({ patient: { ageYears, sex }, patientFindings }: DecisionRecord): string {
  const age = ageYears === undefined ? 'age not known' : `age ${ageYears}`;
  return [age, sex ?? 'sex not known', valuesSaid(patientFindings)].join(', ');
}

/** What the rows were judged from, by the names that draft versions and JSON use. */
function valuesSaid(values: Values = {}): string {
  const said = Object.entries(values).map(([name, value]) => `${name} ${valueSaid(value)}`);
  return said.length === 0 ? 'nothing' : said.join(', ');
}

function valueSaid(value: Values[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  const { min, max, minExclusive = false, maxExclusive = false } = value;
  if (min === max) return String(min);
  return `${minExclusive ? 'above ' : ''}${min} to ${maxExclusive ? 'below ' : ''}${max}`;
}

function fractureLines(
  { levels, kept, again, other, rows }: ReplayedFracture,
  findings: Values | undefined,
): readonly string[] {
  const place = levels.length === 0 ? 'Level not known' : levels.join('-');
  return [
    '',
    `${place}: ${kept.outcome} by row ${kept.rule}`,
    `  found: ${valuesSaid(findings)}`,
    `  made again: ${again.outcome} by row ${again.rule}; today: ${other.outcome} by row ${other.rule}`,
    ...rows.map(({ id, condition, kept: was, again: is, other: now }) => {
      const marks = [
        ...(id === other.rule ? ['decides'] : []),
        ...(was === is ? [] : [`was ${was ?? 'not kept'}, is ${is}`]),
        ...(is === now ? [] : [`today ${now ?? 'no such row'}`]),
      ];
      return `  ${id.padEnd(4)} ${is.padEnd(7)}  ${condition}${marks.length === 0 ? '' : `  << ${marks.join('; ')}`}`;
    }),
  ];
}
