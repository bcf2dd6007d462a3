/** The coded findings that the CQL reads: valid FHIR, nothing of the patient but sex and age, every value as it is. */
import { expect, test } from '@jest/globals';
import type { Bundle, FhirResource, Observation } from 'fhir/r4.js';
import { findingsAsFhir } from '../../../../cds-services/vertebral-fracture/cql/findings-as-fhir.js';
import type { Interval } from '../../../../cds-services/vertebral-fracture/findings/interval.js';
import { faultsOf } from '../../../support/fhir-validation.js';
import { recordWith } from '../../../support/generated-records.js';
import { findingsIn, fixtureNames } from '../../../support/synthetic-patients.js';

function heightLoss(value: Interval): readonly object[] {
  const { entry = [] } = findingsAsFhir(recordWith({ fracture: { heightLossPercent: value } }));
  return entry
    .flatMap(({ resource }) => (resource?.resourceType === 'Observation' ? [resource as Observation] : []))
    .filter(({ code }) => code.coding?.[0]?.code === 'height-loss-percent')
    .map(({ valueQuantity, valueRange }) => ({
      ...(valueQuantity !== undefined && { [valueQuantity.comparator ?? '=']: valueQuantity.value }),
      ...(valueRange !== undefined && { range: [valueRange.low?.value, valueRange.high?.value] }),
    }));
}

test.each<[string, Interval, readonly object[]]>([
  ['a measured value', { min: 40, max: 40 }, [{ '=': 40 }]],
  ['a span', { min: 20, max: 40 }, [{ range: [20, 40] }]],
  ['more than', { min: 80, max: 100, minExclusive: true }, [{ '>': 80 }, { '<=': 100 }]],
  ['less than', { min: 0, max: 20, maxExclusive: true }, [{ '>=': 0 }, { '<': 20 }]],
])('%s is one quantity or range, or two with comparators', (_name, value, expected) => {
  expect(heightLoss(value)).toEqual(expected);
});

test('the birth date gives the age on the day of judgement and says no more', () => {
  const birthDates = (asOf: string) =>
    (findingsAsFhir({ ...recordWith({}), asOf }).entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Patient' ? [resource] : [],
    );
  expect(birthDates('2026-11-23T10:00:00Z')).toEqual([
    { resourceType: 'Patient', id: 'patient', gender: 'female', birthDate: '1948-11-23' },
  ]);
  expect(birthDates('2028-02-29T10:00:00Z')[0]).toMatchObject({ birthDate: '1950-02-28' });
});

const bundles = fixtureNames.map((name): [string, Bundle] => [name, findingsAsFhir(findingsIn(name))]);

test('for every synthetic patient it has references that resolve, and none of their ids', () => {
  for (const [name, bundle] of bundles) {
    const resources = resourcesIn(bundle);
    const ids = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`));
    const text = JSON.stringify(bundle);
    const referred = [...text.matchAll(/"reference":"([^"]+)"/g)].map(([, reference = '']) => reference);
    expect(referred.filter((reference) => !ids.has(reference))).toEqual([]);
    expect(ids.size).toBe(resources.length);
    expect(text).not.toContain(`"${findingsIn(name).patient.id}"`);
  }
});

test('all of it is valid FHIR: each resource that any synthetic patient has, and a Bundle as it comes', () => {
  const everyResource = bundles.flatMap(([, bundle]) => resourcesIn(bundle));
  const different = new Map(
    everyResource.map((resource) => [JSON.stringify({ ...resource, id: '' }), resource]),
  );
  expect(different.size).toBeGreaterThan(200);
  for (const resource of different.values()) expect([resource, faultsOf(resource)]).toEqual([resource, []]);
  expect(faultsOf(bundles[0]?.[1] ?? {})).toEqual([]);
});

function resourcesIn({ entry = [] }: Bundle): readonly FhirResource[] {
  return entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource as FhirResource]));
}
