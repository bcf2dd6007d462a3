/**
 * A population on disk, larger than memory: every line goes to the partition of its patient, so that each partition holds
 * whole patients and fits into memory.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { eachLine, type InputFile, sizeUnpacked } from './inputs.js';
import type { Stretch } from './stretches.js';
import { whose } from './whose.js';

/** A line that can't be used; nothing of it is repeated. */
const badLine = z.object({ file: z.string(), line: z.number(), why: z.string() });

export const partitionedSchema = z.object({
  resources: z.number(),
  unused: z.number(),
  badCount: z.number(),
  bad: z.array(badLine).readonly(),
});
/** What reading the whole export came to. */
export type Partitioned = z.infer<typeof partitionedSchema>;

/** The same of one share: the numbers of bad lines count within it, and `lines` says how many each of its files has here. */
export const shareReadSchema = partitionedSchema.extend({ lines: z.record(z.string(), z.number()) });
export type ShareRead = z.infer<typeof shareReadSchema>;

const bytesEach = 12_000_000;
const fewestPartitions = 32;
const mostPartitions = 512;
const bufferedCharacters = 1 << 18;
const mostBadKept = 1000;

/** So many that one fits into memory, whatever the population; the same for any number of workers. */
export function partitionCount(files: readonly InputFile[]): number {
  const bytes = files.reduce((sum, file) => sum + sizeUnpacked(file), 0);
  return Math.min(mostPartitions, Math.max(fewestPartitions, Math.ceil(bytes / bytesEach)));
}

export const partitionFile = (folder: string, index: number) => join(folder, `${index}.ndjson`);
export const sharedFile = (folder: string) => join(folder, 'shared.ndjson');

const linesBetweenNews = 20_000;

/**
 * Writes one share of the export into partitions of its own.
 *
 * @param onProgress hears now and then how many more lines have been read
 */
export async function partition(
  stretches: readonly Stretch[],
  folder: string,
  count: number,
  onProgress: (lines: number) => void,
): Promise<ShareRead> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const buffers = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  const bad: z.infer<typeof badLine>[] = [];
  const lines: Record<string, number> = {};
  let [resources, unused, badCount, unsaid] = [0, 0, 0, 0];

  function put(path: string, line: string): void {
    const buffer = buffers.get(path) ?? [];
    buffers.set(path, buffer);
    buffer.push(line);
    const size = (sizes.get(path) ?? 0) + line.length;
    sizes.set(path, size);
    if (size > bufferedCharacters) flush(path);
  }
  function flush(path: string): void {
    const buffer = buffers.get(path) ?? [];
    if (buffer.length > 0) appendFileSync(path, `${buffer.join('\n')}\n`);
    buffers.set(path, []);
    sizes.set(path, 0);
  }
  function take(file: string, line: string, number: number): void {
    const belonging = whose(parsed(line));
    switch (belonging.kind) {
      case 'patient':
        resources += 1;
        put(partitionFile(folder, indexOf(belonging.id, count)), line);
        break;
      case 'shared':
        resources += 1;
        put(sharedFile(folder), line);
        break;
      case 'unused':
        unused += 1;
        break;
      case 'bad':
        badCount += 1;
        if (bad.length < mostBadKept) bad.push({ file, line: number, why: belonging.why });
        break;
      default:
        belonging satisfies never;
    }
  }

  for (const { path, ...stretch } of stretches) {
    lines[path] = await eachLine(
      path,
      (line, number) => {
        take(path, line, number);
        unsaid += 1;
        if (unsaid < linesBetweenNews) return;
        onProgress(unsaid);
        unsaid = 0;
      },
      stretch,
    );
  }
  for (const path of buffers.keys()) flush(path);
  onProgress(unsaid);
  return { resources, unused, bad, badCount, lines };
}

/** The shares as the export they were cut from: a bad line has the number that it has in its file. */
export function inAll(shares: readonly ShareRead[]): Partitioned {
  const before = new Map<string, number>();
  const bad = shares.flatMap((share) => {
    const own = share.bad.map(({ file, line, why }) => ({
      file: basename(file),
      line: line + (before.get(file) ?? 0),
      why,
    }));
    for (const [file, lines] of Object.entries(share.lines))
      before.set(file, (before.get(file) ?? 0) + lines);
    return own;
  });
  const sum = (of: (share: ShareRead) => number) => shares.reduce((total, share) => total + of(share), 0);
  return {
    resources: sum(({ resources }) => resources),
    unused: sum(({ unused }) => unused),
    badCount: sum(({ badCount }) => badCount),
    bad: bad.slice(0, mostBadKept),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The same for the same patient, in every run and on every machine. */
export function indexOf(patientId: string, count: number): number {
  return createHash('sha256').update(patientId).digest().readUInt32BE() % count;
}
