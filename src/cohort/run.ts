/** A whole population: partitioned on disk, assessed by so many processes, put together; each step is taken up again after a kill. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { assessPartition, type AssessPatient } from './assess-partition.js';
import { eachLine, type InputFile } from './inputs.js';
import { partition, partitionCount, type Partitioned, partitionFile, sharedFile } from './partitions.js';
import { type Summary, summing } from './summary.js';

export interface CohortRun {
  readonly files: readonly InputFile[];
  /** Where the assessments go; the work in progress lies beside it. */
  readonly output: string;
  readonly workers: number;
  /** What decides an assessment beside the data: a run with another one begins anew. */
  readonly settings: string;
  readonly assess: AssessPatient;
  /** Arguments with which this command takes partitions of a work folder: `--work DIR --parts 1,2`. */
  readonly workerArguments: readonly string[];
  readonly onProgress: (progress: Progress) => void;
}

export type Progress =
  | { readonly step: 'reading'; readonly lines: number }
  | { readonly step: 'assessing'; readonly done: number; readonly of: number };

export interface CohortResult {
  readonly summary: Summary;
  readonly read: Partitioned;
  /** Partitions that an earlier run had finished. */
  readonly takenUp: number;
}

const stateFile = z.object({
  key: z.string(),
  count: z.number(),
  read: z.object({
    resources: z.number(),
    unused: z.number(),
    badCount: z.number(),
    bad: z.array(z.object({ file: z.string(), line: z.number(), why: z.string() })).readonly(),
  }),
});

const doneFile = (work: string, index: number) => join(work, 'done', `${index}.ndjson`);

export async function runCohort(run: CohortRun): Promise<CohortResult> {
  const work = `${run.output}.work`;
  const state = await partitioned(run, work);
  const all = Array.from({ length: state.count }, (_, index) => index);
  const open = all.filter((index) => !existsSync(doneFile(work, index)));
  await assessAll(run, work, open, state.count);
  const summary = await putTogether(run.output, work, all);
  rmSync(work, { recursive: true });
  return { summary, read: state.read, takenUp: state.count - open.length };
}

/** Partitions are written once; a run on other files or with other settings begins anew. */
async function partitioned(run: CohortRun, work: string): Promise<z.infer<typeof stateFile>> {
  const { files, workers, settings, onProgress } = run;
  const key = JSON.stringify([files, settings]);
  const known = stateAt(work);
  if (known?.key === key) return known;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'done'), { recursive: true });
  const count = partitionCount(files, workers * 4);
  const read = await partition(files, join(work, 'partitions'), count, (lines) =>
    onProgress({ step: 'reading', lines }),
  );
  const state = { key, count, read };
  writeFileSync(join(work, 'state.half'), JSON.stringify(state));
  renameSync(join(work, 'state.half'), join(work, 'state.json'));
  return state;
}

function stateAt(work: string): z.infer<typeof stateFile> | undefined {
  const path = join(work, 'state.json');
  return existsSync(path) ? stateFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

async function assessAll(run: CohortRun, work: string, open: readonly number[], of: number): Promise<void> {
  let done = of - open.length;
  const onDone = () => run.onProgress({ step: 'assessing', done: (done += 1), of });
  if (run.workers === 1) {
    assessParts(work, open, run.assess, onDone);
    return;
  }
  await Promise.all(
    Array.from({ length: run.workers }, async (_, worker) => {
      const parts = open.filter((_part, at) => at % run.workers === worker);
      if (parts.length === 0) return;
      const child = fork(process.argv[1] ?? '', [
        ...run.workerArguments,
        '--work',
        work,
        '--parts',
        parts.join(','),
      ]);
      child.on('message', onDone);
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0)
        throw new Error(`a worker ended with ${code ?? 'a signal'}; run the same command again to go on`);
    }),
  );
}

/** Assesses partitions of a work folder, one after another. @param onDone is told of each */
export function assessParts(
  work: string,
  parts: readonly number[],
  assess: AssessPatient,
  onDone: (index: number) => void,
): void {
  for (const index of parts) {
    const partitions = join(work, 'partitions');
    const places = {
      partition: partitionFile(partitions, index),
      shared: sharedFile(partitions),
      output: doneFile(work, index),
    };
    assessPartition(places, assess);
    onDone(index);
  }
}

async function putTogether(output: string, work: string, all: readonly number[]): Promise<Summary> {
  const sums = summing();
  const half = `${output}.half`;
  writeFileSync(half, '');
  for (const index of all) {
    const path = doneFile(work, index);
    await eachLine(path, (line) => sums.add(line));
    appendFileSync(half, readFileSync(path));
  }
  renameSync(half, output);
  return sums.summary();
}
