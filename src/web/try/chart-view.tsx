/** The chart of a synthetic patient, short: who, diagnoses, imaging with its words, values, medication. */
import type { ComponentChildren } from 'preact';
import type { Chart, ChartResource } from './calls.js';

export function ChartView({ chart }: { readonly chart: Chart }) {
  const all = Object.values(chart).flatMap(resourcesIn);
  const of = (type: string) => distinct(all.filter(({ resourceType }) => resourceType === type));
  const [patient] = of('Patient');
  return (
    <div class="chart-view">
      {patient !== undefined && <Person patient={patient} />}
      <Group
        name="Diagnoses"
        items={of('Condition').map((one) => [words(one.code), day(one.onsetDateTime ?? one.recordedDate)])}
      />
      <Group
        name="Imaging"
        items={of('ImagingStudy').map((one) => [text(one.description), day(one.started)])}
      />
      <Group
        name="Reports"
        items={of('DiagnosticReport').map((one) => [
          text(one.conclusion) || words(one.code),
          day(one.effectiveDateTime),
        ])}
      />
      <Group
        name="Findings and measurements"
        items={of('Observation').map((one) => [
          `${words(one.code)}: ${valueOf(one)}`,
          day(one.effectiveDateTime),
        ])}
      />
      <Group
        name="Medication, allergies, procedures"
        items={[
          ...of('MedicationRequest').map(
            (one) => [words(one.medicationCodeableConcept), day(one.authoredOn)] as const,
          ),
          ...of('AllergyIntolerance').map((one) => [words(one.code), ''] as const),
          ...of('Procedure').map((one) => [words(one.code), day(one.performedDateTime)] as const),
        ]}
      />
    </div>
  );
}

function Person({ patient }: { readonly patient: ChartResource }) {
  const [name] = (patient.name ?? []) as readonly {
    readonly given?: readonly string[];
    readonly family?: string;
  }[];
  const called = [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
  return (
    <p>
      <strong>{called === '' ? `Patient ${text(patient.id)}` : called}</strong>, {text(patient.gender)}, born{' '}
      {text(patient.birthDate)}
    </p>
  );
}

interface GroupParts {
  readonly name: string;
  readonly items: readonly (readonly [ComponentChildren, string])[];
}

function Group({ name, items }: GroupParts) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{name}</h3>
      <ul>
        {items.map(([what, when], index) => (
          <li key={index}>
            {what} {when !== '' && <small class="soft">{when}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}

function resourcesIn(value: unknown): readonly ChartResource[] {
  const { resourceType, entry } = (value ?? {}) as {
    readonly resourceType?: string;
    readonly entry?: readonly { readonly resource: ChartResource }[];
  };
  if (resourceType === undefined) return [];
  return resourceType === 'Bundle' ? (entry ?? []).map(({ resource }) => resource) : [value as ChartResource];
}

function distinct(resources: readonly ChartResource[]): readonly ChartResource[] {
  return [...new Map(resources.map((one) => [`${one.resourceType}/${text(one.id)}`, one])).values()];
}

interface Concept {
  readonly text?: string;
  readonly coding?: readonly { readonly display?: string; readonly code?: string }[];
}

function words(concept: unknown): string {
  const { text: said, coding = [] } = (concept ?? {}) as Concept;
  return said ?? coding[0]?.display ?? coding[0]?.code?.replaceAll('-', ' ') ?? 'not named';
}

function valueOf(observation: ChartResource): string {
  const { valueQuantity, valueBoolean, valueCodeableConcept, valueString, valueInteger } = observation;
  if (typeof valueBoolean === 'boolean') return valueBoolean ? 'yes' : 'no';
  if (typeof valueString === 'string') return valueString;
  if (typeof valueInteger === 'number') return String(valueInteger);
  if (valueCodeableConcept !== undefined) return words(valueCodeableConcept);
  const {
    value,
    unit = '',
    comparator = '',
  } = (valueQuantity ?? {}) as {
    readonly value?: number;
    readonly unit?: string;
    readonly comparator?: string;
  };
  return value === undefined ? '–' : `${comparator}${value} ${unit.replaceAll(/[{}]/g, '')}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function day(value: unknown): string {
  return text(value).slice(0, 10);
}
