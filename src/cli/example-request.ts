/** A CDS Hooks request about a synthetic patient, as an EHR would send it today. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CdsService, Hook } from '../cds-hooks/service.js';

const fixtures = new URL(
  import.meta.url.includes('/dist/') ? '../../../fixtures/patients/' : '../../fixtures/patients/',
  import.meta.url,
);

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
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(new URL(`${name}/${file}`, fixtures), 'utf8'));
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

export interface DraftOrder extends Record<string, unknown> {
  readonly resourceType: string;
  readonly id: string;
}

/**
 * The request for a hook, with everything prefetched that the service asks for.
 * @param orders draft orders, all of them selected
 */
export function exampleRequest(
  service: Pick<CdsService, 'hook' | 'prefetch'>,
  patient: ExamplePatient,
  orders: readonly DraftOrder[],
  hookInstance: string,
): object {
  return {
    hook: service.hook,
    hookInstance,
    context: {
      userId: 'Practitioner/example',
      patientId: patient.id,
      ...contextOf(service.hook, orders),
    },
    prefetch: prefetchOf(service, patient),
  };
}

function contextOf(hook: Hook, orders: readonly DraftOrder[]): object {
  const draftOrders = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: orders.map((resource) => ({ resource })),
  };
  switch (hook) {
    case 'patient-view':
      return {};
    case 'order-select':
      return { selections: orders.map(({ resourceType, id }) => `${resourceType}/${id}`), draftOrders };
    case 'order-sign':
      return { draftOrders };
  }
}

/** Each template answered with the patient's resources of its type; the second template of a type finds nothing new. */
export function prefetchOf(
  service: Pick<CdsService, 'prefetch'>,
  patient: ExamplePatient,
): Record<string, unknown> {
  const answered = new Set<string>();
  return Object.fromEntries(
    Object.entries(service.prefetch).map(([key, { query }]): [string, unknown] => {
      const [type = ''] = query.split(/[/?]/);
      const found = answered.has(type)
        ? []
        : patient.resources.filter((resource) => resource.resourceType === type);
      answered.add(type);
      if (!query.includes('?')) return [key, found.find((resource) => resource.id === patient.id) ?? null];
      return [
        key,
        {
          resourceType: 'Bundle',
          type: 'searchset',
          ...(found.length > 0 && { entry: found.map((resource) => ({ resource })) }),
        },
      ];
    }),
  );
}
