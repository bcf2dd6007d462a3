/** How the codes of a value set were verified: an extension on each group of codes, and what its codes mean. */
import type { CodeSystem, StructureDefinition, ValueSet } from 'fhir/r4.js';
import { canonicalOf } from '../canonical.js';
import { metadataOf, pinned } from './metadata.js';

/** The extension that stands in the value set files of the knowledge folder. */
export const VERIFICATION = canonicalOf('StructureDefinition', 'verification');

const naming = {
  id: 'verification',
  name: 'Verification',
  title: 'How a code was verified',
  description:
    'Says of a group of codes in a value set how it was verified. A code that cards emit is always V; V2 codes are recognised in a record only.',
};

export const verificationCodes: CodeSystem = {
  resourceType: 'CodeSystem',
  ...metadataOf('CodeSystem', naming),
  caseSensitive: true,
  content: 'complete',
  count: 2,
  valueSet: canonicalOf('ValueSet', naming.id),
  concept: [
    {
      code: 'V',
      display: 'Verified',
      definition:
        'Read in a list of the owner of the code system or of a body that publishes it (CMS order file, International Patient Summary free set, DICOM context groups, LOINC list), or found alike in two independent lists.',
    },
    {
      code: 'V2',
      display: 'Seen in public lists',
      definition:
        'Seen in public code lists of others only (quality measures, practice lists, published code). Recognised in a record, never emitted.',
    },
  ],
};

export const verificationValueSet: ValueSet = {
  resourceType: 'ValueSet',
  ...metadataOf('ValueSet', naming),
  compose: { include: [{ system: verificationCodes.url ?? '' }] },
};

export const verificationExtension: StructureDefinition = {
  resourceType: 'StructureDefinition',
  ...metadataOf('StructureDefinition', naming),
  fhirVersion: '4.0.1',
  kind: 'complex-type',
  abstract: false,
  context: [{ type: 'element', expression: 'ValueSet.compose.include' }],
  type: 'Extension',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
  derivation: 'constraint',
  differential: {
    element: [
      { id: 'Extension', path: 'Extension', short: naming.title, definition: naming.description, max: '1' },
      { id: 'Extension.extension', path: 'Extension.extension', max: '0' },
      { id: 'Extension.url', path: 'Extension.url', fixedUri: VERIFICATION },
      {
        id: 'Extension.value[x]',
        path: 'Extension.value[x]',
        min: 1,
        type: [{ code: 'code' }],
        binding: { strength: 'required', valueSet: pinned('ValueSet', naming.id) },
      },
    ],
  },
};
