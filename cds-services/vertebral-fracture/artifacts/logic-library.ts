/** The decision logic as Libraries: what data it needs, what codes it reads, and CQL and ELM where the build has them. */
import type { Attachment, Library, RelatedArtifact } from 'fhir/r4.js';
import { prefetchTemplates } from '../prefetch.js';
import { siteOf } from '../site.js';
import { dataRequirements } from './data-requirements.js';
import { LOGIC_LIBRARY, type LogicContent } from './logic-content.js';
import { capabilities, cpgProfiles, encoded, metadataOf, pinned } from './metadata.js';
import { POLICY_LIBRARY } from './policy-library.js';
import { recognitionValueSetIds } from './recognition-value-sets.js';

const LIBRARY_TYPE = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'logic-library' }],
};

/** The library of the decision, and a library for each other one that its CQL includes. */
export function logicLibraries(contents: readonly LogicContent[]): readonly Library[] {
  const own = contents.find(({ name }) => name === LOGIC_LIBRARY) ?? { name: LOGIC_LIBRARY };
  const included = contents.filter(({ name }) => name !== LOGIC_LIBRARY);
  return [decisionLibrary(own, included), ...included.map(includedLibrary)];
}

function decisionLibrary(logic: LogicContent, included: readonly LogicContent[]): Library {
  return {
    ...libraryOf(logic, {
      title: 'Logic of the vertebral fracture decision',
      description:
        'The decision table over the findings of a record. Data requirements are the prefetch templates of the service as published; a site adds its local codes.',
    }),
    relatedArtifact: [
      dependency('Library', POLICY_LIBRARY, 'thresholds'),
      ...included.map(({ name }) => dependency('Library', name, 'included CQL')),
      dependency('CodeSystem', 'finding', 'codes of the findings that the CQL reads'),
      dependency('CodeSystem', 'snomed-vertebral-fracture', 'what fracture concepts say'),
      ...recognitionValueSetIds().map((id) =>
        dependency('ValueSet', id, `codes of a record: ${id.replaceAll('-', ' ')}`),
      ),
    ],
    dataRequirement: [...dataRequirements(prefetchTemplates(siteOf({})))],
  };
}

function includedLibrary(logic: LogicContent): Library {
  return libraryOf(logic, {
    title: `${logic.name}, included by the decision logic`,
    description: `The CQL library ${logic.name}, as the decision logic includes it.`,
  });
}

function libraryOf(
  logic: LogicContent,
  said: { readonly title: string; readonly description: string },
): Library {
  const content = attachments(logic);
  return {
    resourceType: 'Library',
    meta: {
      profile: cpgProfiles('cpg-shareablelibrary', 'cpg-computablelibrary', 'cpg-publishablelibrary'),
    },
    extension: capabilities('shareable', 'computable', 'publishable'),
    ...metadataOf('Library', { id: logic.name, name: logic.name, ...said }),
    type: LIBRARY_TYPE,
    ...(content.length > 0 && { content: [...content] }),
  };
}

function attachments({ cql, elm }: LogicContent): readonly Attachment[] {
  return [
    ...(cql === undefined ? [] : [{ contentType: 'text/cql', data: encoded(cql) }]),
    ...(elm === undefined ? [] : [{ contentType: 'application/elm+json', data: encoded(elm) }]),
  ];
}

function dependency(
  type: 'CodeSystem' | 'Library' | 'ValueSet',
  id: string,
  display: string,
): RelatedArtifact {
  return { type: 'depends-on', display, resource: pinned(type, id) };
}
