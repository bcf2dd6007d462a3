/** Reads kept decisions from a file: one as JSON, or several as NDJSON. */
import { readFileSync } from 'node:fs';
import { type DecisionRecord, decisionRecordSchema } from '../../cds-services/index.js';
import { whyUnreadable } from './record-file.js';

export type DecisionRecords =
  | { readonly ok: true; readonly records: readonly DecisionRecord[] }
  | { readonly ok: false; readonly problem: string };

/** @param path `-` is standard input */
export function readDecisionRecords(path: string): DecisionRecords {
  let text: string;
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    return { ok: false, problem: `${path}: ${whyUnreadable(error)}` };
  }
  const whole = parsed(text);
  const values =
    whole === undefined
      ? text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(parsed)
      : [whole];
  const records: DecisionRecord[] = [];
  for (const [index, value] of values.entries()) {
    const read = decisionRecordOf(value);
    if (!read.ok)
      return {
        ok: false,
        problem: `${path}: ${values.length > 1 ? `line ${index + 1}: ` : ''}${read.problem}`,
      };
    records.push(read.record);
  }
  if (records.length === 0) return { ok: false, problem: `${path}: is empty` };
  return { ok: true, records };
}

export type OneDecisionRecord =
  { readonly ok: true; readonly record: DecisionRecord } | { readonly ok: false; readonly problem: string };

/** @param value parsed JSON */
export function decisionRecordOf(value: unknown): OneDecisionRecord {
  const read = decisionRecordSchema.safeParse(value);
  if (read.success) return { ok: true, record: read.data };
  const [first] = read.error.issues;
  const place = first === undefined || first.path.length === 0 ? '' : `${first.path.join('.')}: `;
  return { ok: false, problem: `is no kept decision: ${place}${first?.message ?? ''}` };
}

/** Whether the first thing in the file says that it is a kept decision, and no FHIR. */
export function looksLikeDecisions(path: string): boolean {
  if (path === '-') return false;
  try {
    const text = readFileSync(path, 'utf8');
    const value = parsed(text) ?? parsed(text.split('\n', 1)[0] ?? '');
    return typeof value === 'object' && value !== null && 'knowledge' in value && 'fractures' in value;
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
