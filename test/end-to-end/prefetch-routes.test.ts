/** The same patient by every route: all prefetched, nothing prefetched, half of it. The cards are the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { createServices } from '../../cds-services/index.js';
import { responseSchema } from '../../src/cds-hooks/response.js';
import type { CdsService } from '../../src/cds-hooks/service.js';
import { post, testApp } from '../support/app.js';
import { type FhirTestServer, startFhirServer } from '../support/fhir-server.js';
import { expectedOf, fixtureNames, storedResourcesOf } from '../support/synthetic-patients.js';

const token = 'token-of-this-test';
const services = createServices({});

/** A search by patient finds nothing of another patient or of nobody: such records can only come by prefetch. */
const names = fixtureNames.filter(
  (name) =>
    !(expectedOf(name).notUsed ?? []).some(
      ({ reason }) => reason === 'other-patient' || reason === 'no-patient',
    ),
);

function prefetchOf(
  service: CdsService,
  resources: readonly FhirResource[],
  patientId: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(service.prefetch).map(([key, { query }]) => {
      const type = query.split(/[/?]/)[0];
      const found = resources.filter(({ resourceType }) => resourceType === type);
      if (!query.includes('?')) return [key, found.find(({ id }) => id === patientId) ?? null];
      const bundle: Bundle = {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: found.map((resource) => ({ resource })),
      };
      return [key, found.length === 0 ? null : bundle];
    }),
  );
}

/** Cards without their uuids and the temporary ids of created orders, which differ from call to call. */
function comparable(body: unknown): unknown {
  const { cards } = responseSchema.parse(body);
  return JSON.parse(
    JSON.stringify(cards).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'uuid'),
  );
}

const apps = new Map<string, Express>();

/** One for each day on which patients are judged. */
function appOn(asOf: string): Express {
  const app =
    apps.get(asOf) ??
    testApp({
      services,
      clock: () => new Date(`${asOf}T23:00:00Z`),
      caller: { budget: { fhirBudgetMs: 10_000, budgetMs: 12_000 } },
    }).app;
  apps.set(asOf, app);
  return app;
}

/** Every patient while an order is chosen, and by turns when the chart is opened and when orders are signed. */
const rows = names.map((name, index) => ({
  name,
  asked: services.filter(
    ({ hook }) => hook === 'order-select' || hook === (index % 2 === 0 ? 'patient-view' : 'order-sign'),
  ),
}));

describe.each(rows)('$name', ({ name, asked }) => {
  let fhir: FhirTestServer;
  beforeAll(async () => {
    fhir = await startFhirServer(storedResourcesOf(name), { token });
  });
  afterAll(() => fhir.close());

  test.each(asked.map((service) => [service.hook, service] as const))('%s', async (hook, service) => {
    const { patient, asOf } = expectedOf(name);
    const app = appOn(asOf);
    const all = prefetchOf(service, storedResourcesOf(name), patient.id);
    const half = Object.fromEntries(Object.entries(all).filter((_, index) => index % 2 === 0));
    const draft = {
      resourceType: 'ServiceRequest',
      id: 'draft-1',
      status: 'draft',
      intent: 'order',
      subject: { reference: `Patient/${patient.id}` },
      code: { text: 'Vertebroplasty' },
    };
    const draftOrders = { resourceType: 'Bundle', entry: [{ resource: draft }] };
    const call = (prefetch: object) =>
      post(app, `/cds-services/${service.id}`, {
        hook,
        hookInstance: '9f4e7b1c-3c1d-4d6b-8a53-6c6f0c5f2d11',
        fhirServer: fhir.baseUrl,
        fhirAuthorization: {
          access_token: token,
          token_type: 'Bearer',
          expires_in: 300,
          scope: 'user/*.read',
          subject: 'vertebral-cds',
        },
        context: {
          patientId: patient.id,
          userId: 'Practitioner/1',
          ...(hook === 'order-select' && { selections: ['ServiceRequest/draft-1'], draftOrders }),
          ...(hook === 'order-sign' && { draftOrders }),
        },
        prefetch,
      });
    const [complete, fetched, mixed] = await Promise.all([call(all), call({}), call(half)]);
    expect([complete.status, fetched.status, mixed.status]).toEqual([200, 200, 200]);
    expect(comparable(fetched.body)).toEqual(comparable(complete.body));
    expect(comparable(mixed.body)).toEqual(comparable(complete.body));
  });
});
