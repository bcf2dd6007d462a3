/** `vertebral-cds compare`: advice, shown or in shadow, beside what was later ordered or done. */
import { type Compared, compareWithActs } from '../feedback/comparison.js';
import type { CommandResult } from './assess-command.js';
import { withDatabase } from './database-command.js';

export interface CompareOptions {
  readonly since?: string;
  readonly until?: string;
  readonly withinDays?: string;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;

/** @param now ms since 1970; the period ends there unless told. Exit 64 for what is no date or no number of days. */
export async function compareCommand(
  { since, until, withinDays = '90', json = false }: CompareOptions,
  env: Readonly<Record<string, string | undefined>>,
  now: number,
): Promise<CommandResult> {
  const end = until === undefined ? now : Date.parse(until);
  const start = since === undefined ? end - 90 * DAY_MS : Date.parse(since);
  const days = Number(withinDays);
  if (Number.isNaN(end) || Number.isNaN(start)) {
    return usage(`"${(Number.isNaN(start) ? since : until) ?? ''}" is no date such as 2026-11-23`);
  }
  if (!Number.isInteger(days) || days < 1) return usage(`"${withinDays}" is no number of days`);
  return withDatabase(env, async (database) => {
    const period = { from: new Date(start), until: new Date(end), withinDays: days };
    const rows = await compareWithActs(database, period);
    const stdout = json ? JSON.stringify(rows, null, 2) : table(rows, days);
    return { exitCode: 0, stdout };
  });
}

function usage(problem: string): CommandResult {
  return { exitCode: 64, stderr: `vertebral-cds compare: ${problem}` };
}

function table(rows: readonly Compared[], days: number): string {
  if (rows.length === 0) return 'No cards in this period.';
  const kinds = [...new Set(rows.flatMap(({ followedBy }) => Object.keys(followedBy)))].sort();
  const head = ['mode', 'advice', 'cases', ...kinds];
  const body = rows.map(({ mode, outcome, cases, followedBy }) => [
    mode,
    outcome,
    String(cases),
    ...kinds.map((kind) => String(followedBy[kind] ?? 0)),
  ]);
  const widths = head.map((name, column) =>
    Math.max(name.length, ...body.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [`What followed within ${days} days of each card:`, '', line(head), ...body.map(line)].join('\n');
}
