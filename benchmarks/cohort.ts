/**
 * `npm run bench:cohort [-- PATIENTS]`: a population made from the synthetic patients and ordinary laboratory results, by a
 * fixed rule, assessed by one and by two workers. Prints resources a second and the most memory a process held.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleNames, examplePatient } from '../src/demo/synthetic-patients.js';
import { report, type ResultRow, rounded } from './results.js';

const PATIENTS = Number(process.argv[2] ?? 100_000);
const LABORATORY = 20;
/** Stands where the number of a patient goes. */
const NUMBER = '########';
const command = fileURLToPath(new URL('../bin/vertebral-cds.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-cohort-'));

try {
  const one = made(PATIENTS);
  report('cohort', [run(one, 1), run(one, 2), run(made(Math.round(PATIENTS / 2)), 1)]);
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

function run({ path, patients, resources, bytes }: Population, workers: number): ResultRow {
  const begun = performance.now();
  const { status, stderr } = spawnSync(
    '/usr/bin/time',
    [
      '-f',
      '%M',
      process.execPath,
      command,
      'cohort',
      '--as-of',
      '2026-11-23',
      '--input',
      path,
      '--output',
      join(folder, 'out.ndjson'),
      '--workers',
      String(workers),
    ],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - begun) / 1000;
  const kilobytes = Number(stderr.trim().split('\n').at(-1));
  return {
    patients,
    resources,
    MB: rounded(bytes / 1e6, 0),
    workers,
    seconds: rounded(seconds, 0),
    'resources/s': rounded(resources / seconds, 0),
    'most memory of a process MB': rounded(kilobytes / 1000, 0),
  };
}
