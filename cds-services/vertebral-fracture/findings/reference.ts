/** References between resources, resolved to `Type/id` through fullUrls and the base of the EHR. */
import type { FhirResource } from 'fhir/r4.js';
import { referenceParts } from '../../../src/cds-hooks/reference.js';

/** A resource as it came, with its fullUrl where a Bundle gave one. */
export interface RecordEntry {
  readonly resource: FhirResource;
  readonly fullUrl?: string;
}

/** `Type/id`; a resource without id takes the last part of its fullUrl. */
export function keyOfResource(resource: FhirResource, fullUrl?: string): string {
  const id = typeof resource.id === 'string' ? resource.id : (fullUrl?.split(/[/:]/).at(-1) ?? '(no id)');
  return `${resource.resourceType}/${id}`;
}

/** The id of a `Type/id`. */
export function idIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

/** The resource each fullUrl stands for. */
export function aliasesOf(entries: readonly RecordEntry[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const { resource, fullUrl } of entries) {
    if (fullUrl !== undefined) aliases.set(fullUrl, keyOfResource(resource, fullUrl));
  }
  return aliases;
}

/** The `Type/id` a reference points to; undefined for contained, unusable and foreign ones. */
export function keyOfReference(
  reference: unknown,
  aliases: ReadonlyMap<string, string>,
  fhirServer: string | undefined,
): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const alias = aliases.get(reference);
  if (alias !== undefined) return alias;
  const parts = referenceParts(reference);
  if (parts === undefined) return undefined;
  const { base, type, id } = parts;
  if (base !== '' && fhirServer !== undefined && !isSameBase(base, fhirServer)) return undefined;
  return `${type}/${id}`;
}

function isSameBase(base: string, fhirServer: string): boolean {
  return base.replace(/\/$/, '') === fhirServer.replace(/\/$/, '');
}
