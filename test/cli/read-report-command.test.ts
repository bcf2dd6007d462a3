/** `vertebral-cds read-report`: the contract of its answers and of its errors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readReportCommand } from '../../src/cli/read-report-command.js';

const folder = mkdtempSync(join(tmpdir(), 'read-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Buffer): string {
  const path = join(folder, 'report');
  writeFileSync(path, content);
  return path;
}

const TEXT =
  'Acute wedge fracture of L1, 40 % loss of height, no retropulsion. Osteoporosis. No fracture of T12.';

describe('read-report', () => {
  test('--json answers an entry a level, findings beside level and status, quotes with their offsets', () => {
    const { exitCode, stdout } = readReportCommand(fileOf(TEXT), { json: true });
    expect(exitCode).toBe(0);
    const printed = JSON.parse(stdout ?? '') as object;
    expect(printed).toMatchObject({
      fractures: [
        { level: 'T12', status: 'absent' },
        {
          level: 'L1',
          status: 'present',
          acuity: { value: 'acute' },
          morphology: { value: 'wedge' },
          heightLossPercent: {
            value: { min: 40, max: 40 },
            evidence: [{ start: 28, end: 47, quote: '40 % loss of height' }],
          },
          retropulsion: { value: false, evidence: [{ quote: 'no retropulsion' }] },
        },
      ],
      patientFindings: { osteoporosis: { value: true } },
    });
    expect(TEXT.slice(28, 47)).toBe('40 % loss of height');
  });

  test('without --json prints lines for people', () => {
    const { stdout } = readReportCommand(fileOf(TEXT), {});
    expect(stdout).toContain('L1: fracture present ("wedge fracture"');
    expect(stdout).toContain('heightLossPercent: 40 ("40 % loss of height")');
    expect(readReportCommand(fileOf('The spine is normal.'), {}).stdout).toBe(
      'No fracture of a thoracic or lumbar vertebra is named.',
    );
  });

  test('--ndjson reads and writes a report a line', () => {
    const lines = [
      { id: 'a', text: 'Fracture of L1.' },
      { id: 7, text: 'Normal.' },
    ];
    const file = fileOf(lines.map((line) => JSON.stringify(line)).join('\n'));
    const { exitCode, stdout } = readReportCommand(file, { ndjson: true });
    expect(exitCode).toBe(0);
    const printed = (stdout ?? '').split('\n').map((line) => JSON.parse(line) as object);
    expect(printed).toMatchObject([
      { id: 'a', fractures: [{ level: 'L1', status: 'present' }], patientFindings: {} },
      { id: 7, fractures: [], patientFindings: {} },
    ]);
  });

  test.each([
    ['an empty file', '  \n', {}, 'is empty'],
    ['no text', Buffer.from([0xff, 0xfe, 0x00]), {}, 'is not UTF-8 text'],
    [
      'a line that is no report',
      '{"id":1,"text":"L1"}\n{"id":2}',
      { ndjson: true },
      'line 2 is not {"id": …, "text": "…"}',
    ],
    ['a line that is no JSON', 'Fracture of L1.', { ndjson: true }, 'line 1 is not {"id": …, "text": "…"}'],
  ])('%s is refused in one line that repeats nothing of it', (_what, content, options, problem) => {
    const { exitCode, stdout, stderr } = readReportCommand(fileOf(content), options);
    expect(exitCode).toBe(65);
    expect(stdout).toBeUndefined();
    expect(stderr).toBe(`${join(folder, 'report')}: ${problem}`);
  });

  test('a file that is not there is named', () => {
    expect(readReportCommand(join(folder, 'nowhere'), {})).toMatchObject({
      exitCode: 65,
      stderr: expect.stringContaining('no such file'),
    });
  });
});
