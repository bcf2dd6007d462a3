/** `vertebral-cds cohort`: the same answer as for one patient, in any order, in any number of parts, after any kill. */
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { assessCommand } from '../../src/cli/assess-command.js';
import { cohortCommand, type CohortOptions } from '../../src/cli/cohort-command.js';
import { indexOf, partition } from '../../src/cohort/partitions.js';
import { inputsOf } from '../../src/cohort/inputs.js';
import { cutInto } from '../../src/cohort/stretches.js';
import { whose } from '../../src/cohort/whose.js';
import { exampleNames } from '../../src/demo/synthetic-patients.js';

const command = fileURLToPath(new URL('../../bin/vertebral-cds.js', import.meta.url));
const asOf = '2026-11-23';

let folder: string;
let population: string;
/** Synthetic patients whose resources all name them, as a Bulk Data export does. */
const patients = exampleNames()
  .map((name) => {
    const file = new URL(`../../fixtures/patients/${name}/bundle.json`, import.meta.url);
    const { entry = [] } = JSON.parse(readFileSync(file, 'utf8')) as Bundle;
    const resources = entry.map(({ resource }) => resource as object);
    const ids = new Set(
      resources.map((one) => whose(one)).map((one) => (one.kind === 'patient' ? one.id : one.kind)),
    );
    return { name, resources, isWhole: ids.size === 1 };
  })
  .filter(({ isWhole }) => isWhole)
  .slice(0, 60);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cohort-'));
  population = join(folder, 'population');
  writePopulation(population, (resources) => resources);
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

type TypedResource = object & { readonly resourceType: string };

function writePopulation(
  path: string,
  order: (resources: readonly TypedResource[]) => readonly TypedResource[],
): void {
  const byType = new Map<string, TypedResource[]>();
  for (const resource of patients.flatMap(({ resources }) => resources as TypedResource[])) {
    byType.set(resource.resourceType, [...(byType.get(resource.resourceType) ?? []), resource]);
  }
  mkdirSync(path);
  for (const [type, resources] of byType)
    writeFileSync(
      join(path, `${type}.ndjson`),
      order(resources)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    );
}

function cohort(args: readonly string[], input?: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [command, 'cohort', '--as-of', asOf, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
  });
}

function spawnedAssess(bundle: string): string {
  const args = [command, 'assess', bundle, '--as-of', asOf, '--json'];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

const linesIn = (path: string) => readFileSync(path, 'utf8').trim().split('\n').sort();
let whole: readonly string[];
const parquet = () => join(folder, 'one.parquet');

/** A difference of thousands of lines helps nobody. */
const isSame = (found: readonly string[], expected: readonly string[]) =>
  JSON.stringify(found) === JSON.stringify(expected);

interface Assessed {
  readonly patient: { readonly id: string; readonly ageYears?: number };
  readonly fractures: readonly {
    readonly levels: readonly string[];
    readonly outcome: string;
    readonly rule: string;
    readonly trace: object;
  }[];
}
const decisions = ({ fractures }: Assessed) =>
  fractures.map(({ levels, outcome, rule, trace }) => ({ levels, outcome, rule, trace }));

describe('a population', () => {
  test('comes out as one assessment for each patient, the one that `assess` gives', () => {
    const output = join(folder, 'one.ndjson');
    const { status, stdout } = cohort(['--input', population, '--output', output, '--parquet', parquet()]);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^60 patients, \d+ with a vertebral fracture/),
    ]);
    whole = linesIn(output);
    expect(whole).toHaveLength(patients.length);
    const found = new Map(
      whole
        .map((line) => JSON.parse(line) as Assessed & { readonly done: readonly object[] })
        .map((one) => [one.patient.id, one]),
    );
    for (const [index, { name }] of patients.entries()) {
      const bundle = fileURLToPath(new URL(`../../fixtures/patients/${name}/bundle.json`, import.meta.url));
      const { stdout: alone = '' } = assessCommand(bundle, { asOf, json: true }, Date.now());
      if (index === 0) expect(spawnedAssess(bundle)).toBe(`${alone}\n`);
      const expected = JSON.parse(alone) as Assessed;
      const assessed = found.get(expected.patient.id);
      if (assessed?.done.length === 0) expect(decisions(assessed)).toEqual(decisions(expected));
    }
  }, 60_000);

  test('is the same as Parquet, a fracture a row', async () => {
    const rows: readonly Record<string, unknown>[] = await parquetReadObjects({
      file: await asyncBufferFromFile(parquet()),
    });
    const expected = whole
      .map((line) => JSON.parse(line) as Assessed)
      .flatMap(({ patient, fractures }) => {
        const told = fractures.length === 0 ? [undefined] : fractures;
        return told.map((one) => ({
          patient: patient.id,
          age_years: patient.ageYears ?? null,
          levels: one?.levels.join(',') ?? null,
          outcome: one?.outcome ?? null,
          rule: one?.rule ?? null,
        }));
      });
    const found = rows.map(({ patient, age_years, levels, outcome, rule }) => ({
      patient,
      age_years,
      levels,
      outcome,
      rule,
    }));
    const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(found)).toEqual(sorted(expected));
    expect(new Set(rows.map(({ done }) => done as string))).toContain('kyphoplasty');
  });

  test('is the same from two workers, gzipped, shuffled, and by a manifest', () => {
    const shuffled = join(folder, 'shuffled');
    writePopulation(shuffled, (resources) => [...resources].reverse());
    for (const name of readdirSync(shuffled)) {
      writeFileSync(join(shuffled, `${name}.gz`), gzipSync(readFileSync(join(shuffled, name))));
      rmSync(join(shuffled, name));
    }
    const output = join(folder, 'two.ndjson');
    const names = readdirSync(shuffled).map((name) => ({
      type: 'x',
      url: `https://ehr.example.org/files/${name}`,
    }));
    writeFileSync(join(shuffled, 'manifest.json'), JSON.stringify({ output: names }));
    const { status } = cohort([
      '--input',
      join(shuffled, 'manifest.json'),
      '--output',
      output,
      '--workers',
      '2',
    ]);
    expect(status).toBe(0);
    expect(isSame(linesIn(output), whole)).toBe(true);
    expect(existsSync(`${output}.work`)).toBe(false);
  }, 60_000);

  test('is the same in two parts on two machines', async () => {
    const inputs = inputsOf([population]);
    const parts = join(folder, 'parts');
    const [stretches = []] = cutInto(inputs.ok ? inputs.files : [], 1);
    await partition(stretches, parts, 2, () => undefined);
    const outputs = [0, 1].map((index) => join(folder, `part-${index}.ndjson`));
    for (const [index, output] of outputs.entries()) {
      const input = [join(parts, `${index}.ndjson`)];
      expect(await cohortCommand({ input, output, workers: '1', asOf }, Date.now())).toMatchObject({
        exitCode: 0,
      });
    }
    expect(isSame(outputs.flatMap(linesIn).sort(), whole)).toBe(true);
  }, 60_000);

  test('killed in the middle and started again, it goes on without losing or repeating a patient', async () => {
    const output = join(folder, 'killed.ndjson');
    const args = [
      command,
      'cohort',
      '--as-of',
      asOf,
      '--input',
      population,
      '--output',
      output,
      '--workers',
      '2',
    ];
    const child = spawn(process.execPath, args, { stdio: 'ignore', detached: true });
    await oneDone(`${output}.work`);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');
    expect(existsSync(output)).toBe(false);
    const { status, stdout } = cohort(['--input', population, '--output', output, '--workers', '2']);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/; [1-9]\d* partitions of an earlier run taken up/),
    ]);
    expect(isSame(linesIn(output), whole)).toBe(true);
  }, 60_000);
});

/** Asks the folder again and again: the run tells nobody else what it has finished. */
async function oneDone(work: string): Promise<void> {
  const done = join(work, 'done');
  while (!existsSync(done) || !readdirSync(done).some((name) => name.endsWith('.ndjson')))
    await new Promise(setImmediate);
}

describe('what can’t be used', () => {
  test('a bad line is told with its file and number, counted, and nothing of it is repeated', async () => {
    const path = join(folder, 'bad');
    mkdirSync(path);
    const good = JSON.stringify({ resourceType: 'Patient', id: 'p1' });
    writeFileSync(
      join(path, 'Patient.ndjson'),
      `${good}\n{"resourceType":"Patient","canary":\n\n{"resourceType":"Patient"}\n`,
    );
    writeFileSync(
      join(path, 'Condition.ndjson'),
      '{"resourceType":"Condition","subject":{"display":"canary"}}\n[]\n',
    );
    const options = { input: [path], output: join(folder, 'bad.out'), workers: '1', asOf };
    const { exitCode, stdout = '', stderr = '' } = await cohortCommand(options, Date.now());
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 resources, 0 of other types, 4 bad lines');
    expect(stderr).toContain('Patient.ndjson:2 is not JSON');
    expect(stderr).toContain('Patient.ndjson:4 is a patient without an id');
    expect(stderr).toContain('Condition.ndjson:1 names no patient');
    expect(stderr + stdout).not.toContain('canary');
  }, 20_000);

  test.each(['1', '2'])(
    'a damaged file ends the run of %s workers with its name: what it held would be missing',
    (workers) => {
      const path = join(folder, `damaged-${workers}.ndjson.gz`);
      writeFileSync(
        path,
        gzipSync(JSON.stringify({ resourceType: 'Patient', id: 'canary' })).subarray(0, -9),
      );
      const output = join(folder, `damaged-${workers}.out`);
      const { status, stderr } = cohort(['--input', path, '--output', output, '--workers', workers]);
      expect([status, stderr]).toEqual([
        74,
        `vertebral-cds cohort: damaged-${workers}.ndjson.gz can't be read to its end (Z_BUF_ERROR). ` +
          `Nothing was written to ${output}; the same command goes on where it stopped.\n`,
      ]);
      expect(existsSync(output)).toBe(false);
    },
  );

  test.each<[string, Partial<CohortOptions>, number, RegExp]>([
    ['a folder that is not there', { input: ['/nowhere'], output: 'x' }, 65, /no such file or folder/],
    ['no output', { input: ['.'] }, 64, /--output FILE/],
    ['no number of workers', { input: ['.'], output: 'x', workers: 'many' }, 64, /--workers many/],
    ['no date', { input: ['.'], output: 'x', asOf: 'soon' }, 64, /--as-of soon/],
  ])('%s is said in one line', async (_, options, code, words) => {
    const { exitCode, stderr } = await cohortCommand({ workers: '1', ...options }, Date.parse(asOf));
    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(words)]);
  });
});

test('a stream of patients is a stream of assessments in the same order: the unit of any batch engine', () => {
  const some = patients.slice(0, 5);
  const input = some.map(({ resources }) =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: resources.map((resource) => ({ resource })),
    }),
  );
  const { status, stdout, stderr } = cohort(
    ['--input', '-'],
    [...input.slice(0, 2), 'nonsense', ...input.slice(2)].join('\n'),
  );
  expect(status).toBe(0);
  expect(stderr).toMatch(/^line 3: is no Bundle/m);
  expect(stdout.trim().split('\n')).toHaveLength(5);
  for (const line of stdout.trim().split('\n')) expect(whole).toContain(line);
}, 20_000);

test('a patient is in the same part on every machine', () => {
  expect(['p1', 'p2', 'p3', 'a-1'].map((id) => indexOf(id, 16))).toEqual(
    ['p1', 'p2', 'p3', 'a-1'].map((id) => indexOf(id, 16)),
  );
  const spread = new Set(Array.from({ length: 500 }, (_, index) => indexOf(`p${index}`, 16)));
  expect(spread.size).toBe(16);
});

test.each([
  [{ resourceType: 'Condition', subject: { reference: 'Patient/p1' } }, 'p1'],
  [
    {
      resourceType: 'Condition',
      subject: { reference: 'https://ehr.example.org/fhir/Patient/p1/_history/2' },
    },
    'p1',
  ],
  [{ resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/p1' } }, 'p1'],
  [{ resourceType: 'Patient', id: 'p1' }, 'p1'],
])('%j belongs to its patient', (resource, id) => {
  expect(whose(resource)).toEqual({ kind: 'patient', id });
});
