/** What a terminology server has answered, kept in a file, so that the service starts alike without it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Code } from './terminology-server.js';

const entry = z.object({
  server: z.string(),
  valueSet: z.string(),
  url: z.string(),
  fetchedAt: z.iso.datetime(),
  /** System and code. */
  codes: z.array(z.tuple([z.string(), z.string()])),
});
const cacheFile = z.object({ entries: z.array(entry) });

/** One expansion, and when the server gave it. */
export interface CachedExpansion {
  readonly fetchedAt: Date;
  readonly codes: readonly Code[];
}

export interface ExpansionKey {
  readonly server: string;
  readonly valueSet: string;
  readonly url: string;
}

export interface ExpansionCache {
  readonly get: (key: ExpansionKey) => CachedExpansion | undefined;
  readonly put: (key: ExpansionKey, expansion: CachedExpansion) => void;
  /** Writes what was put; false when the file can't be written. What nobody asks for any more is left out. */
  readonly save: (wanted: readonly ExpansionKey[]) => boolean;
}

/** A file that is missing or can't be understood is an empty cache. */
export function openExpansionCache(path: string): ExpansionCache {
  const entries = new Map(readEntries(path).map((one) => [keyOf(one), one]));
  return {
    get: (key) => {
      const found = entries.get(keyOf(key));
      if (found === undefined) return undefined;
      const codes = found.codes.map(([system, code]) => ({ system, code }));
      return { fetchedAt: new Date(found.fetchedAt), codes };
    },
    put: ({ server, valueSet, url }, { fetchedAt, codes }) => {
      const plain = codes.map(({ system, code }): [string, string] => [system, code]);
      const one = { server, valueSet, url, fetchedAt: fetchedAt.toISOString(), codes: plain };
      entries.set(keyOf(one), one);
    },
    save: (wanted) => {
      const kept = new Set(wanted.map(keyOf));
      return write(path, { entries: [...entries].filter(([key]) => kept.has(key)).map(([, one]) => one) });
    },
  };
}

function keyOf({ server, valueSet, url }: ExpansionKey): string {
  return JSON.stringify([server, valueSet, url]);
}

function readEntries(path: string): z.output<typeof cacheFile>['entries'] {
  try {
    return cacheFile.parse(JSON.parse(readFileSync(path, 'utf8'))).entries;
  } catch {
    return [];
  }
}

/** Whole or not at all: a file cut off half-way would lose what it held before. */
function write(path: string, content: z.input<typeof cacheFile>): boolean {
  const unfinished = `${path}.${process.pid}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, JSON.stringify(content), { mode: 0o600 });
    renameSync(unfinished, path);
    return true;
  } catch {
    return false;
  }
}
