/**
 * The findings of a record as the coded FHIR resources that the published CQL reads: a Patient, a Condition for each
 * fracture, an Observation for each finding. What the report reader and the rules of evidence concluded goes in as it is,
 * so that another engine decides from the same facts.
 */
import type { Bundle, Condition, FhirResource, Observation, Patient, Range } from 'fhir/r4.js';
import { catalogue } from '../findings/catalogue.js';
import { FINDING_SYSTEM } from '../findings/code-systems.js';
import type { FindingName, Fracture, PatientSummary, RecordFindings } from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';

const FRACTURE = 'fracture-presence';
const OUTSIDE = 'outside the thoracic and lumbar spine';

type ObservedValue = Pick<Observation, 'valueBoolean' | 'valueString' | 'valueQuantity' | 'valueRange'>;

/** The Condition of the fracture at this place of the record. */
export function fractureId(index: number): string {
  return `fracture-${index + 1}`;
}

/** A collection Bundle; ids are its own, and nothing identifies the patient. The birth date only carries the age. */
export function findingsAsFhir(
  record: Pick<RecordFindings, 'asOf' | 'patient' | 'patientFindings' | 'fractures'>,
): Bundle {
  const date = record.asOf.slice(0, 10);
  const resources: FhirResource[] = [
    patientOf(record.patient, date),
    ...record.fractures.map(conditionOf),
    ...observationsOf(record.patientFindings, date, undefined),
    ...record.fractures.flatMap((fracture, index) => [
      ...observationsOf(fracture.findings, date, fractureId(index)),
      ...imaged(fracture, date, fractureId(index)),
    ]),
  ];
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource, index) => ({
      fullUrl: `https://vertebral-cds.org/findings/${resource.resourceType}/${resource.id ?? index}`,
      resource: resource.resourceType === 'Observation' ? { ...resource, id: `finding-${index}` } : resource,
    })),
  };
}

function patientOf({ ageYears, sex }: PatientSummary, date: string): Patient {
  return {
    resourceType: 'Patient',
    id: 'patient',
    ...(sex !== undefined && { gender: sex }),
    ...(ageYears !== undefined && { birthDate: yearsBefore(date, ageYears) }),
  };
}

/** A birth date of exactly this age: its 29th of February is the 28th. */
function yearsBefore(date: string, years: number): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const born = String(Number(year) - years).padStart(4, '0');
  return `${born}-${month}-${month === '02' && day === '29' ? '28' : day}`;
}

function conditionOf({ levels, outsideScope }: Fracture, index: number): Condition {
  const places = [...levels, ...(outsideScope ? [OUTSIDE] : [])];
  return {
    resourceType: 'Condition',
    id: fractureId(index),
    subject: { reference: 'Patient/patient' },
    code: { coding: [{ system: FINDING_SYSTEM, code: FRACTURE }] },
    ...(places.length > 0 && { bodySite: places.map((text) => ({ text })) }),
  };
}

function observationsOf(findings: object, date: string, fracture: string | undefined): Observation[] {
  const stated = Object.entries(findings) as [FindingName, { value: unknown }][];
  return stated.flatMap(([name, { value }]) =>
    valuesOf(name, value).map((one) => observation(catalogue[name].code, one, date, fracture)),
  );
}

function imaged({ imaged: isImaged }: Fracture, date: string, fracture: string): Observation[] {
  if (isImaged === undefined) return [];
  return [observation(catalogue.spineImagingDone.code, { valueBoolean: isImaged }, date, fracture)];
}

function observation(
  code: string,
  value: ObservedValue,
  date: string,
  fracture: string | undefined,
): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: FINDING_SYSTEM, code }] },
    subject: { reference: 'Patient/patient' },
    ...(fracture !== undefined && { focus: [{ reference: `Condition/${fracture}` }] }),
    effectiveDateTime: date,
    ...value,
  };
}

/** The values of one finding: two Observations where a span has an open end, since a Range has none. */
function valuesOf(name: FindingName, value: unknown): readonly ObservedValue[] {
  const entry = catalogue[name].value;
  switch (entry.kind) {
    case 'yes-no':
      return [{ valueBoolean: value as boolean }];
    case 'choice':
      return [{ valueString: value as string }];
    case 'quantity':
      return spanOf(value as Interval, unitOf(entry.units[0]));
    default:
      return entry satisfies never;
  }
}

interface Unit {
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}

function unitOf(unit: string | undefined): Unit {
  return unit === undefined ? {} : { unit, system: 'http://unitsofmeasure.org', code: unit };
}

function spanOf({ min, max, minExclusive, maxExclusive }: Interval, unit: Unit): readonly ObservedValue[] {
  if (min === max) return [{ valueQuantity: { value: min, ...unit } }];
  if (minExclusive !== true && maxExclusive !== true) {
    const valueRange: Range = { low: { value: min, ...unit }, high: { value: max, ...unit } };
    return [{ valueRange }];
  }
  return [
    { valueQuantity: { value: min, comparator: minExclusive === true ? '>' : '>=', ...unit } },
    { valueQuantity: { value: max, comparator: maxExclusive === true ? '<' : '<=', ...unit } },
  ];
}
