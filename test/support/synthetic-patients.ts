/** The synthetic patients of fixtures/patients: their records and what a clinician expects of the service. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { z } from 'zod';
import { assessRecord } from '../../cds-services/index.js';
import type { RecordFindings } from '../../cds-services/vertebral-fracture/findings/finding.js';

const folder = new URL('../../fixtures/patients/', import.meta.url);

const expectedSchema = z.strictObject({
  why: z.string().min(20),
  rows: z.array(z.string()).min(1),
  asOf: z.iso.date(),
  patient: z.looseObject({ id: z.string() }),
  patientFindings: z.record(z.string(), z.unknown()),
  fractures: z.array(
    z.strictObject({
      levels: z.array(z.string()),
      findings: z.record(z.string(), z.unknown()),
      outcome: z.string(),
      rule: z.string(),
      indicator: z.string(),
      missing: z.array(z.string()),
      warnings: z.array(z.string()),
      ifConfirmed: z
        .array(
          z.strictObject({
            assume: z.record(z.string(), z.unknown()),
            outcome: z.string(),
            rule: z.string(),
          }),
        )
        .optional(),
    }),
  ),
  notUsed: z.array(z.strictObject({ resource: z.string(), reason: z.string() })).optional(),
  conflicts: z.array(z.string()).optional(),
});
export type ExpectedAssessment = z.infer<typeof expectedSchema>;

export const fixtureNames: readonly string[] = readdirSync(folder).sort();

export function bundleOf(name: string): Bundle {
  return JSON.parse(readFileSync(new URL(`${name}/bundle.json`, folder), 'utf8')) as Bundle;
}

export function expectedOf(name: string): ExpectedAssessment {
  return expectedSchema.parse(JSON.parse(readFileSync(new URL(`${name}/expected.json`, folder), 'utf8')));
}

/** Path of a fixture's Bundle, for commands that read files. */
export function bundlePath(name: string): string {
  return new URL(`${name}/bundle.json`, folder).pathname;
}

/** The resources as a FHIR server holds them after the transaction: references point to `Type/id`. */
export function storedResourcesOf(name: string): readonly FhirResource[] {
  const entries = bundleOf(name).entry ?? [];
  const stored = entries.reduce(
    (json, { fullUrl = '', resource }) =>
      json.replaceAll(`"${fullUrl}"`, `"${resource?.resourceType ?? ''}/${resource?.id ?? ''}"`),
    JSON.stringify(entries.map(({ resource }) => resource)),
  );
  return JSON.parse(stored) as FhirResource[];
}

const found = new Map<string, RecordFindings>();

/** What the service finds in the patient's record at the end of the day it is judged; gathered once. */
export function findingsIn(name: string): RecordFindings {
  const known = found.get(name) ?? gatheredFrom(name);
  found.set(name, known);
  return known;
}

function gatheredFrom(name: string): RecordFindings {
  const { asOf, patient } = expectedOf(name);
  const entries = (bundleOf(name).entry ?? []).flatMap(({ fullUrl, resource }) =>
    resource === undefined
      ? []
      : [{ resource: resource as FhirResource, ...(fullUrl !== undefined && { fullUrl }) }],
  );
  return assessRecord(entries, patient.id, Date.parse(`${asOf}T23:59:59.999Z`), {}).record;
}
