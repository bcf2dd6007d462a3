/** The files of a Bulk Data export: a folder of them, single ones, or a manifest that names them; plain or gzip. */
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

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

/** Every line of a file, with its number from 1. */
export function eachLine(path: string, onLine: (line: string, number: number) => void): Promise<void> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const input = path.toLowerCase().endsWith('.gz') ? file.pipe(createGunzip()) : file;
  return new Promise((resolve, reject) => {
    file.on('error', reject);
    input.on('error', reject);
    let number = 0;
    createInterface({ input, crlfDelay: Infinity })
      .on('line', (line) => {
        number += 1;
        if (line.trim() !== '') onLine(line, number);
      })
      .on('close', resolve);
  });
}
