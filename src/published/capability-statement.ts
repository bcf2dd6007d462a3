/** What the FHIR endpoint of the published knowledge can do, said in FHIR. */
import type {
  CapabilityStatement,
  CapabilityStatementRest,
  CapabilityStatementRestResource,
} from 'fhir/r4.js';
import type { Definition } from './definition.js';
import { searchParameters } from './search-parameters.js';

export interface EndpointFacts {
  readonly software: { readonly name: string; readonly version: string };
  /** Base of the endpoint, without a slash at the end. */
  readonly base: string;
  /** Types of which definitions are published. */
  readonly types: readonly string[];
  /** ISO day of the knowledge. */
  readonly date: string;
  /** `url|version` of the published statements that the endpoint fulfils. */
  readonly instantiates: readonly string[];
}

/** Of the running endpoint. */
export function capabilityStatement({
  software,
  base,
  types,
  date,
  instantiates,
}: EndpointFacts): CapabilityStatement {
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
    ...(instantiates.length > 0 && { instantiates: [...instantiates] }),
    software,
    implementation: { description: `${software.name} ${software.version}`, url: base },
    fhirVersion: '4.0.1',
    format: FORMATS,
    rest: [{ ...SERVER, resource: types.map(resourceOf) }],
  };
}

/**
 * What any server of these definitions has to be able to do, itself a definition among them: whoever loads them has it
 * too. Address, version and day are those of the others.
 * @param first one of the definitions, which all come from one place
 */
export function requiredCapability(
  definitions: readonly Definition[],
  { resource, type, id, url, version }: Definition,
): CapabilityStatement {
  const base = url.slice(0, -`/${type}/${id}`.length);
  const { publisher, copyright } = resource as { readonly publisher?: string; readonly copyright?: string };
  const types = new Set(['CapabilityStatement', ...definitions.map((definition) => definition.type)]);
  return {
    resourceType: 'CapabilityStatement',
    id: 'published-knowledge',
    url: `${base}/CapabilityStatement/published-knowledge`,
    version,
    name: 'PublishedKnowledge',
    title: 'What a server of this knowledge can do',
    status: 'active',
    experimental: false,
    date: newestDay(definitions),
    ...(publisher !== undefined && { publisher }),
    ...(copyright !== undefined && { copyright }),
    description:
      'Read and search of the definitions, by address, version, name, title and status. The running service says at /fhir/metadata that it does so.',
    kind: 'requirements',
    fhirVersion: '4.0.1',
    format: FORMATS,
    rest: [{ ...SERVER, resource: [...types].sort().map(resourceOf) }],
  };
}

/** The day of the newest definition. */
export function newestDay(definitions: readonly Definition[]): string {
  const days = definitions.flatMap(({ resource }) =>
    'date' in resource && typeof resource.date === 'string' ? [resource.date] : [],
  );
  return days.sort().at(-1) ?? '1970-01-01';
}

const FORMATS = ['application/fhir+json', 'json'];

const SERVER: CapabilityStatementRest = {
  mode: 'server',
  documentation: 'Read and search of definitions; nothing can be written.',
  security: { description: 'Open to everybody who can reach the address.' },
};

function resourceOf(type: string): CapabilityStatementRestResource {
  return {
    type: type as CapabilityStatementRestResource['type'],
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    versioning: 'no-version',
    conditionalRead: 'not-match',
    searchParam: searchParameters.map(({ name, type: kind }) => ({ name, type: kind })),
  };
}
