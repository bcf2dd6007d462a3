import { expect, test } from '@jest/globals';
import { createLog } from '../../src/operations/log.js';
import { readProduct } from '../../src/operations/product.js';

function lines(level: 'info' | 'debug') {
  const written: unknown[] = [];
  const log = createLog(level, { write: (line) => void written.push(JSON.parse(line)) });
  return { log, written };
}
const line = { requestId: 'r', traceId: '1'.repeat(32), status: 200, ms: 1.5 } as const;

test('a request is one line; failures of ours are errors', () => {
  const { log, written } = lines('info');
  log.request({ ...line, route: 'call', cards: 1 });
  log.request({ ...line, route: 'call', status: 500, failure: 'internal' });
  expect(written).toEqual([
    { level: 30, time: expect.any(String), ...line, route: 'call', cards: 1 },
    { level: 50, time: expect.any(String), ...line, route: 'call', status: 500, failure: 'internal' },
  ]);
});

test('health checks are not worth a line unless debugging', () => {
  const usual = lines('info');
  const debugging = lines('debug');
  for (const { log } of [usual, debugging]) log.request({ ...line, route: 'health' });
  expect([usual.written.length, debugging.written.length]).toEqual([0, 1]);
});

test('a fault tells where it happened, and nothing that was in its message', () => {
  const { log, written } = lines('info');
  const error = new TypeError('cannot read canary of\nMrs Smith\n    at canary born 1948');
  log.fault('r', error);
  log.fault('r', 'canary');
  expect(written).toMatchObject([
    { fault: 'TypeError', at: expect.arrayContaining([expect.stringContaining('log.test')]) },
    { fault: 'string', at: [] },
  ]);
  expect(JSON.stringify(written)).not.toMatch(/canary|Smith/);
});

test('the product knows its name and version', () => {
  expect(readProduct()).toEqual({ name: 'vertebral-cds', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});
