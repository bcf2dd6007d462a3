/** The prefetch templates stay in the subset that real clients resolve (CDS Hooks 2.0.1; conformance P10 to P15). */
import { describe, expect, test } from '@jest/globals';
import { createServices } from '../../../cds-services/index.js';
import { discoverySchema } from '../../../src/cds-hooks/discovery.js';

const services = createServices({
  localCodes: [{ system: 'urn:site', code: 'VHL', finding: 'height-loss-percent' }],
});
const templates = services.flatMap(({ hook, prefetch }) =>
  Object.entries(prefetch).map(([key, template]) => [`${hook} ${key}`, template] as const),
);
const PARAMETERS = ['patient', 'category', 'code', 'status'];

test('each hook has a service id of its own', () => {
  expect(services.map(({ id }) => id)).toEqual([
    'vertebral-fracture-patient-view',
    'vertebral-fracture-order-select',
    'vertebral-fracture-order-sign',
  ]);
});

test('discovery holds what the standard wants', () => {
  const entries = services.map(({ hook, id, title, description, usageRequirements, prefetch }) => ({
    hook,
    id,
    title,
    description,
    usageRequirements,
    prefetch: Object.fromEntries(Object.entries(prefetch).map(([key, { query }]) => [key, query])),
  }));
  expect(discoverySchema.safeParse({ services: entries })).toMatchObject({ success: true });
});

describe.each(templates)('%s', (_, { query, purpose }) => {
  test('uses no token but the patient of the context, which every hook has', () => {
    expect(query.match(/\{\{[^}]*\}\}/g)).toEqual(['{{context.patientId}}']);
  });

  test('is an instance read or a type search with plain parameters, each once', () => {
    const [path, search] = query.split('?');
    if (search === undefined) {
      expect(path).toBe('Patient/{{context.patientId}}');
      return;
    }
    expect(path).toMatch(/^[A-Z][A-Za-z]+$/);
    const names = search.split('&').map((parameter) => parameter.split('=')[0]);
    expect(names.filter((name) => !PARAMETERS.includes(name ?? ''))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('says why it is needed', () => {
    expect(purpose).toMatch(/^[A-Z].{20,}\.$/);
  });
});

test("the site's own observation codes are asked for", () => {
  expect(services[0]?.prefetch.measurements?.query).toContain('urn:site|VHL');
});
