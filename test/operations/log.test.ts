import { describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/operations/log.js';
import { readProduct } from '../../src/operations/product.js';
import type { RequestLine } from '../../src/operations/request-line.js';
import { serverNames } from '../../src/operations/server-names.js';

function lines(level: 'info' | 'debug' | 'warn') {
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

test('whoever keeps warnings alone sees who was turned away, and whose data came with somebody else’s', () => {
  const { log, written } = lines('warn');
  log.request({ ...line, route: 'call', cards: 1 });
  log.request({ ...line, route: 'call', status: 401, refusal: 'expired' });
  log.request({ ...line, route: 'call', otherPatients: 2 });
  expect(written).toMatchObject([{ refusal: 'expired' }, { otherPatients: 2 }]);
});

describe('past the types,', () => {
  const text = 'canary Smith';
  test('a field of another name is not written', () => {
    const { log, written } = lines('info');
    const more = { ...line, route: 'call', patient: text, msg: text, err: new Error(text) } as const;
    log.request(more);
    expect(written).toEqual([{ level: 30, time: expect.any(String), ...line, route: 'call' }]);
  });

  const rows: readonly [keyof RequestLine, unknown][] = [
    ['requestId', text],
    ['requestId', 'a\nb'],
    ['requestId', 'x'.repeat(65)],
    ['traceId', 'canary'],
    ['route', text],
    ['status', text],
    ['ms', Number.NaN],
    ['failure', text],
    ['client', text],
    ['client', { name: text }],
    ['refusal', text],
    ['service', text],
    ['hook', text],
    ['cards', [text]],
    ['outcomes', [text]],
    ['outcomes', text],
    ['rules', ['T6', text]],
    ['indicators', [text]],
    ['prefetch', { present: text }],
    ['prefetch', { [text]: 1 }],
    ['gaps', { patient: text }],
    ['gaps', null],
    ['otherPatients', text],
    ['feedback', text],
    ['accepted', text],
  ];
  test.each(rows)('a %s that is %j is not written', (field, value) => {
    const { log, written } = lines('info');
    log.request({ ...line, route: 'call', [field]: value });
    expect(written).toMatchObject([{ [field]: 'unfit' }]);
    expect(JSON.stringify(written)).not.toMatch(/canary|Smith/);
  });
});

test('the types leave no room for texts from elsewhere', () => {
  const { log, written } = lines('info');
  // Each of these lines has to be refused by the compiler.
  // @ts-expect-error a message is no field
  log.request({ ...line, route: 'call', message: 'x' });
  // @ts-expect-error nor is a URL
  log.request({ ...line, route: 'call', url: 'https://ehr.example/Patient/1' });
  // @ts-expect-error a server is named by the configuration alone
  log.event({ event: 'breaker', server: 'https://ehr.example/fhir', state: 'open' });
  // @ts-expect-error an event has its own members and no others
  log.event({ event: 'keys-not-fetched', client: 'north', why: 'x' });
  // @ts-expect-error events are listed
  log.event({ event: 'patient-seen' });
  expect(written).toHaveLength(5);
});

test('a server that a call has named has no name of its own', () => {
  const nameOf = serverNames(['https://fhir.example/r4']);
  expect(['https://fhir.example/r4', 'https://canary.example/r4', ''].map(nameOf)).toEqual([
    'https://fhir.example/r4',
    'trial',
    'trial',
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
