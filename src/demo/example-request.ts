/** A CDS Hooks request about a synthetic patient, as an EHR would send it today. */
import type { CdsService, Hook } from '../cds-hooks/service.js';
import type { ExamplePatient } from './synthetic-patients.js';

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
