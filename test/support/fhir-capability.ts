/** The CapabilityStatement of the FHIR test double. */
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js';
import { parametersOf, searchableTypes, type SearchParameter } from './fhir-search-parameters.js';

const types = { token: 'token', date: 'date', patient: 'reference' } as const satisfies Record<
  SearchParameter['kind'],
  string
>;

export const capabilityStatement: CapabilityStatement = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-01',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  software: { name: 'FHIR test double' },
  implementation: { description: 'A FHIR server for tests' },
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'batch' }],
      resource: searchableTypes.map((type) => ({
        type: type as CapabilityStatementRestResource['type'],
        interaction: [{ code: 'read' as const }, { code: 'search-type' as const }],
        searchParam: Object.entries(parametersOf(type) ?? {}).map(([name, { kind }]) => ({
          name,
          type: types[kind],
        })),
      })),
    },
  ],
};
