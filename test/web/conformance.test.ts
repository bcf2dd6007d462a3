/** The conformance checklist: each of its tests is there, and a state is never better than the tests. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { conformanceChecklist, conformanceStatement } from '../../src/web/console/conformance.js';
// @ts-expect-error: a script of the build, without types
import { stateOf } from '../../scripts/conformance-reporter.mjs';

const judge = stateOf as (tests: readonly string[], results: readonly object[]) => string;
const root = new URL('../../', import.meta.url);

test.each(conformanceChecklist.flatMap(({ id, tests }) => tests.map((one) => [id, one] as const)))(
  '%s is watched over by a test that exists: %s',
  (_, named) => {
    const [path = '', words] = named.split(' :: ');
    const file = new URL(path, root);
    expect(existsSync(file)).toBe(true);
    if (words === undefined || statSync(file).isDirectory()) return;
    expect(readFileSync(file, 'utf8').replaceAll(String.raw`\'`, "'")).toContain(words);
  },
);

test('each line has an id of its own, and says why where no test can tell', () => {
  const ids = conformanceChecklist.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { tests, note } of conformanceChecklist) if (tests.length === 0) expect(note).toMatch(/\w{3}/);
});

const ran = (fullName: string, status: string, file = 'test/a.test.ts') => ({ file, fullName, status });

test.each<[string, readonly object[], string]>([
  ['passed when all have passed', [ran('one two', 'passed'), ran('three', 'passed')], 'passed'],
  ['failed when one has failed', [ran('one two', 'failed'), ran('three', 'passed')], 'failed'],
  ['not run when one was left out', [ran('one two', 'passed'), ran('three', 'pending')], 'not-run'],
  ['not run when one is missing', [ran('one two', 'passed')], 'not-run'],
  [
    'not run when it is of another file',
    [ran('one two', 'passed'), ran('three', 'passed', 'test/b.test.ts')],
    'not-run',
  ],
])('a line is %s', (_, results, expected) => {
  expect(judge(['test/a.test.ts :: one', 'test/a.test.ts :: three'], results)).toBe(expected);
});

test('without a run nothing counts as passed', () => {
  const { lines, run } = conformanceStatement(undefined);
  expect(run).toBeUndefined();
  expect(lines.filter(({ state }) => state === 'passed' || state === 'failed')).toEqual([]);
});
