import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { holdsOthers, isWhatWasAsked } from '../../src/fhir/asked-for.js';

const patient = (id?: string) => ({ resourceType: 'Patient', ...(id === undefined ? {} : { id }) });
const of = (reference: string) => ({ resourceType: 'Condition', subject: { reference } });
const is = (query: string, ...resources: readonly object[]) =>
  isWhatWasAsked(query, resources as readonly FhirResource[]);

describe('a read of Patient/p1 is answered', () => {
  const rows: readonly [string, readonly object[], boolean][] = [
    ['by that patient', [patient('p1')], true],
    ['by that patient among other types', [of('Patient/p1'), patient('p1')], true],
    ['not by another patient', [patient('p2')], false],
    ['not by two patients', [patient('p1'), patient('p2')], false],
    ['not by a patient without id', [patient()], false],
    ['not by an id that differs in case', [patient('P1')], false],
    ['not by another type of that id', [{ resourceType: 'Person', id: 'p1' }], false],
    ['not by nothing', [], false],
  ];
  test.each(rows)('%s', (_, resources, expected) => {
    expect(is('Patient/p1', ...resources)).toBe(expected);
  });
});

test('whatever a search finds, the service judges', () => {
  expect(is('Condition?patient=p1', of('Patient/p2'))).toBe(true);
});

describe('among what a search for p1 found are resources of others', () => {
  const rows: readonly [string, readonly object[], boolean][] = [
    ['not when nothing was found', [], false],
    ['not when all name the patient', [of('Patient/p1')], false],
    ['not by absolute references', [of('https://ehr.example/fhir/Patient/p1')], false],
    ['not by references to a version', [of('Patient/p1/_history/3')], false],
    ['not by references that name nobody', [of('urn:uuid:0'), { resourceType: 'Condition' }], false],
    ['not by elements of another shape', [{ resourceType: 'Condition', subject: 5, patient: 'x' }], false],
    ['when one names another', [of('Patient/p2'), of('Patient/p1')], true],
    ['when all name others', [of('Patient/p2'), of('https://x.example/Patient/p3')], true],
    [
      'when an allergy does',
      [{ resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/p2' } }],
      true,
    ],
  ];
  test.each(rows)('%s', (_, resources, expected) => {
    expect(holdsOthers(resources as readonly FhirResource[], 'p1')).toBe(expected);
  });
});
