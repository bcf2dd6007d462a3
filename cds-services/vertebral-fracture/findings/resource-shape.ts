/** Whether the elements of a resource that this service reads have the form FHIR R4 gives them; all others are ignored. */
import type { Resource } from 'fhir/r4.js';

type Shape = 'string' | 'number' | 'boolean' | readonly [Shape] | { readonly [element: string]: Shape };

const coding: Shape = { system: 'string', code: 'string', display: 'string' };
const concept: Shape = { coding: [coding], text: 'string' };
const reference: Shape = {
  reference: 'string',
  display: 'string',
  identifier: { system: 'string', value: 'string' },
};
const period: Shape = { start: 'string', end: 'string' };
const quantity: Shape = {
  value: 'number',
  comparator: 'string',
  unit: 'string',
  system: 'string',
  code: 'string',
};
const range: Shape = { low: quantity, high: quantity };

const value: Shape & object = {
  valueBoolean: 'boolean',
  valueCodeableConcept: concept,
  valueInteger: 'number',
  valueQuantity: quantity,
  valueRange: range,
  valueRatio: { numerator: quantity, denominator: quantity },
  valueString: 'string',
  dataAbsentReason: concept,
  interpretation: [concept],
};
const effective: Shape & object = { effectiveDateTime: 'string', effectivePeriod: period, issued: 'string' };
const medication: Shape & object = {
  status: 'string',
  subject: reference,
  medicationCodeableConcept: concept,
  medicationReference: reference,
  contained: [{ resourceType: 'string', id: 'string', code: concept }],
};

const order: Shape & object = {
  id: 'string',
  status: 'string',
  doNotPerform: 'boolean',
  subject: reference,
  authoredOn: 'string',
};

const SHAPES: Readonly<Record<string, Shape>> = {
  Patient: {
    id: 'string',
    birthDate: 'string',
    gender: 'string',
    identifier: [{ system: 'string', value: 'string' }],
  },
  Condition: {
    id: 'string',
    subject: reference,
    clinicalStatus: concept,
    verificationStatus: concept,
    code: concept,
    bodySite: [concept],
    onsetDateTime: 'string',
    onsetPeriod: period,
    onsetAge: quantity,
    onsetRange: range,
    recordedDate: 'string',
    abatementDateTime: 'string',
  },
  ImagingStudy: {
    id: 'string',
    status: 'string',
    subject: reference,
    started: 'string',
    modality: [coding],
    description: 'string',
    note: [{ text: 'string' }],
    procedureCode: [concept],
    series: [{ started: 'string', description: 'string', modality: coding, bodySite: coding }],
  },
  Observation: {
    id: 'string',
    status: 'string',
    subject: reference,
    code: concept,
    bodySite: concept,
    focus: [reference],
    derivedFrom: [reference],
    partOf: [reference],
    effectiveInstant: 'string',
    ...effective,
    ...value,
    component: [{ code: concept, ...value }],
  },
  DiagnosticReport: {
    id: 'string',
    status: 'string',
    subject: reference,
    code: concept,
    ...effective,
    imagingStudy: [reference],
    result: [reference],
    category: [concept],
    conclusion: 'string',
    conclusionCode: [concept],
    presentedForm: [{ contentType: 'string', data: 'string', url: 'string' }],
  },
  MedicationRequest: { id: 'string', authoredOn: 'string', doNotPerform: 'boolean', ...medication },
  MedicationStatement: { id: 'string', effectiveDateTime: 'string', effectivePeriod: period, ...medication },
  Medication: { id: 'string', code: concept },
  AllergyIntolerance: {
    id: 'string',
    patient: reference,
    clinicalStatus: concept,
    verificationStatus: concept,
    code: concept,
    recordedDate: 'string',
    reaction: [{ substance: concept }],
  },
  Procedure: {
    id: 'string',
    status: 'string',
    subject: reference,
    code: concept,
    bodySite: [concept],
    performedDateTime: 'string',
    performedPeriod: period,
  },
  Encounter: { id: 'string', status: 'string', subject: reference, class: coding, period },
  PractitionerRole: { id: 'string', active: 'boolean', code: [concept], specialty: [concept] },
  ServiceRequest: { ...order, code: concept, bodySite: [concept] },
  ProcedureRequest: { ...order, code: concept, bodySite: [concept] },
  ReferralRequest: { ...order, serviceRequested: [concept], specialty: concept },
  DeviceRequest: { ...order, codeCodeableConcept: concept },
};

type Check = (given: unknown) => boolean;

/** Made once, at start: a record has thousands of resources. */
const CHECKS: ReadonlyMap<string, Check> = new Map(
  Object.entries(SHAPES).map(([type, shape]) => [type, checkOf(shape)]),
);

/** False when an element this service reads has another form than FHIR gives it (a text where a list belongs). */
export function isWellShaped(resource: Resource): boolean {
  return CHECKS.get(resource.resourceType)?.(resource) ?? true;
}

function checkOf(shape: Shape): Check {
  if (typeof shape === 'string') return (given) => typeof given === shape;
  if (isList(shape)) {
    const fits = checkOf(shape[0]);
    return (given) => Array.isArray(given) && given.every(fits);
  }
  const elements = new Map(Object.entries(shape).map(([element, expected]) => [element, checkOf(expected)]));
  // What is there is far less than what may be there.
  return (given) =>
    typeof given === 'object' &&
    given !== null &&
    !Array.isArray(given) &&
    Object.entries(given).every(
      ([element, member]) => member === undefined || (elements.get(element)?.(member) ?? true),
    );
}

function isList(shape: object): shape is readonly [Shape] {
  return Array.isArray(shape);
}
