import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { isWhatWasAsked } from '../../src/fhir/asked-for.js';

const patient = (id?: string) => ({ resourceType: 'Patient', ...(id === undefined ? {} : { id }) });
const of = (reference: string) => ({ resourceType: 'Condition', subject: { reference } });
const is = (query: string, ...resources: readonly object[]) =>
  isWhatWasAsked(query, 'p1', resources as readonly FhirResource[]);

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

describe('a search for p1 is answered', () => {
  const rows: readonly [string, readonly object[], boolean][] = [
    ['by nothing', [], true],
    ['by resources of the patient', [of('Patient/p1')], true],
    ['by absolute references', [of('https://ehr.example/fhir/Patient/p1')], true],
    ['by references to a version', [of('Patient/p1/_history/3')], true],
    ['by references that name nobody', [of('urn:uuid:0'), { resourceType: 'Condition' }], true],
    ['by resources of others among the patient’s own', [of('Patient/p2'), of('Patient/p1')], true],
    ['not by resources of another alone', [of('Patient/p2')], false],
    ['not by resources of others alone', [of('Patient/p2'), of('https://x.example/Patient/p3')], false],
    [
      'not by allergies of another',
      [{ resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/p2' } }],
      false,
    ],
    ['by elements of another shape', [{ resourceType: 'Condition', subject: 5, patient: 'x' }], true],
  ];
  test.each(rows)('%s', (_, resources, expected) => {
    expect(is('Condition?patient=p1', ...resources)).toBe(expected);
  });
});
