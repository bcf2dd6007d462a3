/** Several processes on one address: all take calls, one that dies is replaced, a stop ends all, a bad setting starts none. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { startPostgres, type PostgresServer } from './support/postgres.js';

const command = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

let folder: string;
let server: PostgresServer;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workers-'));
  server = await startPostgres();
}, 60_000);
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

interface Cluster {
  readonly child: ChildProcess;
  /** Resolves with everything on standard error once it holds the words. */
  readonly said: (words: RegExp) => Promise<string>;
  readonly ended: Promise<number | null>;
}

function start(env: Readonly<Record<string, string>>): Cluster {
  const child = spawn(process.execPath, ['--import', 'tsx', command, 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    child,
    said: (words) =>
      new Promise((resolve) => {
        const look = () => {
          if (words.test(stderr)) resolve(stderr);
        };
        child.stderr.on('data', look);
        look();
      }),
    ended: once(child, 'exit').then(([code]) => code as number | null),
  };
}

const urlIn = (stderr: string) => /listening on (http:\/\/\S+)/.exec(stderr)?.[1] ?? '';

/** Process ids that answer: each process has its own connections, so many are opened. */
async function processesAt(url: string): Promise<ReadonlySet<string>> {
  const starts = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const answer = await fetch(`${url}/metrics`, { headers: { connection: 'close' } });
      return /^vertebral_cds_process_start_time_seconds (\S+)/m.exec(await answer.text())?.[1] ?? '';
    }),
  );
  return new Set(starts);
}

test('two processes answer on one address, and end together when told to', async () => {
  const { child, said, ended } = start({ WORKERS: '2', DATABASE_URL: await server.database() });
  const url = urlIn(await said(/runs as 2 processes/));
  await untilTrue(async () => (await processesAt(url)).size === 2);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 60_000);

test('a process that dies is replaced', async () => {
  const { child, said } = start({ WORKERS: '2', DATABASE_URL: `file:${join(folder, 'x.db')}` });
  const url = urlIn(await said(/runs as 2 processes/));
  await untilTrue(async () => (await processesAt(url)).size === 2);
  const before = await processesAt(url);
  const [victim] = childrenOf(child.pid ?? 0);
  process.kill(victim ?? 0, 'SIGKILL');
  await said(/a process has ended \(killed\); another is started/);
  await untilTrue(async () => {
    const now = await processesAt(url);
    return now.size === 2 && [...now].some((one) => !before.has(one));
  });
}, 60_000);

test('a setting that can’t be used is told once, and nothing keeps running', async () => {
  const { said, ended } = start({ WORKERS: '3', AUTH: 'required' });
  const told = await said(/names no clients/);
  expect(await ended).toBe(78);
  expect(told.match(/names no clients/g)).toHaveLength(1);
}, 60_000);

/** Asks again and again: when the second process is up, nobody tells the outside. */
async function untilTrue(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 40_000;
  while (!(await isSo())) if (performance.now() > deadline) throw new Error('it did not become so');
}

function childrenOf(pid: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.trim().split(/\s+/).map(Number);
}
