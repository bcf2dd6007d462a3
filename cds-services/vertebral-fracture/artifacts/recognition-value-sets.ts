/** The value sets that codes of a record are recognised by, as the knowledge folder holds them. */
import type { ValueSet } from 'fhir/r4.js';
import { valueSetFiles } from '../knowledge.js';
import { metadataOf } from './metadata.js';

/** Every one of them, with the version and date of the knowledge and its own licence. */
export function recognitionValueSets(): readonly ValueSet[] {
  return [...valueSetFiles.values()].map((file) => ({
    resourceType: 'ValueSet',
    ...metadataOf('ValueSet', file),
    copyright: file.copyright,
    immutable: false,
    compose: file.compose,
  }));
}

export function recognitionValueSetIds(): readonly string[] {
  return [...valueSetFiles.keys()];
}
