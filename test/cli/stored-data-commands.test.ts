import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { auditExportCommand, auditVerifyCommand } from '../../src/cli/audit-command.js';
import { purgeCommand } from '../../src/cli/purge-command.js';
import { auditFile, callEntry, type AuditFile } from '../support/audit.js';

const day = (index: number) => new Date(Date.UTC(2026, 0, index));

let file: AuditFile;
let env: Record<string, string>;
beforeEach(async () => {
  file = auditFile();
  env = { DATABASE_URL: `file:${file.path}` };
  const database = await file.open();
  const trail = file.trail(database);
  trail.record(callEntry(day(1), 'p1'));
  trail.record(callEntry(day(2), 'p2'));
  trail.record(callEntry(day(3), 'p1'));
  await trail.flush();
});
afterEach(() => file.close());

describe('audit verify', () => {
  test('says how many entries there are, and the head to note', async () => {
    const { exitCode, stdout } = await auditVerifyCommand({}, env);
    expect([exitCode, stdout?.split('\n')]).toEqual([
      0,
      [
        '3 entries from 2026-01-01T00:00:00.000Z to 2026-01-03T00:00:00.000Z: nothing was changed.',
        '3 of them are not keyed (AUDIT_KEY).',
        expect.stringMatching(/^Head to note elsewhere: 3:sha256:[0-9a-f]{64}$/),
      ],
    ]);
  });

  test('fails with the first entry that does not fit', async () => {
    file.tamper('delete from audit where seq = 2');
    expect(await auditVerifyCommand({}, env)).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('entry 3 does not follow entry 1'),
    });
  });

  test('of a database that is not there fails, and creates none', async () => {
    const path = `${file.path}-misspelt`;
    expect(await auditVerifyCommand({}, { DATABASE_URL: `file:${path}` })).toEqual({
      exitCode: 78,
      stderr: expect.stringContaining('there is no database at'),
    });
    expect(existsSync(path)).toBe(false);
  });

  test('wants a number of an entry', async () => {
    expect(await auditVerifyCommand({ keyedFrom: 'x' }, env)).toMatchObject({ exitCode: 64 });
    expect(await auditVerifyCommand({ keyedFrom: '4' }, { ...env, AUDIT_KEY: 'k'.repeat(32) })).toMatchObject(
      { exitCode: 0 },
    );
    expect(await auditVerifyCommand({}, { ...env, AUDIT_KEY: 'k'.repeat(32) })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('entry 1 is not keyed'),
    });
  });

  test('fails when the expected head is not there', async () => {
    expect(await auditVerifyCommand({ expect: '9:sha256:0' }, env)).toMatchObject({ exitCode: 1 });
  });
});

describe('audit export', () => {
  const times = (text = '') =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { recorded: string }).recorded.slice(0, 10));

  test('prints the events, one a line', async () => {
    expect(times((await auditExportCommand({}, env)).stdout)).toEqual([
      '2026-01-01',
      '2026-01-02',
      '2026-01-03',
    ]);
  });

  test('of a span of time', async () => {
    const { stdout } = await auditExportCommand({ from: '2026-01-02', to: '2026-01-03' }, env);
    expect(times(stdout)).toEqual(['2026-01-02']);
  });

  test("of a patient, who is found although the trail does not know the patient's id", async () => {
    expect(times((await auditExportCommand({ patient: 'p1', client: 'north' }, env)).stdout)).toEqual([
      '2026-01-01',
      '2026-01-03',
    ]);
    expect((await auditExportCommand({ patient: 'p1', client: 'south' }, env)).stdout).toBeUndefined();
  });

  test('goes to a file for this user alone', async () => {
    const output = `${file.path}.ndjson`;
    expect(await auditExportCommand({ output }, env)).toMatchObject({ exitCode: 0 });
    expect([times(readFileSync(output, 'utf8')).length, statSync(output).mode & 0o777]).toEqual([3, 0o600]);
  });

  test.each([[{ from: 'yesterday' }], [{ patient: 'p1' }]])('does not understand %j', async (options) => {
    expect(await auditExportCommand(options, env)).toMatchObject({ exitCode: 64 });
  });
});

describe('purge', () => {
  const kept = async () => (await auditVerifyCommand({}, env)).stdout?.split(' ')[0];

  test('counts, and deletes nothing, on a dry run', async () => {
    const { stdout } = await purgeCommand({ dryRun: true, asOf: '2032-02-01' }, env, 0);
    expect(stdout?.split('\n')).toEqual([
      'cards: kept 730 days, 0 would be deleted',
      'acts: kept 730 days, 0 would be deleted',
      'days: kept 730 days, 0 would be deleted',
      'feedback: kept 730 days, 0 would be deleted',
      'audit: kept 2190 days, 3 would be deleted',
      'decisions: kept 365 days, 0 would be deleted',
      'tokens: kept until they expire, 0 would be deleted',
    ]);
    expect(await kept()).toBe('3');
  });

  test('deletes as the site configuration says, and stands in the trail itself', async () => {
    const CONFIG_FILE = `${file.path}.json`;
    writeFileSync(CONFIG_FILE, '{"retentionDays": {"audit": 10}}');
    const { stdout } = await purgeCommand({ asOf: '2026-01-12' }, { ...env, CONFIG_FILE }, day(12).getTime());
    expect(stdout).toContain('audit: kept 10 days, 1 deleted');
    expect(await kept()).toBe('3');
    expect((await auditExportCommand({}, env)).stdout).toContain('"code":"purge"');
  });

  test('wants a date that is one, and a database that is one', async () => {
    expect(await purgeCommand({ asOf: 'soon' }, env, 0)).toMatchObject({ exitCode: 64 });
    expect(await purgeCommand({}, { DATABASE_URL: 'file:/dev/null/x' }, 0)).toMatchObject({ exitCode: 78 });
    expect(existsSync('/dev/null/x')).toBe(false);
  });
});
