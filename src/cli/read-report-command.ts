/** `vertebral-cds read-report FILE`: what the report reader takes from the text of a radiology report. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readReport, reportJson } from '../../cds-services/index.js';
import type { CommandResult } from './assess-command.js';
import { whyUnreadable } from './record-file.js';
import { reportTable } from './report-table.js';

export interface ReadReportOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
}

/** Exit code of input that can't be read (sysexits EX_DATAERR). */
const DATA_ERROR = 65;

/** @param file text of one report, or with `--ndjson` a report a line; `-` is standard input */
export function readReportCommand(file: string, options: ReadReportOptions): CommandResult {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    return { exitCode: DATA_ERROR, stderr: `${file}: ${whyUnreadable(error)}` };
  }
  if (!isUtf8(bytes)) return { exitCode: DATA_ERROR, stderr: `${file}: is not UTF-8 text` };
  const text = bytes.toString('utf8');
  if (options.ndjson === true) return manyReports(file, text);
  if (text.trim() === '') return { exitCode: DATA_ERROR, stderr: `${file}: is empty` };
  const report = readReport(text);
  const stdout =
    options.json === true ? JSON.stringify(reportJson(report), undefined, 2) : reportTable(report);
  return { exitCode: 0, stdout };
}

const reportLine = z.looseObject({ id: z.unknown(), text: z.string() });

/** A line that is no report stops the run and names its number; its text is not repeated. */
function manyReports(file: string, text: string): CommandResult {
  const lines: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const given = reportLine.safeParse(parsed(line));
    if (!given.success) {
      return {
        exitCode: DATA_ERROR,
        stderr: `${file}: line ${index + 1} is not {"id": …, "text": "…"}`,
      };
    }
    lines.push(JSON.stringify({ id: given.data.id, ...reportJson(readReport(given.data.text)) }));
  }
  return lines.length === 0
    ? { exitCode: DATA_ERROR, stderr: `${file}: is empty` }
    : { exitCode: 0, stdout: lines.join('\n') };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
