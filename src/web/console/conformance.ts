/** The conformance statement: what CDS Hooks asks of a service, and what the tests that watch over it said. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const checklist = z.array(
  z.object({
    id: z.string(),
    /** SHALL, SHOULD, MAY: as strong as the standard puts it; "own" for what this product asks of itself. */
    strength: z.enum(['SHALL', 'SHALL NOT', 'SHOULD', 'MAY', 'own']),
    requirement: z.string(),
    /** `file :: words of the name`, or a whole file; none where no test can tell. */
    tests: z.array(z.string()),
    /** How it is met where no test can tell, or what a reader should know. */
    note: z.string().optional(),
  }),
);
export type ConformanceLine = z.infer<typeof checklist>[number];

const run = z.object({
  at: z.string(),
  version: z.string(),
  node: z.string(),
  lines: z.record(z.string(), z.enum(['passed', 'failed', 'not-run'])),
});
export type ConformanceRun = z.infer<typeof run>;

export type ConformanceState = 'passed' | 'failed' | 'not-run' | 'by-operation';

export interface ConformanceStatement {
  readonly standard: string;
  /** The run of the tests that the states come from. */
  readonly run?: { readonly at: string; readonly version: string; readonly node: string };
  readonly lines: readonly (Omit<ConformanceLine, 'tests'> & { readonly state: ConformanceState })[];
}

/** Each line of the checklist with the tests that watch over it. */
export const conformanceChecklist: readonly ConformanceLine[] = checklist.parse(
  JSON.parse(readFileSync(new URL('./conformance-checklist.json', import.meta.url), 'utf8')),
);

/** The run that was written by the test run of this installation; a package brings that of its release. */
export function readConformanceRun(installation: string): ConformanceRun | undefined {
  const file = join(installation, 'dist', 'conformance.json');
  if (!existsSync(file)) return undefined;
  const parsed = run.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : undefined;
}

export function conformanceStatement(found: ConformanceRun | undefined): ConformanceStatement {
  return {
    standard: 'CDS Hooks 2.0.1',
    ...(found !== undefined && { run: { at: found.at, version: found.version, node: found.node } }),
    lines: conformanceChecklist.map(({ tests, ...line }) => ({
      ...line,
      state: tests.length === 0 ? 'by-operation' : (found?.lines[line.id] ?? 'not-run'),
    })),
  };
}
