/** The thresholds of the decision as a Library: the file itself, and each threshold as a parameter a site may set. */
import type { Library, ParameterDefinition } from 'fhir/r4.js';
import { type PolicyName, publishedPolicy } from '../policy.js';
import { citationsOf } from './citations.js';
import { capabilities, cpgProfiles, encoded, metadataOf } from './metadata.js';

export const POLICY_LIBRARY = 'vertebral-fracture-policy';

const LIBRARY_TYPE = 'http://terminology.hl7.org/CodeSystem/library-type';

const thresholds = Object.entries(publishedPolicy.values);

export const policyLibrary: Library = {
  resourceType: 'Library',
  meta: { profile: cpgProfiles('cpg-shareablelibrary', 'cpg-publishablelibrary') },
  extension: capabilities('shareable', 'publishable'),
  ...metadataOf('Library', {
    id: POLICY_LIBRARY,
    name: 'VertebralFracturePolicy',
    title: 'Thresholds of the vertebral fracture decision',
    description:
      'Every number the decision hangs on, with its unit, its source and whether the article, a guideline or this project set it. A site may set any of them; its cards then say so.',
  }),
  type: { coding: [{ system: LIBRARY_TYPE, code: 'asset-collection' }] },
  relatedArtifact: citationsOf(thresholds.map(([, { source }]) => source)),
  parameter: thresholds.map(([name]) => parameterOf(name as PolicyName)),
  content: [
    {
      contentType: 'application/json',
      title: 'policy.json',
      data: encoded(JSON.stringify(publishedPolicy, undefined, 2)),
    },
  ],
};

function parameterOf(name: PolicyName): ParameterDefinition {
  const { value, unit, kind, source } = publishedPolicy.values[name];
  const isList = typeof value !== 'number';
  const said = isList ? value.join(', ') : String(value);
  return {
    name,
    use: 'in',
    min: 0,
    max: isList ? '*' : '1',
    type: isList ? 'string' : 'decimal',
    documentation: `${said} ${unit} unless a site sets it; ${kind}, ${source}`,
  };
}
