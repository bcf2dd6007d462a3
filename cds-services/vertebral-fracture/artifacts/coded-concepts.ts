/** A code system of ours and the value set of all its codes: always a pair. */
import type { CodeSystem, CodeSystemConcept, CodeSystemProperty, ValueSet } from 'fhir/r4.js';
import { canonicalOf } from '../canonical.js';
import { metadataOf, type Naming } from './metadata.js';

/** Both carry the id of `naming`. */
export function codesWithValueSet(
  naming: Naming,
  concept: readonly CodeSystemConcept[],
  property: readonly CodeSystemProperty[] = [],
): readonly [CodeSystem, ValueSet] {
  const { id } = naming;
  const codes: CodeSystem = {
    resourceType: 'CodeSystem',
    ...metadataOf('CodeSystem', naming),
    caseSensitive: true,
    content: 'complete',
    count: concept.length,
    valueSet: canonicalOf('ValueSet', id),
    ...(property.length > 0 && { property: [...property] }),
    concept: [...concept],
  };
  const all: ValueSet = {
    resourceType: 'ValueSet',
    ...metadataOf('ValueSet', naming),
    compose: { include: [{ system: canonicalOf('CodeSystem', id) }] },
  };
  return [codes, all];
}
