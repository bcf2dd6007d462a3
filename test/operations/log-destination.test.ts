import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, read, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { toDescriptor } from '../../src/operations/log-destination.js';
import { startService } from '../support/service-process.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`);

/** A pipe that this process holds at both ends: whatever is written stays until it is read here. */
function openPipe(): number {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  return openSync(path, 'r+');
}

describe('lines for a descriptor', () => {
  test('arrive whole and in order', async () => {
    const file = openSync(join(folder, 'log'), 'w');
    const destination = toDescriptor(file);
    for (const line of numbered(1000)) destination.write(line);
    await destination.flush();
    closeSync(file);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(numbered(1000).join(''));
    expect(destination.takeLost()).toBe(0);
  });

  test('that wait beyond the limit are lost, each as a whole, and counted', async () => {
    const file = openSync(join(folder, 'log'), 'w');
    const destination = toDescriptor(file, { limitBytes: 30 });
    for (const line of numbered(10)) destination.write(line);
    await destination.flush();
    closeSync(file);
    // The first is under way at once; four of seven bytes may wait.
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(numbered(5).join(''));
    expect([destination.takeLost(), destination.takeLost()]).toEqual([5, 0]);
  });

  test('are lost and counted, and nothing else happens, when the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const destination = toDescriptor(full);
    for (const line of numbered(3)) destination.write(line);
    await destination.flush();
    destination.write('under way\n');
    destination.write('waiting\n');
    destination.atExit();
    await destination.flush();
    closeSync(full);
    expect(destination.takeLost()).toBe(5);
  });

  test('hold up neither the end nor memory when their reader stands still', async () => {
    const pipe = openPipe();
    const destination = toDescriptor(pipe, { limitBytes: 300_000 });
    const long = `${'x'.repeat(99_999)}\n`;
    for (let index = 0; index < 10; index += 1) destination.write(long);
    await destination.flush();
    destination.atExit();
    expect(destination.takeLost()).toBe(6);
    // Read in the end, or the thread that writes would never come back.
    for (let bytes = 0; bytes < 4 * long.length;) {
      bytes += (await promisify(read)(pipe, Buffer.alloc(65_536), 0, 65_536, null)).bytesRead;
    }
    await destination.flush();
    closeSync(pipe);
  }, 15_000);
});

test('what waits when a process exits is written before it is gone', async () => {
  const module = new URL('../../src/operations/log-destination.ts', import.meta.url).href;
  const program = `import(${JSON.stringify(module)}).then(({ standardOutput }) => {
    const out = standardOutput();
    for (let index = 0; index < 5000; index += 1) out.write('line ' + index + '\\n');
    process.exit(0);
  })`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', program]);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, text.split('\n').sort()]).toEqual([0, numbered(5000).join('').split('\n').sort()]);
}, 30_000);

test('a service with a full disk for its log answers, says how many lines are lost, and ends in order', async () => {
  const full = openSync('/dev/full', 'w');
  const service = startService({ DATABASE_URL: `file:${join(folder, 'x.db')}` }, full);
  closeSync(full);
  const url = await service.url;
  const statuses = [];
  for (let index = 0; index < 3; index += 1) statuses.push((await fetch(`${url}/cds-services`)).status);
  const isTold = /not_written_total\{what="log-lost"\} [1-9]/;
  let metrics = '';
  // The log is written a moment later: each question gives it one more.
  for (let tries = 0; tries < 200 && !isTold.test(metrics); tries += 1)
    metrics = await (await fetch(`${url}/metrics`)).text();
  service.kill('SIGTERM');
  expect([statuses, (await service.ended).code]).toEqual([[200, 200, 200], 0]);
  expect(metrics).toMatch(isTold);
}, 30_000);

test('a service whose log and warnings nobody reads any more goes on, and ends in order', async () => {
  const service = startService({ DATABASE_URL: `file:${join(folder, 'x.db')}` }, 'pipe');
  const url = await service.url;
  const statuses = [];
  for (let index = 0; index < 3; index += 1) statuses.push((await fetch(`${url}/cds-services`)).status);
  service.kill('SIGTERM');
  expect([statuses, (await service.ended).code]).toEqual([[200, 200, 200], 0]);
}, 30_000);
