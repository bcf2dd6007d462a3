/**
 * A population on disk, larger than memory: every line goes to the partition of its patient, so that each partition holds
 * whole patients and fits into memory.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { eachLine, type InputFile } from './inputs.js';
import { whose } from './whose.js';

/** A line that can't be used; nothing of it is repeated. */
export interface BadLine {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

export interface Partitioned {
  readonly resources: number;
  readonly unused: number;
  readonly bad: readonly BadLine[];
  readonly badCount: number;
}

const bytesEach = 12_000_000;
const gzipRatio = 8;
const mostPartitions = 512;
const bufferedCharacters = 1 << 18;
const mostBadKept = 1000;

/** So many that one fits into memory, whatever the population. */
export function partitionCount(files: readonly InputFile[], atLeast: number): number {
  const bytes = files.reduce(
    (sum, { path, bytes: size }) => sum + (path.endsWith('.gz') ? gzipRatio * size : size),
    0,
  );
  return Math.min(mostPartitions, Math.max(atLeast, Math.ceil(bytes / bytesEach)));
}

export const partitionFile = (folder: string, index: number) => join(folder, `${index}.ndjson`);
export const sharedFile = (folder: string) => join(folder, 'shared.ndjson');

/** @param onProgress hears how many lines have been read, now and then */
export async function partition(
  files: readonly InputFile[],
  folder: string,
  count: number,
  onProgress: (lines: number) => void,
): Promise<Partitioned> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const buffers = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  const bad: BadLine[] = [];
  let [resources, unused, badCount, lines] = [0, 0, 0, 0];

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

  for (const { path } of files) {
    await eachLine(path, (line, number) => {
      take(basename(path), line, number);
      lines += 1;
      if (lines % 50_000 === 0) onProgress(lines);
    });
  }
  for (const path of buffers.keys()) flush(path);
  return { resources, unused, bad, badCount };
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
