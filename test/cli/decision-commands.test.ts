/** `replay`, `diff-knowledge` and `decisions` as their users meet them: files in, lines and exit codes out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { assess } from '../../cds-services/vertebral-fracture/decision/assess.js';
import { policyOf } from '../../cds-services/vertebral-fracture/policy.js';
import { decisionRecordOf } from '../../cds-services/vertebral-fracture/versions/decision-record.js';
import { decisionsCommand } from '../../src/cli/decisions-command.js';
import { diffKnowledgeCommand } from '../../src/cli/diff-knowledge-command.js';
import { replayCommand } from '../../src/cli/replay-command.js';
import { createDecisionKeeper } from '../../src/decisions/decision-keeper.js';
import { opened } from '../support/databases.js';
import { at } from '../support/fracture-case.js';
import { recordWith } from '../support/generated-records.js';
import { bundlePath, findingsIn, fixtureNames } from '../support/synthetic-patients.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'decisions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const now = Date.parse('2026-11-23T12:00:00Z');
const SHIPPED = { from: '1.0.0', to: '1.0.0' };

function recordOf(name: string): object {
  return decisionRecordOf(assess(findingsIn(name), policyOf()), {});
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function draft(policy: object): string {
  return file('draft.json', JSON.stringify({ name: 'sixty', basedOn: '1.0.0', policy }));
}

const anyName = (part: string) => fixtureNames.find((name) => name.includes(part)) ?? '';

describe('replay', () => {
  test('explains each row of a kept decision and says that it is reproduced', async () => {
    const path = file('one.json', JSON.stringify(recordOf(anyName('0-1-'))));
    const { exitCode, stdout } = await replayCommand(path, {}, {});
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Made by knowledge 1.0.0');
    expect(stdout).toContain('surgical-referral by row 0.1');
    expect(stdout).toMatch(/^Of the patient: age \d+, (?:fe)?male, .*neurologicalDeficit yes/m);
    expect(stdout).toMatch(/^ {2}found: \w+ \w+/m);
    expect(stdout).toMatch(/ {2}0\.1 {2}true {5}neurological deficit {2}<< decides/);
    expect(stdout).toContain('Reproduced');
  });

  test('exits with 1 where the version that made it comes to something else', async () => {
    const record = { ...recordOf(anyName('0-1-')) } as { fractures: { outcome: string }[] };
    const path = file(
      'bent.json',
      JSON.stringify({ ...record, fractures: record.fractures.map((one) => ({ ...one, outcome: 'defer' })) }),
    );
    const { exitCode, stdout } = await replayCommand(path, { json: true }, {});
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout ?? '')).toMatchObject({ isReproduced: false });
  });

  test('finds a kept decision in the database by its id, and decisions prints them all', async () => {
    const url = `file:${join(folder, 'kept.db')}`;
    const database = await opened(url);
    const keeper = createDecisionKeeper(database, {});
    keeper.add([{ id: 'd-1', keptAt: new Date(now), body: recordOf(anyName('1-5-')) }]);
    await keeper.flush();
    await database.close();
    expect(await replayCommand('d-1', {}, { DATABASE_URL: url })).toMatchObject({ exitCode: 0 });
    expect(await replayCommand('d-2', {}, { DATABASE_URL: url })).toMatchObject({
      exitCode: 65,
      stderr: 'vertebral-cds replay: d-2: neither a file nor the id of a kept decision',
    });
    const lines: string[] = [];
    await decisionsCommand({ DATABASE_URL: url }, (line) => lines.push(line));
    const exported = file('all.ndjson', lines.join('\n'));
    expect(await replayCommand(exported, {}, {})).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['an empty file', '', 'is empty'],
    ['FHIR', '{"resourceType":"Bundle"}', 'is no kept decision'],
    [
      'several decisions',
      `${JSON.stringify(recordOf(fixtureNames[0] ?? ''))}\n`.repeat(2),
      'holds 2 kept decisions',
    ],
    [
      'a decision of a version that is not shipped',
      JSON.stringify({ ...recordOf(fixtureNames[0] ?? ''), knowledge: { version: '9.9.9', hash: 'a' } }),
      'this release has no knowledge "9.9.9"; it has 1.0.0',
    ],
  ])('%s is refused with the reason', async (_name, text, words) => {
    const { exitCode, stderr } = await replayCommand(file('in.json', text), {}, {});
    expect(exitCode).toBe(65);
    expect(stderr).toContain(words);
  });
});

describe('diff-knowledge', () => {
  const bundles = fixtureNames.map(bundlePath);
  const few = fixtureNames.filter((name) => /^t[46]-/.test(name)).map(bundlePath);
  const asOf = '2026-11-23';

  test('a version differs from itself in nobody', () => {
    const { exitCode, stdout } = diffKnowledgeCommand(few, { ...SHIPPED, asOf }, now);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^1\.0\.0 -> 1\.0\.0: 0 of [1-9]\d* fractures get another outcome\.$/);
  });

  test('between the shipped version and one with the height loss at 60 % exactly the patients between are listed', () => {
    const wedge = (percent: number) =>
      decisionRecordOf(
        assess(
          {
            ...recordWith({ fracture: { heightLossPercent: at(percent) } }),
            ...{ stale: [], undated: [], notUsed: [], unreadReports: [], numberingUncertain: [] },
            augmentationWithoutLevel: false,
          },
          policyOf(),
        ),
        {},
      );
    const losses = Array.from({ length: 101 }, (_, percent) => percent);
    const lines = losses.map((percent) => JSON.stringify({ id: `loss-${percent}`, ...wedge(percent) }));
    const kept = file('kept.ndjson', lines.join('\n'));
    const to = draft({ kyphoplastyBelowHeightLoss: 60 });
    const { stdout = '' } = diffKnowledgeCommand([kept], { from: '1.0.0', to, json: true }, now);
    const { compared, turned } = JSON.parse(stdout) as { compared: number; turned: { subject: string }[] };
    expect(compared).toBe(101);
    expect(turned.map(({ subject }) => subject)).toEqual(
      [60, 61, 62, 63, 64, 65, 66, 67, 68, 69].map((percent) => `loss-${percent}`),
    );
  });

  test('whole records and kept decisions give the same patients, told in words and as JSON', () => {
    const options = { from: '1.0.0', to: draft({ kyphoplastyBelowHeightLoss: 60 }), asOf };
    const kept = file('kept.ndjson', fixtureNames.map((name) => JSON.stringify(recordOf(name))).join('\n'));
    const ofDecisions = turnedIn(diffKnowledgeCommand([kept], { ...options, json: true }, now).stdout);
    const { stdout = '' } = diffKnowledgeCommand(bundles, options, now);
    expect(ofDecisions.length).toBeGreaterThan(0);
    const [head, ...lines] = stdout.split('\n');
    expect(head).toMatch(
      new RegExp(`^1\\.0\\.0 -> sixty: ${ofDecisions.length} of \\d{3} fractures get another outcome\\.$`),
    );
    expect(stdout).toContain('kyphoplasty -> kyphoplasty-or-vertebroplasty');
    const told = lines.flatMap((line) => {
      const said = / {2}(\S+): \S+ \((\w+)\) -> \S+ \((\w+)\); rows judged otherwise: T4, /.exec(line);
      return said === null ? [] : [said.slice(1).join(' ')];
    });
    expect(told).toEqual(ofDecisions);
  });

  test.each([
    [
      'a version that does not exist',
      { from: '0.1', to: '1.0.0' },
      '--from: this release has no knowledge "0.1"',
    ],
    ['no date', { ...SHIPPED, asOf: 'soon' }, '--as-of soon'],
  ])('%s is refused with the reason', (_name, options, words) => {
    const { exitCode, stderr } = diffKnowledgeCommand(bundles.slice(0, 1), options, now);
    expect(exitCode).toBe(65);
    expect(stderr).toContain(words);
  });

  test('a draft with a mistake is refused with its place', () => {
    const options = { from: '1.0.0', to: draft({ kyphoplastyBelow: 60 }) };
    expect(diffKnowledgeCommand(bundles, options, now).stderr).toContain('kyphoplastyBelow');
    expect(diffKnowledgeCommand(bundles, { from: '1.0.0', to: file('d.json', '{') }, now).stderr).toContain(
      'is not JSON',
    );
  });
});

function turnedIn(stdout: string | undefined): readonly string[] {
  const { turned } = JSON.parse(stdout ?? '') as {
    turned: { levels: string[]; from: { rule: string }; to: { rule: string } }[];
  };
  return turned.map(({ levels, from, to }) => `${levels.join('-')} ${from.rule} ${to.rule}`);
}
