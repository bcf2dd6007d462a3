/** The figures of the dashboard as CSV (RFC 4180): a line a group, the kind of group in the first column. */
import type { Breakdown, Statistics } from '../../feedback/statistics.js';

export function statisticsCsv(found: Statistics): string {
  const kinds: readonly (readonly [string, Breakdown])[] = [
    ['rule', found.byRule],
    ['outcome', found.byOutcome],
    ['hook', found.byHook],
    ['client', found.byClient],
    ['knowledgeVersion', found.byKnowledgeVersion],
    ['week', found.byWeek],
  ];
  const rows = [
    ['all', '', found.total] as const,
    ['shadow', '', found.shadow] as const,
    ...kinds.flatMap(([kind, { groups }]) => groups.map((group) => [kind, group.name, group] as const)),
  ].map(([kind, name, figures]) => [
    kind,
    name,
    figures.shown,
    figures.accepted,
    figures.overridden,
    figures.ignored,
    figures.acceptance?.rate ?? '',
    figures.acceptance?.low ?? '',
    figures.acceptance?.high ?? '',
    figures.secondsToAct ?? '',
  ]);
  return [HEAD, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

const HEAD = [
  'kind',
  'name',
  'shown',
  'accepted',
  'overridden',
  'ignored',
  'acceptance',
  'acceptanceLow',
  'acceptanceHigh',
  'secondsToAct',
];

/** A cell that begins like a formula would be one in a spreadsheet. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
