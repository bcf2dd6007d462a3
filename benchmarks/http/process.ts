/** A server under load, as a process of its own: a bare one, or the service as the command starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BareKind } from './subject.js';

export interface Subject {
  readonly port: number;
  /** Milliseconds from its start until it listens. */
  readonly startMs: number;
  /** Bytes it holds and milliseconds of CPU since its start, of all its processes. */
  readonly used: () => { readonly rss: number; readonly cpuMs: number };
  /** Itself and the processes it has started. */
  readonly pids: () => readonly number[];
  readonly stop: () => Promise<void>;
}

export interface ServiceOptions {
  /** A new SQLite file unless given. */
  readonly databaseUrl?: string;
  /** Site configuration beside what the benchmark needs. */
  readonly configuration?: object;
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder for a CPU profile, written when it is stopped. */
  readonly profileTo?: string;
}

const bareScript = fileURLToPath(new URL('./subject.ts', import.meta.url));
const command = fileURLToPath(new URL('../../bin/vertebral-cds.js', import.meta.url));
/** The same before it is bundled: a profile names the rooms of the house. */
const unbundled = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export async function startBare(kind: BareKind, jwks: string, publicUrl: string): Promise<Subject> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', bareScript, kind, jwks, publicUrl], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  return subjectOf(child, port, performance.now() - begun, () => undefined);
}

/** Everything on: limits, validation, findings, decision, cards, memory of cards, store, metrics, log, audit. */
export async function startService(options: ServiceOptions = {}): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const configuration = { bodyLimitBytes: 10_000_000, budgetMs: 30_000, fhirBudgetMs: 20_000 };
  const file = join(folder, 'site.json');
  writeFileSync(file, JSON.stringify({ ...configuration, ...options.configuration }));
  const profile =
    options.profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileTo}`];
  const entry = options.profileTo === undefined ? command : unbundled;
  const begun = performance.now();
  const child = spawn(process.execPath, [...profile, entry, 'serve'], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      CONFIG_FILE: file,
      DATABASE_URL: options.databaseUrl ?? `file:${join(folder, 'x.db')}`,
      ...options.environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await said(child, /listening on (http:\S+)/);
  const startMs = performance.now() - begun;
  if (Number(options.environment?.WORKERS ?? 1) > 1) await said(child, /runs as \d+ processes/);
  return subjectOf(child, Number(new URL(url).port), startMs, () => rmSync(folder, { recursive: true }));
}

function subjectOf(child: ChildProcess, port: number, startMs: number, tidy: () => void): Subject {
  const pids = () => [child.pid ?? 0, ...childrenOf(child.pid ?? 0)];
  return {
    port,
    startMs,
    pids,
    used: () =>
      pids()
        .map(usedBy)
        .reduce((sum, one) => ({ rss: sum.rss + one.rss, cpuMs: sum.cpuMs + one.cpuMs })),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      tidy();
    },
  };
}

/** Resolves with what the first group of the pattern holds once standard error has it. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = pattern.exec(text);
      if (found !== null) resolve(found[1] ?? found[0]);
    });
    child.once('exit', () => reject(new Error(text)));
  });
}

/** Clock ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;

/** From /proc: the benchmarks run on Linux. */
function usedBy(pid: number): { readonly rss: number; readonly cpuMs: number } {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    rss: Number(kilobytes ?? 0) * 1024,
    cpuMs: (Number(afterName[11]) + Number(afterName[12])) * TICK_MS,
  };
}

function childrenOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}
