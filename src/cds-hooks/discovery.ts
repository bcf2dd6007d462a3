/**
 * The answer to `GET /cds-services`, CDS Hooks 2.0.1 "Discovery".
 */
import { z } from 'zod';
import { DISCOVERY_EXTENSION } from './options.js';
import type { CdsService } from './service.js';

const text = z.string().min(1);

const knownToken =
  /\{\{(context\.[A-Za-z]+|userPractitionerId|userPractitionerRoleId|userPatientId|userRelatedPersonId)\}\}/g;

const template = text.refine((query) => !/[{}]/.test(query.replace(knownToken, '')), {
  error: 'tokens must be {{context.x}} or {{userPractitionerId}} and its kin',
});

export const discoverySchema = z.strictObject({
  services: z.array(
    z.strictObject({
      hook: text,
      id: text,
      title: text.optional(),
      description: text,
      usageRequirements: text.optional(),
      prefetch: z
        .record(text, template)
        .refine((templates) => Object.keys(templates).length > 0, { error: 'must be left out when empty' })
        .optional(),
      extension: z.record(text, z.union([z.looseObject({}), z.array(z.looseObject({}))])).optional(),
    }),
  ),
});

export type Discovery = z.output<typeof discoverySchema>;

/** Describes services to clients, in the order given. */
export function describeServices(services: readonly CdsService[]): Discovery {
  return { services: services.map(describe) };
}

function describe(service: CdsService): Discovery['services'][number] {
  const templates = Object.entries(service.prefetch).map(([key, { query }]) => [key, query] as const);
  return {
    hook: service.hook,
    id: service.id,
    title: service.title,
    description: service.description,
    ...(service.usageRequirements === undefined ? {} : { usageRequirements: service.usageRequirements }),
    ...(templates.length === 0 ? {} : { prefetch: Object.fromEntries(templates) }),
    ...(service.options === undefined
      ? {}
      : { extension: { [DISCOVERY_EXTENSION]: service.options.map((option) => ({ ...option })) } }),
  };
}
