/** What a population comes to: outcomes, rows, what is missing, and what was done beside what was advised. */
import { z } from 'zod';

const assessedLine = z.object({
  asOf: z.string(),
  fractures: z.array(
    z.object({
      levels: z.array(z.string()),
      outcome: z.string(),
      rule: z.string(),
      missing: z.array(z.string()).default([]),
    }),
  ),
  done: z.array(z.object({ kind: z.string(), levels: z.array(z.string()), date: z.string() })),
});
export type AssessedLine = z.infer<typeof assessedLine>;

type Counts = Readonly<Record<string, number>>;

export interface Summary {
  readonly patients: number;
  readonly withFracture: number;
  readonly fractures: number;
  readonly outcomes: Counts;
  readonly rules: Counts;
  readonly missing: Counts;
  /** Advice on the eve of a procedure, by what was then done; `nothing` where none is recorded. */
  readonly advisedAndDone: Readonly<Record<string, Counts>>;
}

export interface Summing {
  readonly add: (line: string) => void;
  readonly summary: () => Summary;
}

/** @throws when a line is none of an assessment: the output was changed by somebody else */
export function summing(): Summing {
  const outcomes = new Map<string, number>();
  const rules = new Map<string, number>();
  const missing = new Map<string, number>();
  const matrix = new Map<string, Map<string, number>>();
  let [patients, withFracture, fractures] = [0, 0, 0];
  return {
    add: (line) => {
      const assessed = assessedLine.parse(JSON.parse(line));
      patients += 1;
      if (assessed.fractures.length > 0) withFracture += 1;
      for (const fracture of assessed.fractures) {
        fractures += 1;
        count(outcomes, fracture.outcome);
        count(rules, fracture.rule);
        for (const name of fracture.missing) count(missing, name);
        const row = matrix.get(fracture.outcome) ?? new Map<string, number>();
        matrix.set(fracture.outcome, row);
        for (const kind of doneAt(fracture.levels, assessed.done)) count(row, kind);
      }
    },
    summary: () => ({
      patients,
      withFracture,
      fractures,
      outcomes: sorted(outcomes),
      rules: sorted(rules),
      missing: sorted(missing),
      advisedAndDone: Object.fromEntries([...matrix].sort(byName).map(([name, row]) => [name, sorted(row)])),
    }),
  };
}

/** Kinds of procedures at this vertebra, or that name none; `nothing` where there is none. */
export function doneAt(levels: readonly string[], done: AssessedLine['done']): readonly string[] {
  const here = done.filter(
    (act) => act.levels.length === 0 || act.levels.some((level) => levels.includes(level)),
  );
  return here.length === 0 ? ['nothing'] : [...new Set(here.map(({ kind }) => kind))];
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Counts {
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || byName(a, b)));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** For people: a table a kind, the matrix last. */
export function summaryText(summary: Summary): string {
  const { patients, withFracture, fractures, advisedAndDone } = summary;
  const kinds = [...new Set(Object.values(advisedAndDone).flatMap((row) => Object.keys(row)))].sort();
  return [
    `${patients} patients, ${withFracture} with a vertebral fracture, ${fractures} fractures`,
    ...section('Outcomes', summary.outcomes),
    ...section('Rows', summary.rules),
    ...section('Missing', summary.missing),
    '',
    'Advised (rows), and done (columns)',
    `  ${''.padEnd(30)}${kinds.map((kind) => kind.padStart(18)).join('')}`,
    ...Object.entries(advisedAndDone).map(
      ([outcome, row]) =>
        `  ${outcome.padEnd(30)}${kinds.map((kind) => String(row[kind] ?? 0).padStart(18)).join('')}`,
    ),
  ].join('\n');
}

function section(name: string, counts: Counts): readonly string[] {
  const entries = Object.entries(counts);
  if (entries.length === 0) return [];
  return ['', name, ...entries.map(([one, total]) => `  ${one.padEnd(30)}${String(total).padStart(10)}`)];
}
