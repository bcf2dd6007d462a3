/** Everything that is published: what the services are made from, and what a server of it has to be able to do. */
import type { FhirResource } from 'fhir/r4.js';
import { requiredCapability } from './capability-statement.js';
import { type Definition, definitionOf } from './definition.js';

/** Throws where a resource can't be published: a bug of whoever built it. */
export function publishedWith(resources: readonly FhirResource[]): readonly Definition[] {
  const definitions = resources.map(definitionOf);
  const [first] = definitions;
  return first === undefined ? [] : [...definitions, definitionOf(requiredCapability(definitions, first))];
}
