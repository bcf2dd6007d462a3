/** What each SNOMED CT vertebral fracture concept says, as properties on SNOMED CT: a code system supplement. */
import type { CodeSystem, CodeSystemConceptProperty } from 'fhir/r4.js';
import { SNOMED_CT } from '../findings/code-systems.js';
import { snomedFractures } from '../knowledge.js';
import { metadataOf } from './metadata.js';

const properties = {
  verification: 'How the code was verified: V or V2',
  region: 'thoracic, lumbar or unspecified',
  part: 'not-body: process or arch, no indication for cement',
  morphology: 'Shape of the fracture',
  aetiology: 'Cause of the fracture',
  cordOrCaudaInjury: 'yes, or denied: the concept says there is none',
} as const;

type PropertyName = keyof typeof properties;
const names = Object.keys(properties) as PropertyName[];

export const fractureMeanings: CodeSystem = {
  resourceType: 'CodeSystem',
  ...metadataOf('CodeSystem', {
    id: 'snomed-vertebral-fracture',
    name: 'SnomedVertebralFracture',
    title: 'What SNOMED CT vertebral fracture concepts say',
    description:
      'Region, shape, cause and injury of the cord as the service reads them from each concept. What a concept does not say is unknown.',
  }),
  content: 'supplement',
  supplements: SNOMED_CT,
  count: snomedFractures.length,
  property: names.map((code) => ({ code, type: 'string', description: properties[code] })),
  concept: snomedFractures.map((fracture) => {
    const said: Readonly<Partial<Record<PropertyName, string | undefined>>> = {
      ...fracture,
      verification: fracture.mark,
    };
    return { code: fracture.code, property: names.flatMap((name) => propertyOf(name, said[name])) };
  }),
};

function propertyOf(code: PropertyName, value: string | undefined): CodeSystemConceptProperty[] {
  return value === undefined ? [] : [{ code, valueString: value }];
}
