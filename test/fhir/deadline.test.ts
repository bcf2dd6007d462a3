import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { startDeadline } from '../../src/fhir/deadline.js';

test('a deadline is over when its time is', async () => {
  const deadline = startDeadline(20);
  expect(deadline.signal.aborted).toBe(false);
  expect(deadline.remainingMs()).toBeGreaterThan(0);
  expect(deadline.remainingMs()).toBeLessThanOrEqual(20);
  await once(deadline.signal, 'abort');
  expect(deadline.remainingMs()).toBe(0);
});

test.each([0, -5])('a deadline of %d ms is over at once', (ms) => {
  const deadline = startDeadline(ms);
  expect([deadline.signal.aborted, deadline.remainingMs()]).toEqual([true, 0]);
});

test('a deadline can be ended early', () => {
  const deadline = startDeadline(60_000);
  deadline.end();
  expect([deadline.signal.aborted, deadline.remainingMs()]).toEqual([true, 0]);
});

test('bytes are taken until none are left', () => {
  const deadline = startDeadline(60_000, 10);
  expect([4, 6, 1].map((bytes) => deadline.bytes.take(bytes))).toEqual([true, true, false]);
  deadline.end();
});

/** In a process of its own: Jest keeps the warnings of Node to itself. */
const script = `
  const { startDeadline } = await import(${JSON.stringify(new URL('../../src/fhir/deadline.ts', import.meta.url).href)});
  const deadline = startDeadline(60_000);
  for (let read = 0; read < 40; read += 1) deadline.signal.addEventListener('abort', () => undefined);
  deadline.end();
`;

test('any number of reads may wait for a deadline without a warning', () => {
  const options = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { status, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
}, 30_000);
