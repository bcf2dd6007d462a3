/** Several processes on one address: all take calls, one that dies is replaced, a stop ends all, a bad setting starts none. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { sharedPostgres, type Databases } from './support/postgres.js';

const command = fileURLToPath(new URL('../bin/vertebral-cds.js', import.meta.url));

let folder: string;
let server: Databases;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workers-'));
  server = await sharedPostgres();
}, 60_000);
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Calls made to find the processes: each is taken by the one whose turn it is. */
const calls = 12;

interface Cluster {
  readonly child: ChildProcess;
  /** Resolves with the lines of the log about calls, oldest first, once there are that many. */
  readonly logged: (count: number) => Promise<readonly CallLine[]>;
  /** Resolves with everything on standard error once it holds the words. */
  readonly said: (words: RegExp) => Promise<string>;
  readonly ended: Promise<number | null>;
}
interface CallLine {
  readonly pid: number;
  readonly route: string;
}

function start(env: Readonly<Record<string, string>>): Cluster {
  const child = spawn(process.execPath, [command, 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines: CallLine[] = [];
  const log = createInterface({ input: child.stdout });
  log.on('line', (line) => {
    const logged = JSON.parse(line) as Partial<CallLine>;
    if (logged.route !== undefined) lines.push(logged as CallLine);
  });
  return {
    child,
    logged: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (lines.length >= count) resolve(lines);
        };
        log.on('line', look);
        look();
      }),
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

function urlIn(stderr: string): string {
  const url = /listening on (http:\/\/\S+)/.exec(stderr)?.[1];
  if (url === undefined) throw new Error(`no address in: ${stderr}`);
  return url;
}

/** Ids of the processes that answer, as the log names them: each call has a connection of its own. */
async function processesAt(url: string, logged: Cluster['logged']): Promise<ReadonlySet<number>> {
  const earlier = (await logged(0)).length;
  await Promise.all(
    Array.from({ length: calls }, async () => {
      const answer = await fetch(`${url}/cds-services`, { headers: { connection: 'close' } });
      await answer.text();
    }),
  );
  const lines = await logged(earlier + calls);
  return new Set(lines.slice(earlier).map(({ pid }) => pid));
}

test('two processes answer on one address, and end together when told to', async () => {
  const { child, said, logged, ended } = start({ WORKERS: '2', DATABASE_URL: await server.database() });
  const url = urlIn(await said(/listening on http[^]*runs as 2 processes/));
  expect(await processesAt(url, logged)).toEqual(new Set(childrenOf(child.pid)));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 60_000);

test('a process that dies is replaced', async () => {
  const { child, said, logged } = start({ WORKERS: '2', DATABASE_URL: `file:${join(folder, 'x.db')}` });
  const url = urlIn(await said(/listening on http[^]*runs as 2 processes/));
  const [victim, other] = childrenOf(child.pid);
  process.kill(victim ?? 0, 'SIGKILL');
  await said(/a process has ended \(killed\); another is started\n[^]*runs as 2 processes/);
  const now = await processesAt(url, logged);
  expect(now).toEqual(new Set(childrenOf(child.pid)));
  expect(now).toContain(other);
  expect(now).not.toContain(victim);
  expect(now.size).toBe(2);
}, 60_000);

test('a setting that can’t be used is told once, and nothing keeps running', async () => {
  const { said, ended } = start({ WORKERS: '3', AUTH: 'required' });
  const told = await said(/names no clients/);
  expect(await ended).toBe(78);
  expect(told.match(/names no clients/g)).toHaveLength(1);
}, 60_000);

function childrenOf(pid = 0): readonly number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.trim().split(/\s+/).map(Number);
}
