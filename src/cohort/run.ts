/** A whole population: partitioned on disk, assessed by so many processes, put together; each step is taken up again after a kill. */
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
import type { AssessPatient } from './assess-partition.js';
import { type Crew, gatherCrew, isRead } from './crew.js';
import { eachLine, type InputFile } from './inputs.js';
import {
  inAll,
  partitionCount,
  type Partitioned,
  partitionedSchema,
  partitionFile,
  sharedFile,
} from './partitions.js';
import { cutInto } from './stretches.js';
import { type Summary, summing } from './summary.js';

export interface CohortRun {
  readonly files: readonly InputFile[];
  /** Where the assessments go; the work in progress lies beside it. */
  readonly output: string;
  readonly workers: number;
  /** What decides an assessment beside the data: a run with another one begins anew. */
  readonly settings: string;
  readonly assess: AssessPatient;
  /** Arguments with which this command becomes a worker of a run. */
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

/** What a folder of work holds: partitions of these files, written by so many readers. */
const stateFile = z.object({
  key: z.string(),
  count: z.number(),
  shares: z.number(),
  read: partitionedSchema,
});
type State = z.infer<typeof stateFile>;

const shareFolder = (work: string, share: number) => join(work, 'partitions', String(share));
const doneFile = (work: string, index: number) => join(work, 'done', `${index}.ndjson`);

export async function runCohort(run: CohortRun): Promise<CohortResult> {
  const work = `${run.output}.work`;
  let lines = 0;
  const crew = gatherCrew({
    size: run.workers,
    assess: run.assess,
    workerArguments: run.workerArguments,
    onLines: (more) => run.onProgress({ step: 'reading', lines: (lines += more) }),
  });
  try {
    const state = await partitioned(run, work, crew);
    const all = Array.from({ length: state.count }, (_, index) => index);
    const open = all.filter((index) => !existsSync(doneFile(work, index)));
    await assessAll(run, work, open, state, crew);
    const summary = await putTogether(run.output, work, all);
    rmSync(work, { recursive: true });
    return { summary, read: state.read, takenUp: state.count - open.length };
  } finally {
    crew.dismiss();
  }
}

/** Partitions are written once; a run on other files or with other settings begins anew. */
async function partitioned(
  { files, workers, settings }: CohortRun,
  work: string,
  crew: Crew,
): Promise<State> {
  const key = JSON.stringify([files, settings]);
  const known = stateAt(work);
  if (known?.key === key) return known;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'done'), { recursive: true });
  const partitions = partitionCount(files);
  const tasks = cutInto(files, workers).map((stretches, share) => ({
    kind: 'read' as const,
    stretches,
    folder: shareFolder(work, share),
    partitions,
  }));
  const outcomes = await crew.do(tasks);
  const read = inAll(outcomes.filter(isRead).map((outcome) => outcome.read));
  const state = { key, count: partitions, shares: workers, read };
  writeFileSync(join(work, 'state.half'), JSON.stringify(state));
  renameSync(join(work, 'state.half'), join(work, 'state.json'));
  return state;
}

function stateAt(work: string): State | undefined {
  const path = join(work, 'state.json');
  if (!existsSync(path)) return undefined;
  const state = stateFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return state.success ? state.data : undefined;
}

async function assessAll(
  { onProgress }: CohortRun,
  work: string,
  open: readonly number[],
  { count, shares }: State,
  crew: Crew,
): Promise<void> {
  const folders = Array.from({ length: shares }, (_, share) => shareFolder(work, share));
  let done = count - open.length;
  const tasks = open.map((index) => ({
    kind: 'assess' as const,
    partition: folders.map((folder) => partitionFile(folder, index)),
    shared: folders.map(sharedFile),
    output: doneFile(work, index),
  }));
  await crew.do(tasks, () => onProgress({ step: 'assessing', done: (done += 1), of: count }));
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
