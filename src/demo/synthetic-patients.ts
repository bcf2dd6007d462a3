/** The synthetic patients that come with the package: for trials, examples and demonstrations. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { installationFolder } from '../operations/product.js';

const fixtures = join(installationFolder(), 'fixtures/patients');

const bundleSchema = z.object({
  entry: z.array(
    z.object({ resource: z.looseObject({ resourceType: z.string(), id: z.string().optional() }) }),
  ),
});
const expectedSchema = z.object({ asOf: z.string(), why: z.string(), patient: z.object({ id: z.string() }) });

export type ExampleResource = z.infer<typeof bundleSchema>['entry'][number]['resource'];

export interface ExamplePatient {
  readonly id: string;
  readonly why: string;
  /** The day the dates of the record belong to. */
  readonly asOf: string;
  readonly resources: readonly ExampleResource[];
}

/** Names of the synthetic patients that come with the package. */
export function exampleNames(): readonly string[] {
  return readdirSync(fixtures).sort();
}

export function examplePatient(name: string): ExamplePatient {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(fixtures, name, file), 'utf8'));
  const { asOf, why, patient } = expectedSchema.parse(read('expected.json'));
  const resources = bundleSchema.parse(read('bundle.json')).entry.map((entry) => entry.resource);
  return { id: patient.id, why, asOf, resources };
}

/** The patient with every date moved so that the record is as fresh today as it was on its own day. */
export function asOfToday(patient: ExamplePatient, today: string): ExamplePatient {
  const days = Math.round((Date.parse(today) - Date.parse(patient.asOf)) / 86_400_000);
  const resources = patient.resources.map((resource) =>
    resource.resourceType === 'Patient'
      ? resource
      : z.looseObject({ resourceType: z.string() }).parse(shifted(resource, days)),
  );
  return { ...patient, asOf: today, resources };
}

const DAY = /^(\d{4}-\d{2}-\d{2})(T.*)?$/;

function shifted(value: unknown, days: number): unknown {
  if (typeof value === 'string') {
    const [, day, time = ''] = DAY.exec(value) ?? [];
    if (day === undefined) return value;
    return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10) + time;
  }
  if (Array.isArray(value)) return (value as unknown[]).map((item) => shifted(item, days));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shifted(member, days)]));
}
