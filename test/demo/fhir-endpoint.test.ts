/** The FHIR server of a demonstration: synthetic patients, read only, and honest about what it can't do. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createServices, siteConfigurationSchema } from '../../cds-services/index.js';
import { fillTemplate } from '../../src/cds-hooks/prefetch-template.js';
import { createDemoFhir } from '../../src/demo/fhir-endpoint.js';
import { prefetchOf } from '../../src/demo/example-request.js';
import { asOfToday, exampleNames, examplePatient } from '../../src/demo/synthetic-patients.js';
import { testApp } from '../support/app.js';

const demo = createDemoFhir();
const { app } = testApp({ demo, clock: () => new Date('2026-11-23T10:00:00Z') });
const get = (path: string) => request(app).get(`/demo/fhir/${path}`);

test('without a demonstration there is none of it', async () => {
  const plain = testApp().app;
  for (const path of ['/try', '/demo/fhir/metadata', '/demo/fhir/Patient/p01', '/demo/fhir/authorize'])
    await request(plain).get(path).expect(404);
});

test('every template of the services finds what it would find in the record', async () => {
  const [service] = createServices(siteConfigurationSchema.parse({}));
  const templates = service?.prefetch ?? {};
  const patient = asOfToday(examplePatient('t6-l3-wedge-40-percent'), '2026-11-23');
  const whole = prefetchOf({ prefetch: templates }, patient) as Record<string, { entry?: unknown[] } | null>;
  let found = 0;
  for (const [key, { query }] of Object.entries(templates)) {
    const asked = fillTemplate(query, {
      hook: 'patient-view',
      patientId: patient.id,
      userId: 'Practitioner/u',
    });
    const body = (await get(asked ?? '').expect(200)).body as { entry?: unknown[] };
    found += (body.entry ?? []).length;
    if (key === 'patient') expect(body).toEqual(whole.patient);
  }
  const observations = new Set(['imagingFindings', 'measurements']);
  const expected = Object.entries(whole).filter(([key]) => key !== 'patient' && !observations.has(key));
  expect(found).toBeGreaterThanOrEqual(
    expected.reduce((sum, [, value]) => sum + (value?.entry?.length ?? 0), 0),
  );
});

test('every synthetic patient can be read', async () => {
  expect(demo.patients).toHaveLength(exampleNames().length);
  for (const { id } of demo.patients.slice(0, 20)) await get(`Patient/${id}`).expect(200);
});

describe('it refuses, with an OperationOutcome,', () => {
  test.each<[string, string, number]>([
    ['a search without a patient', 'Condition', 400],
    ['a search with a parameter it does not know', 'Condition?patient=p01&onset-date=gt2020', 400],
    ['a patient that is not there', 'Patient/nobody', 404],
    ['a read of something else', 'Condition/fracture', 404],
  ])('%s', async (_, path, status) => {
    const answer = await get(path).expect(status);
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
  });

  test('every way of writing', async () => {
    for (const method of ['post', 'put', 'delete'] as const)
      await request(app)[method]('/demo/fhir/Patient/p01').expect(405);
  });
});
