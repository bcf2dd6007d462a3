/** What the FHIR endpoint of the published knowledge can do, said in FHIR. */
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js';
import { searchParameters } from './search-parameters.js';

export interface EndpointFacts {
  readonly software: { readonly name: string; readonly version: string };
  /** Base of the endpoint, without a slash at the end. */
  readonly base: string;
  /** Types of which definitions are published. */
  readonly types: readonly string[];
  /** ISO day of the knowledge. */
  readonly date: string;
}

export function capabilityStatement({ software, base, types, date }: EndpointFacts): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    url: `${base}/metadata`,
    version: software.version,
    name: 'PublishedKnowledge',
    title: `Knowledge of ${software.name}, read only`,
    status: 'active',
    experimental: false,
    date,
    publisher: software.name,
    description:
      'The definitions the decision support is made from. No patient data is served or accepted here.',
    kind: 'instance',
    software,
    implementation: { description: `${software.name} ${software.version}`, url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation: 'Read and search of definitions; nothing can be written.',
        security: { description: 'Open to everybody who can reach the address.' },
        resource: types.map(resourceOf),
      },
    ],
  };
}

function resourceOf(type: string): CapabilityStatementRestResource {
  return {
    type: type as CapabilityStatementRestResource['type'],
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    versioning: 'no-version',
    conditionalRead: 'not-match',
    searchParam: searchParameters.map(({ name, type: kind }) => ({ name, type: kind })),
  };
}
