// After a run of all tests: writes what they say of each line of the conformance checklist, for the console to show.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const checklist = 'src/web/console/conformance-checklist.json';

export default class ConformanceReporter {
  #root;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const results = testResults.flatMap(({ testFilePath, testResults: tests }) =>
      tests.map(({ fullName, status }) => ({
        file: relative(this.#root, testFilePath).split(sep).join('/'),
        fullName,
        status,
      })),
    );
    const lines = JSON.parse(readFileSync(join(this.#root, checklist), 'utf8'));
    const states = Object.fromEntries(lines.map(({ id, tests }) => [id, stateOf(tests, results)]));
    // Part of the tests says nothing about the whole.
    if (lines.some(({ id, tests }) => tests.length > 0 && states[id] === 'not-run')) return;
    const { version } = JSON.parse(readFileSync(join(this.#root, 'package.json'), 'utf8'));
    const run = { at: new Date().toISOString(), version, node: process.version, lines: states };
    mkdirSync(join(this.#root, 'dist'), { recursive: true });
    writeFileSync(join(this.#root, 'dist/conformance.json'), `${JSON.stringify(run, null, 2)}\n`);
  }
}

/** Passed when every test named has run and none has failed. */
export function stateOf(tests, results) {
  const found = tests.map((test) => {
    const [file, words] = test.split(' :: ');
    return results.filter(
      (one) =>
        (one.file === file || one.file.startsWith(`${file}/`)) &&
        (words === undefined || one.fullName.includes(words)) &&
        one.status !== 'pending' &&
        one.status !== 'todo',
    );
  });
  if (found.length === 0 || found.some((matching) => matching.length === 0)) return 'not-run';
  return found.flat().every(({ status }) => status === 'passed') ? 'passed' : 'failed';
}
