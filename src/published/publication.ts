/** Everything that is published, made ready once at start: each definition as the text that goes out. */
import { createHash } from 'node:crypto';
import type { FhirResource } from 'fhir/r4.js';
import { searchset } from './bundles.js';
import { capabilityStatement, newestDay } from './capability-statement.js';
import type { Definition } from './definition.js';
import { publishedWith } from './published-definitions.js';
import type { Search } from './search-parameters.js';

/** A FHIR resource as JSON, and the tag by which a cache knows whether it still has the same. */
export interface Document {
  readonly text: string;
  readonly etag: string;
}

export interface Publication {
  readonly types: ReadonlySet<string>;
  readonly metadata: Document;
  readonly read: (type: string, id: string) => Document | undefined;
  readonly search: (type: string, search: Search) => Document;
}

export interface PublicationParts {
  readonly definitions: readonly FhirResource[];
  readonly software: { readonly name: string; readonly version: string };
  /** Base of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
}

/** Throws where two definitions have the same type and id, or one has no canonical address: bugs, seen at start. */
export function createPublication({ definitions, software, base }: PublicationParts): Publication {
  const published = publishedWith(definitions);
  const byType = new Map<string, Definition[]>();
  const documents = new Map<string, Document>();
  for (const definition of published) {
    const { type, id, resource } = definition;
    const key = `${type}/${id}`;
    if (documents.has(key)) throw new Error(`${key} is published twice`);
    documents.set(key, documentOf(resource));
    byType.set(type, [...(byType.get(type) ?? []), definition]);
  }
  const types = [...byType.keys()].sort();
  const instantiates = (byType.get('CapabilityStatement') ?? []).map(
    ({ url, version }) => `${url}|${version}`,
  );
  const date = newestDay(published);
  return {
    types: new Set(types),
    metadata: documentOf(capabilityStatement({ software, base, types, date, instantiates })),
    read: (type, id) => documents.get(`${type}/${id}`),
    search: (type, search) => documentOf(searchset(type, byType.get(type) ?? [], search, base)),
  };
}

function documentOf(resource: object): Document {
  const text = JSON.stringify(resource);
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` };
}
