/** Assessments as Parquet, a fracture a row, for whoever joins them elsewhere. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { doneAt } from './summary.js';

const assessment = z.object({
  knowledgeVersion: z.string(),
  asOf: z.string(),
  patient: z.object({ id: z.string(), ageYears: z.number().optional(), sex: z.string().optional() }),
  fractures: z.array(
    z.object({
      levels: z.array(z.string()),
      outcome: z.string(),
      rule: z.string(),
      indicator: z.string(),
      missing: z.array(z.string()).default([]),
    }),
  ),
  done: z.array(z.object({ kind: z.string(), levels: z.array(z.string()), date: z.string() })),
});

type Row = Readonly<Record<(typeof columns)[number]['name'], string | number | null>>;

/** Lists are one text, their members parted by a comma. */
const columns = [
  { name: 'patient', type: 'STRING' },
  { name: 'age_years', type: 'INT32' },
  { name: 'sex', type: 'STRING' },
  { name: 'as_of', type: 'STRING' },
  { name: 'knowledge_version', type: 'STRING' },
  { name: 'levels', type: 'STRING' },
  { name: 'outcome', type: 'STRING' },
  { name: 'rule', type: 'STRING' },
  { name: 'indicator', type: 'STRING' },
  { name: 'missing', type: 'STRING' },
  { name: 'done', type: 'STRING' },
] as const;

/** Rows held in memory at once. */
const rowGroupSize = 50_000;

/**
 * A row for each fracture; one without levels, outcome and rule for a patient who has none.
 * @param assessments file with an assessment a line
 * @param path of the Parquet file; one that is there is written over
 */
export async function writeParquet(assessments: string, path: string): Promise<void> {
  const { fileWriter, parquetWriteRows } = await import('hyparquet-writer');
  await parquetWriteRows({
    writer: fileWriter(path),
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rowsIn(assessments),
    rowGroupSize,
  });
}

async function* rowsIn(assessments: string): AsyncGenerator<Row> {
  for await (const line of createInterface({ input: createReadStream(assessments), crlfDelay: Infinity })) {
    const { knowledgeVersion, asOf, patient, fractures, done } = assessment.parse(JSON.parse(line));
    const common = {
      patient: patient.id,
      age_years: patient.ageYears ?? null,
      sex: patient.sex ?? null,
      as_of: asOf,
      knowledge_version: knowledgeVersion,
    };
    const none = { levels: null, outcome: null, rule: null, indicator: null, missing: null };
    if (fractures.length === 0) yield { ...common, ...none, done: listed(done.map(({ kind }) => kind)) };
    for (const { levels, outcome, rule, indicator, missing } of fractures) {
      yield {
        ...common,
        levels: listed(levels),
        outcome,
        rule,
        indicator,
        missing: listed(missing),
        done: listed(doneAt(levels, done)),
      };
    }
  }
}

function listed(members: readonly string[]): string {
  return [...new Set(members)].join(',');
}
