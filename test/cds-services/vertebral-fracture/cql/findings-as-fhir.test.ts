/** The coded findings that the CQL reads: valid FHIR, nothing of the patient but sex and age, every value as it is. */
import { expect, test } from '@jest/globals';
import type { Observation } from 'fhir/r4.js';
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

test('for every synthetic patient it is valid FHIR with references that resolve, and without their ids', () => {
  for (const name of fixtureNames) {
    const record = findingsIn(name);
    const bundle = findingsAsFhir(record);
    expect([name, faultsOf(bundle)]).toEqual([name, []]);
    const resources = (bundle.entry ?? []).flatMap(({ resource }) =>
      resource === undefined ? [] : [resource],
    );
    const ids = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`));
    const text = JSON.stringify(bundle);
    const referred = [...text.matchAll(/"reference":"([^"]+)"/g)].map(([, reference = '']) => reference);
    expect(referred.filter((reference) => !ids.has(reference))).toEqual([]);
    expect(ids.size).toBe(resources.length);
    expect(text).not.toContain(`"${record.patient.id}"`);
  }
});
