/**
 * A FHIR server of the synthetic patients, read only, for demonstrations: reads of patients, and searches by the
 * parameters that our prefetch templates use. What it does not know it refuses, as a good server does.
 */
import type { OperationOutcome } from 'fhir/r4.js';
import { asOfToday, exampleNames, examplePatient, type ExampleResource } from './synthetic-patients.js';

export interface DemoPatient {
  readonly id: string;
  /** Folder of `fixtures/patients`. */
  readonly name: string;
  readonly why: string;
}

export type DemoAnswer =
  | { readonly status: 200; readonly body: object }
  | { readonly status: 400 | 404; readonly body: OperationOutcome };

export interface DemoFhir {
  readonly patients: readonly DemoPatient[];
  readonly metadata: () => DemoAnswer;
  readonly read: (type: string, id: string, today: string) => DemoAnswer;
  /** @param query parameters of the address; a list where one is given twice */
  readonly search: (type: string, query: Readonly<Record<string, unknown>>, today: string) => DemoAnswer;
}

/** Reads the files once; dates are made fresh for each day it is asked on. */
export function createDemoFhir(): DemoFhir {
  const examples = exampleNames().map((name) => ({ name, patient: examplePatient(name) }));
  const records = new Map<string, readonly ExampleResource[]>();
  let madeFor = '';

  function recordOf(patientId: string, today: string): readonly ExampleResource[] | undefined {
    if (madeFor !== today) records.clear();
    madeFor = today;
    const known = records.get(patientId);
    if (known !== undefined) return known;
    const found = examples.find(({ patient }) => patient.id === patientId);
    if (found === undefined) return undefined;
    const { resources } = asOfToday(found.patient, today);
    records.set(patientId, resources);
    return resources;
  }

  return {
    patients: examples.map(({ name, patient: { id, why } }) => ({ id, name, why })),
    metadata: () => ({ status: 200, body: capability }),
    read: (type, id, today) => {
      const found = recordOf(id, today)?.find((one) => one.resourceType === type && one.id === id);
      if (type === 'Patient' && found !== undefined) return { status: 200, body: found };
      return refused(
        404,
        'not-found',
        'There is no such patient here; other resources are found by patient.',
      );
    },
    search: (type, query, today) => {
      const { patient, ...filters } = query;
      if (typeof patient !== 'string') return refused(400, 'required', 'patient: is required, once.');
      const unknown = Object.keys(filters).find((name) => !(name in FILTERS));
      if (unknown !== undefined)
        return refused(
          400,
          'not-supported',
          `${unknown}: this server knows patient, category, code and status.`,
        );
      const record = recordOf(patient.replace(/^Patient\//, ''), today) ?? [];
      const found = record.filter((one) => one.resourceType === type && isMatch(one, filters));
      return {
        status: 200,
        body: {
          resourceType: 'Bundle',
          type: 'searchset',
          total: found.length,
          ...(found.length > 0 && { entry: found.map((resource) => ({ resource })) }),
        },
      };
    },
  };
}

interface Token {
  readonly system?: string;
  readonly code?: string;
}

/** What each parameter looks at: codes with their systems. */
const FILTERS: Readonly<Record<string, (resource: ExampleResource) => readonly Token[]>> = {
  category: (resource) => codingsOf(resource.category),
  code: (resource) => codingsOf(resource.code ?? resource.medicationCodeableConcept),
  status: ({ status }) => (typeof status === 'string' ? [{ code: status }] : []),
};

function isMatch(resource: ExampleResource, filters: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(filters).every(([name, value]) => {
    const tokens = FILTERS[name]?.(resource) ?? [];
    return String(value)
      .split(',')
      .some((wanted) => tokens.some((token) => isToken(token, wanted)));
  });
}

/** `code` in any system, or `system|code`. */
function isToken({ system = '', code }: Token, wanted: string): boolean {
  return wanted.includes('|') ? wanted === `${system}|${code ?? ''}` : wanted === code;
}

function codingsOf(concept: unknown): readonly Token[] {
  const concepts = Array.isArray(concept) ? (concept as unknown[]) : [concept];
  return concepts.flatMap((one) => {
    const { coding } = (one ?? {}) as { readonly coding?: readonly Token[] };
    return coding ?? [];
  });
}

function refused(
  status: 400 | 404,
  code: 'not-found' | 'required' | 'not-supported',
  text: string,
): DemoAnswer {
  return {
    status,
    body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text } }] },
  };
}

const SEARCHED = [
  'AllergyIntolerance',
  'Condition',
  'DiagnosticReport',
  'Encounter',
  'ImagingStudy',
  'MedicationRequest',
  'Observation',
  'Procedure',
  'ServiceRequest',
];

const capability = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  kind: 'instance',
  date: '2026-11-23',
  fhirVersion: '4.0.1',
  format: ['json'],
  implementation: { description: 'Synthetic patients of vertebral-cds, read only' },
  rest: [
    {
      mode: 'server',
      resource: [
        { type: 'Patient', interaction: [{ code: 'read' }] },
        ...SEARCHED.map((type) => ({
          type,
          interaction: [{ code: 'search-type' }],
          searchParam: [
            { name: 'patient', type: 'reference' },
            { name: 'category', type: 'token' },
            { name: 'code', type: 'token' },
            { name: 'status', type: 'token' },
          ],
        })),
      ],
    },
  ],
};
