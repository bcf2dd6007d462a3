/** The description of the interface: valid OpenAPI 3.1, with every route there is and the schemas that are used. */
import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import request from 'supertest';
import {
  createPages,
  createServices,
  publishedDefinitions,
  siteConfigurationSchema,
} from '../../cds-services/index.js';
import { createPublication } from '../../src/published/publication.js';
import { testApp } from '../support/app.js';
import { orderSignRequest, patientViewRequest } from '../support/hook-request.js';

const site = siteConfigurationSchema.parse({});
const services = createServices(site);
const { app } = testApp({
  services,
  pages: createPages(site),
  publication: createPublication({
    definitions: publishedDefinitions(),
    software: { name: 'vertebral-cds', version: '0.0.0' },
    base: 'http://localhost/fhir',
  }),
});

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}
const described = async () => (await request(app).get('/openapi.json').expect(200)).body as Description;

test('it is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate((await described()) as never);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('every path it names is there, by its method', async () => {
  const { paths } = await described();
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(
      services.flatMap(({ id }) => [`/cds-services/${id}`, `/cds-services/${id}/feedback`]),
    ),
  );
  for (const [path, methods] of Object.entries(paths))
    for (const method of Object.keys(methods)) {
      const ask = request(app)[method as 'get' | 'post'](path);
      const answer = await ask.type('json').send(method === 'post' ? '{}' : undefined);
      expect([path, [404, 405].includes(answer.status)]).toEqual([path, false]);
    }
});

describe('the schemas say of bodies what the service says', () => {
  const schema = async (name: string) => {
    const { components } = await described();
    return new Ajv2020({ strict: false, validateFormats: false }).compile(components.schemas[name] ?? false);
  };

  test('of requests', async () => {
    const view = await schema('PatientViewRequest');
    expect(view(patientViewRequest())).toBe(true);
    expect(view({ ...patientViewRequest(), hookInstance: 4 })).toBe(false);
    const sign = await schema('OrderSignRequest');
    expect(sign(orderSignRequest())).toBe(true);
    expect(sign({ ...orderSignRequest(), context: 'x' })).toBe(false);
  });

  test('of answers', async () => {
    const response = await schema('Response');
    const answer = await request(app)
      .post('/cds-services/vertebral-fracture-patient-view')
      .send(
        patientViewRequest({
          prefetch: { patient: { resourceType: 'Patient', id: 'p1' }, conditions: null },
        }),
      );
    expect(response(answer.body)).toBe(true);
    expect(response({ cards: [{ summary: 'x' }] })).toBe(false);
  });

  test('of errors', async () => {
    const outcome = await schema('OperationOutcome');
    const answer = await request(app)
      .post('/cds-services/vertebral-fracture-patient-view')
      .send({})
      .expect(400);
    expect(outcome(answer.body)).toBe(true);
  });
});
