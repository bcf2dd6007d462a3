/** What every published definition says of itself: address, version, date, publisher, licence. */
import { canonicalOf } from '../canonical.js';
import { knowledgeVersion, publishedPolicy } from '../policy.js';

export const PUBLISHER = 'vertebral-cds';

/** The product is licensed so; codes of others keep the licence of their owners. */
const LICENCE = 'Apache-2.0. Codes of other code systems keep the licence of their owners.';

export type PublishedType =
  'ActivityDefinition' | 'CodeSystem' | 'Library' | 'PlanDefinition' | 'StructureDefinition' | 'ValueSet';

/** An id, a name for machines and a title and description for people. */
export interface Naming {
  readonly id: string;
  /** Begins with a capital, letters and digits alone (FHIR invariant on names). */
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** The elements that all definitions share; they change with the version of the knowledge and with nothing else. */
export function metadataOf(type: PublishedType, { id, name, title, description }: Naming) {
  return {
    id,
    url: canonicalOf(type, id),
    version: knowledgeVersion,
    name,
    title,
    status: 'active' as const,
    experimental: false,
    date: publishedPolicy.date,
    publisher: PUBLISHER,
    description,
    copyright: LICENCE,
  };
}

/** `url|version`, as one definition names another. */
export function pinned(type: PublishedType, id: string): string {
  return `${canonicalOf(type, id)}|${knowledgeVersion}`;
}

const CPG = 'http://hl7.org/fhir/uv/cpg/StructureDefinition/';

/** Profiles of Clinical Practice Guidelines 2.0.0, by the end of their address. */
export function cpgProfiles(...names: readonly string[]): string[] {
  return names.map((name) => `${CPG}${name}`);
}

/** What a CPG definition can be used for. */
export function capabilities(
  ...codes: readonly ('shareable' | 'computable' | 'publishable' | 'executable')[]
) {
  return codes.map((valueCode) => ({
    url: 'http://hl7.org/fhir/StructureDefinition/cqf-knowledgeCapability',
    valueCode,
  }));
}

/** Base64 of a text, as attachments carry it. */
export function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
