/** The files of a Bulk Data export: a folder of them, single ones, or a manifest that names them; plain or gzip. */
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CohortFailure } from './failure.js';

const NDJSON = /\.ndjson(\.gz)?$/i;

const manifest = z.object({ output: z.array(z.object({ url: z.string() })).min(1) });

export interface InputFile {
  readonly path: string;
  readonly bytes: number;
}

export type Inputs =
  | { readonly ok: true; readonly files: readonly InputFile[] }
  | { readonly ok: false; readonly problem: string };

/** @param paths folders, NDJSON files, or a manifest (JSON with `output`) beside the files it names */
export function inputsOf(paths: readonly string[]): Inputs {
  const files: InputFile[] = [];
  for (const path of paths) {
    const found = filesAt(path);
    if (typeof found === 'string') return { ok: false, problem: found };
    files.push(...found.map((file) => ({ path: file, bytes: statSync(file).size })));
  }
  return files.length === 0
    ? { ok: false, problem: `${paths.join(', ')}: holds no .ndjson or .ndjson.gz files` }
    : { ok: true, files };
}

function filesAt(path: string): readonly string[] | string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return `${path}: no such file or folder`;
  if (stat.isDirectory()) {
    return readdirSync(path)
      .filter((name) => NDJSON.test(name))
      .sort()
      .map((name) => join(path, name));
  }
  if (NDJSON.test(path)) return [path];
  const named = manifestAt(path);
  if (named === undefined) return `${path}: is neither NDJSON nor a Bulk Data manifest`;
  const missing = named.find((file) => statSync(file, { throwIfNoEntry: false }) === undefined);
  return missing === undefined ? named : `${path}: names ${basename(missing)}, which is not beside it`;
}

/** Files are looked for beside the manifest: what was exported has been downloaded by then. */
function manifestAt(path: string): readonly string[] | undefined {
  try {
    const { output } = manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
    return output.map(({ url }) => join(dirname(path), basename(new URL(url, 'file:///').pathname)));
  } catch {
    return undefined;
  }
}

export const isCompressed = (path: string): boolean => path.toLowerCase().endsWith('.gz');

const gzipRatio = 8;

/** Bytes, of a compressed file about those it will have. */
export const sizeUnpacked = ({ path, bytes }: InputFile): number =>
  isCompressed(path) ? gzipRatio * bytes : bytes;

/**
 * Every line that is not blank, with its number from 1, of a file or of a stretch of its bytes (`from` to before `to`).
 * Resolves with the number of lines, blank ones among them; rejects with a CohortFailure where the file can't be read to
 * its end.
 */
export function eachLine(
  path: string,
  onLine: (line: string, number: number) => void,
  stretch?: { readonly from: number; readonly to: number },
): Promise<number> {
  const place = stretch === undefined ? {} : { start: stretch.from, end: stretch.to - 1 };
  const file = createReadStream(path, { highWaterMark: 1 << 20, ...place });
  const input = isCompressed(path) ? file.pipe(createGunzip()) : file;
  return new Promise((resolve, reject) => {
    const fail = ({ code }: NodeJS.ErrnoException) =>
      reject(new CohortFailure(`${basename(path)} can't be read to its end (${code ?? 'damaged'})`));
    file.on('error', fail);
    input.on('error', fail);
    let number = 0;
    createInterface({ input, crlfDelay: Infinity })
      .on('error', fail)
      .on('line', (line) => {
        number += 1;
        if (line.trim() !== '') onLine(line, number);
      })
      .on('close', () => resolve(number));
  });
}
