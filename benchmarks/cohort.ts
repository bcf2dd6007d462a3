/**
 * `npm run bench:cohort [-- PATIENTS]`: a population made from the synthetic patients and ordinary laboratory results, by a
 * fixed rule, assessed by one and by two workers. Prints resources a second and the most memory a process held.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { exampleNames, examplePatient } from '../src/demo/synthetic-patients.js';
import { limitCores } from './http/limited.js';
import { report, type ResultRow, rounded } from './results.js';

const PATIENTS = Number(process.argv[2] ?? 100_000);
/** Of a core, for each worker: what a second one adds where cores are free. */
const SHARE = 0.4;
const HELD_TO_A_SHARE = 12_000;
const LABORATORY = 20;
/** Stands where the number of a patient goes. */
const NUMBER = '########';
const command = fileURLToPath(new URL('../bin/vertebral-cds.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-cohort-'));

try {
  const one = made(PATIENTS);
  const half = made(Math.round(PATIENTS / 2));
  const few = PATIENTS > HELD_TO_A_SHARE ? made(HELD_TO_A_SHARE) : one;
  report('cohort', [
    await run(one, 1),
    await run(one, 2),
    await run(half, 1),
    await run(few, 1, SHARE),
    await run(few, 2, SHARE),
  ]);
} finally {
  rmSync(folder, { recursive: true });
}

interface Population {
  readonly path: string;
  readonly patients: number;
  readonly resources: number;
  readonly bytes: number;
}

function made(patients: number): Population {
  const path = join(folder, `population-${patients}`);
  mkdirSync(path);
  const templates = exampleNames().map((name) => {
    const { id, resources } = examplePatient(name);
    return { id, lines: resources.map((one) => [one.resourceType, JSON.stringify(numbered(one))] as const) };
  });
  const buffers = new Map<string, string[]>();
  let resources = 0;
  for (let index = 0; index < patients; index += 1) {
    const { id, lines } = templates[index % templates.length] ?? { id: '', lines: [] };
    const own = `${id}-${index}`;
    for (const [type, line] of lines) {
      put(
        type,
        line
          .replaceAll(`"${id}"`, `"${own}"`)
          .replaceAll(`/${id}"`, `/${own}"`)
          .replaceAll(NUMBER, String(index)),
      );
    }
    for (let laboratory = 0; laboratory < LABORATORY; laboratory += 1)
      put('Observation', haemoglobin(own, laboratory));
    if (index % 2000 === 1999) flush();
  }
  flush();
  const bytes = [...buffers.keys()].reduce(
    (sum, type) => sum + statSync(join(path, `${type}.ndjson`)).size,
    0,
  );
  return { path, patients, resources, bytes };

  function put(type: string, line: string): void {
    const buffer = buffers.get(type) ?? [];
    buffers.set(type, buffer);
    buffer.push(line);
    resources += 1;
  }
  function flush(): void {
    for (const [type, lines] of buffers) {
      if (lines.length > 0) appendFileSync(join(path, `${type}.ndjson`), `${lines.join('\n')}\n`);
      buffers.set(type, []);
    }
  }
}

/** A report with a place for a number: no two patients have the same words, so that each is read. */
function numbered(resource: object): object {
  const { conclusion } = resource as { readonly conclusion?: string };
  return conclusion === undefined
    ? resource
    : { ...resource, conclusion: `Accession ${NUMBER}. ${conclusion}` };
}

function haemoglobin(patient: string, index: number): string {
  return JSON.stringify({
    resourceType: 'Observation',
    id: `${patient}-lab-${index}`,
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7' }], text: 'Haemoglobin' },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: '2025-03-04T08:00:00Z',
    valueQuantity: { value: 120 + (index % 30), unit: 'g/L' },
  });
}

async function run(
  { path, patients, resources, bytes }: Population,
  workers: number,
  share?: number,
): Promise<ResultRow> {
  const begun = performance.now();
  const output = join(folder, 'out.ndjson');
  const options = [
    '--as-of',
    '2026-11-23',
    '--input',
    path,
    '--output',
    output,
    '--workers',
    String(workers),
  ];
  // Held back until it is in its place: what it starts inherits the limit.
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      'read -r go; exec "$@"',
      'sh',
      '/usr/bin/time',
      '-f',
      '%M',
      process.execPath,
      command,
      'cohort',
      ...options,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const ended = once(child, 'exit');
  const unlimit =
    share === undefined ? undefined : limitCores([child.pid ?? 0], workers * share, `bench-${process.pid}`);
  if (share !== undefined && unlimit === undefined)
    console.log('workers can’t be held to a share of a core here');
  child.stdin.end('go\n');
  const stderr = await text(child.stderr);
  const [status] = (await ended) as [number | null];
  unlimit?.();
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - begun) / 1000;
  const kilobytes = Number(stderr.trim().split('\n').at(-1));
  return {
    patients,
    resources,
    MB: rounded(bytes / 1e6, 0),
    workers,
    'cores each': share ?? 'what is free',
    seconds: rounded(seconds, 0),
    'resources/s': rounded(resources / seconds, 0),
    'most memory of a process MB': rounded(kilobytes / 1000, 0),
  };
}
