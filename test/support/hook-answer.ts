/** The answer of a service to a hook call, without a server in between. */
import { randomUUID } from 'node:crypto';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { createServices, type SiteConfiguration } from '../../cds-services/index.js';
import { type CallOptions, noOptions } from '../../src/cds-hooks/options.js';
import { clientProfile, type ClientProfile, type ClientProfileName } from '../../src/cds-hooks/profiles.js';
import type { CdsService, Hook, HookAnswer, HookContext, KeyData } from '../../src/cds-hooks/service.js';
import { AS_OF, patient, PATIENT } from './record.js';

export interface Occasion {
  readonly hook?: Hook;
  readonly orders?: readonly FhirResource[];
  /** `Type/id` of the orders selected; all of them unless told. */
  readonly selections?: readonly string[];
  readonly patientId?: string;
  readonly asOf?: number;
  readonly profile?: ClientProfileName | ClientProfile;
  readonly options?: CallOptions;
  readonly site?: SiteConfiguration;
  readonly data?: ReadonlyMap<string, KeyData>;
}

/** A draft ServiceRequest in words. */
export function draftOrder(text: string, more: Partial<FhirResource> = {}): FhirResource {
  return {
    resourceType: 'ServiceRequest',
    id: 'draft-1',
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${PATIENT}` },
    code: { text },
    ...more,
  } as FhirResource;
}

const NO_SITE: SiteConfiguration = {};
const built = new WeakMap<SiteConfiguration, readonly CdsService[]>();

/** As at start: once for a configuration. */
function servicesOf(site: SiteConfiguration): readonly CdsService[] {
  const services = built.get(site) ?? createServices(site);
  built.set(site, services);
  return services;
}

/** @param resources the record beside the patient, given under the prefetch key of their type */
export function answerTo(resources: readonly FhirResource[], occasion: Occasion = {}): HookAnswer {
  const { hook = 'patient-view', asOf = AS_OF, patientId = PATIENT, profile = 'generic' } = occasion;
  const service = servicesOf(occasion.site ?? NO_SITE).find((candidate) => candidate.hook === hook);
  if (service === undefined) throw new Error(`no service for ${hook}`);
  const all = resources.some(({ resourceType }) => resourceType === 'Patient')
    ? resources
    : [patient, ...resources];
  const data = Object.entries(service.prefetch).map(([key, { query }]): [string, KeyData] => {
    const found = all.filter(({ resourceType }) => resourceType === query.split(/[/?]/)[0]);
    return [
      key,
      found.length === 0
        ? { state: 'none', from: 'prefetch' }
        : { state: 'present', from: 'prefetch', resources: found, complete: true },
    ];
  });
  return service.evaluate({
    hookInstance: randomUUID(),
    profile: typeof profile === 'string' ? clientProfile(profile) : profile,
    options: occasion.options ?? noOptions,
    context: contextOf(hook, patientId, occasion),
    data: new Map([...data, ...(occasion.data ?? [])]),
    asOf: new Date(asOf),
    newId: randomUUID,
  });
}

function contextOf(hook: Hook, patientId: string, { orders = [], selections }: Occasion): HookContext {
  const base = { patientId, userId: 'Practitioner/1' };
  const draftOrders: Bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: orders.map((resource) => ({ resource })),
  };
  switch (hook) {
    case 'patient-view':
      return { ...base, hook };
    case 'order-select': {
      const all = orders.map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`);
      return { ...base, hook, selections: selections ?? all, draftOrders };
    }
    case 'order-sign':
      return { ...base, hook, draftOrders };
  }
}
