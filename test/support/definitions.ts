/** A few small definitions to publish, of two types and two versions. */
import type { CodeSystem, FhirResource, ValueSet } from 'fhir/r4.js';

export const definitionBase = 'https://defined.example/fhir';

export function valueSet(id: string, members: Partial<ValueSet> = {}): ValueSet {
  return {
    resourceType: 'ValueSet',
    id,
    url: `${definitionBase}/ValueSet/${id}`,
    version: '1.0.0',
    name: `${id.slice(0, 1).toUpperCase()}${id.slice(1)}`,
    title: `All about ${id}`,
    status: 'active',
    date: '2026-11-20',
    ...members,
  };
}

const shapes: CodeSystem = {
  resourceType: 'CodeSystem',
  id: 'shapes',
  url: `${definitionBase}/CodeSystem/shapes`,
  version: '1.0.0',
  name: 'Shapes',
  status: 'active',
  content: 'complete',
  date: '2026-11-21',
};

export const definitions: readonly FhirResource[] = [
  shapes,
  valueSet('opioid'),
  valueSet('opium', { version: '2.0.0', status: 'draft' }),
  valueSet('inr', { title: 'INR' }),
];
