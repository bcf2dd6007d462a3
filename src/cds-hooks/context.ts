/**
 * The context of each hook, as the hook pages of the standard define it.
 */
import type { Bundle } from 'fhir/r4.js';
import { z } from 'zod';
import { fhirIdOf, isObject, isResource, relativeReference } from './fhir-value.js';
import type { Hook, HookContext } from './service.js';

const whoAndWhom = {
  patientId: fhirIdOf('Patient'),
  userId: relativeReference,
  encounterId: fhirIdOf('Encounter').nullish(),
};

const mostOrders = 1000;

const selections = z
  .array(
    z
      .string({ error: 'must be a reference such as "ServiceRequest/103"' })
      .max(256, { error: 'must not be longer than 256 characters' }),
    { error: 'must be an array of references into draftOrders' },
  )
  .max(mostOrders, { error: `must not hold more than ${mostOrders} references` });

/** Drafts come without Bundle.type, fullUrl or ids; entries that hold no resource say nothing and are dropped. */
const draftOrders = z
  .object(
    {
      resourceType: z.literal('Bundle', { error: 'must be "Bundle"' }),
      entry: z
        .array(z.unknown(), { error: 'must be an array' })
        .max(mostOrders, { error: `must not hold more than ${mostOrders} orders` })
        .nullish(),
    },
    { error: 'must be a FHIR Bundle' },
  )
  .transform(({ entry }): Bundle => {
    const entries = (entry ?? []).filter(isObject).flatMap(({ fullUrl, resource }) => {
      if (!isResource(resource)) return [];
      return [typeof fullUrl === 'string' ? { fullUrl, resource } : { resource }];
    });
    return { resourceType: 'Bundle', type: 'collection', entry: entries };
  });

const isMissing = { error: 'must be an object with the context of the hook' };

/** The schema of each hook's context; its output is the typed context a service sees. */
export const contexts: Readonly<Record<Hook, z.ZodType<HookContext>>> = {
  'patient-view': z
    .object(whoAndWhom, isMissing)
    .transform((context) => ({ hook: 'patient-view', ...withoutNull(context) })),
  'order-select': z
    .object({ ...whoAndWhom, selections, draftOrders }, isMissing)
    .transform((context) => ({ hook: 'order-select', ...withoutNull(context) })),
  'order-sign': z
    .object({ ...whoAndWhom, draftOrders }, isMissing)
    .transform((context) => ({ hook: 'order-sign', ...withoutNull(context) })),
};

function withoutNull<C extends { readonly encounterId?: string | null | undefined }>(context: C) {
  const { encounterId, ...rest } = context;
  return encounterId == null ? rest : { ...rest, encounterId };
}
