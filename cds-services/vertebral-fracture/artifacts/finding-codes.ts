/** The findings as codes: what an Observation may carry directly, and what local codes map to. */
import type { CodeSystemConcept, CodeSystemConceptProperty } from 'fhir/r4.js';
import { catalogue, type FindingKind, findingCodes, type GradedFinding } from '../findings/catalogue.js';
import { codesWithValueSet } from './coded-concepts.js';

/** Observations that state a finding in another shape; the catalogue has no values for them. */
const GRADED: Readonly<Record<GradedFinding, { readonly code: string; readonly values: string }>> = {
  genantGrade: { code: 'genant-grade', values: '0, 1, 2, 3' },
  asiaImpairmentScale: { code: 'asia-impairment-scale', values: 'A, B, C, D, E' },
  neurologicalExamination: { code: 'neurological-examination', values: 'normal, abnormal' },
  fracturePresence: { code: 'fracture-presence', values: 'yes, no' },
};

function catalogued(): readonly CodeSystemConcept[] {
  return Object.values(catalogue).map(({ code, value, speaksOf, imaging }) => ({
    code,
    display: spoken(code),
    definition: `${spoken(code)}: ${valuesOf(value)}.`,
    property: [
      { code: 'speaksOf', valueString: speaksOf },
      { code: 'seenIn', valueString: imaging ? 'images' : 'record' },
      { code: 'values', valueString: valuesOf(value) },
      ...unitsOf(value),
    ],
  }));
}

function graded(): readonly CodeSystemConcept[] {
  return Object.values(GRADED).map(({ code, values }) => ({
    code,
    display: spoken(code),
    definition: `${spoken(code)}: ${values}. Read as the findings it implies.`,
    property: [{ code: 'values', valueString: values }],
  }));
}

/** `height-loss-percent` as "Height loss percent". */
function spoken(code: string): string {
  const words = code.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function valuesOf(value: FindingKind): string {
  switch (value.kind) {
    case 'yes-no':
      return 'yes, no';
    case 'quantity':
      return `${value.least} to ${value.most}`;
    case 'choice':
      return value.choices.join(', ');
    default:
      return value satisfies never;
  }
}

function unitsOf(value: FindingKind): readonly CodeSystemConceptProperty[] {
  if (value.kind !== 'quantity') return [];
  return value.units.map((unit) => ({ code: 'unit', valueString: unit }));
}

const concepts = [...catalogued(), ...graded()];
const byCode = new Map(concepts.map((concept) => [concept.code, concept]));

/** CodeSystem and ValueSet of the findings, in the order of the catalogue. */
export const findingCodeSystem = codesWithValueSet(
  {
    id: 'finding',
    name: 'Finding',
    title: 'Findings of vertebral fractures',
    description:
      'What the service knows of a fractured vertebra and its patient. A finding that nobody reported is unknown, never false.',
  },
  findingCodes.flatMap((code) => byCode.get(code) ?? []),
  [
    { code: 'speaksOf', type: 'string', description: 'fracture or patient' },
    { code: 'seenIn', type: 'string', description: 'images, or the rest of the record' },
    { code: 'values', type: 'string', description: 'The values it may have' },
    { code: 'unit', type: 'string', description: 'A unit in which a quantity is read' },
  ],
);
