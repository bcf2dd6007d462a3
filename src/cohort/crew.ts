/** Who does the work of a run: this process alone, or so many processes of the same command that are given one task after another. */
import { type ChildProcess, fork } from 'node:child_process';
import { z } from 'zod';
import { type AssessPatient, assessPartition } from './assess-partition.js';
import { CohortFailure, toldOf } from './failure.js';
import { partition, shareReadSchema, type ShareRead } from './partitions.js';

const stretchSchema = z.object({ path: z.string(), from: z.number(), to: z.number() });
const taskSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    stretches: z.array(stretchSchema).readonly(),
    folder: z.string(),
    partitions: z.number(),
  }),
  z.object({
    kind: z.literal('assess'),
    partition: z.array(z.string()).readonly(),
    shared: z.array(z.string()).readonly(),
    output: z.string(),
  }),
]);
export type Task = z.infer<typeof taskSchema>;

const newsSchema = z.union([
  z.object({ lines: z.number() }),
  z.object({ read: shareReadSchema }),
  z.object({ patients: z.number() }),
  z.object({ failure: z.string() }),
]);
type News = z.infer<typeof newsSchema>;
type Outcome = Exclude<News, { lines: number } | { failure: string }>;

export interface Crew {
  /** What each task came to, in the order of the tasks. Rejects when one could not be done; the others may be under way. */
  readonly do: (tasks: readonly Task[], onDone?: () => void) => Promise<readonly Outcome[]>;
  readonly dismiss: () => void;
}

export interface CrewOptions {
  readonly size: number;
  readonly assess: AssessPatient;
  /** Arguments with which this command becomes a worker. */
  readonly workerArguments: readonly string[];
  /** Hears how many more lines have been read. */
  readonly onLines: (lines: number) => void;
}

export function gatherCrew({ size, assess, workerArguments, onLines }: CrewOptions): Crew {
  if (size === 1) {
    const self = (task: Task) => perform(task, assess, onLines);
    return { do: (tasks, onDone) => inTurns([self], tasks, onDone), dismiss: () => undefined };
  }
  const workers = Array.from({ length: size }, () => fork(process.argv[1] ?? '', workerArguments));
  const hands = workers.map((worker) => (task: Task) => given(worker, task, onLines));
  return {
    do: (tasks, onDone) => inTurns(hands, tasks, onDone),
    dismiss: () => {
      for (const worker of workers) worker.kill();
    },
  };
}

type Hand = (task: Task) => Promise<Outcome>;

/** Whoever is free takes the next task. */
async function inTurns(
  hands: readonly Hand[],
  tasks: readonly Task[],
  onDone: () => void = () => undefined,
): Promise<readonly Outcome[]> {
  const open = tasks.entries();
  const outcomes: Outcome[] = [];
  await Promise.all(
    hands.map(async (hand) => {
      for (const [index, task] of open) {
        outcomes[index] = await hand(task);
        onDone();
      }
    }),
  );
  return outcomes;
}

function given(worker: ChildProcess, task: Task, onLines: (lines: number) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      worker.off('message', hear).off('exit', gone);
      end();
    };
    const hear = (message: unknown) => {
      const news = newsSchema.parse(message);
      if ('lines' in news) onLines(news.lines);
      else if ('failure' in news) settle(() => reject(new CohortFailure(news.failure)));
      else settle(() => resolve(news));
    };
    const gone = (code: number | null) => {
      const how = code === null ? 'a signal' : `exit code ${code}`;
      settle(() => reject(new CohortFailure(`a worker ended with ${how}`)));
    };
    if (!worker.connected) {
      gone(worker.exitCode);
      return;
    }
    worker.on('message', hear).on('exit', gone);
    worker.send(task);
  });
}

async function perform(
  task: Task,
  assess: AssessPatient,
  onLines: (lines: number) => void,
): Promise<Outcome> {
  switch (task.kind) {
    case 'read':
      return { read: await partition(task.stretches, task.folder, task.partitions, onLines) };
    case 'assess':
      return { patients: assessPartition(task, assess) };
    default:
      return task satisfies never;
  }
}

/** A worker's life: tasks come as messages of the process that forked it. Never resolves. */
export async function work(assess: AssessPatient): Promise<never> {
  const tell = (news: News) => process.send?.(news);
  process.on('message', (message) => {
    void perform(taskSchema.parse(message), assess, (lines) => tell({ lines })).then(tell, (error: unknown) =>
      tell({ failure: toldOf(error) }),
    );
  });
  // At once: whoever starts the run again must not meet a reader of the last one at its files.
  process.once('disconnect', () => process.exit());
  return new Promise(() => undefined);
}

export const isRead = (outcome: Outcome): outcome is { read: ShareRead } => 'read' in outcome;
