/** What can't say anything of a fracture is left out of the record early; what is wrong with the rest is still told. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource, Observation } from 'fhir/r4.js';
import { maySayAnything } from '../../../../cds-services/vertebral-fracture/findings/observation-relevance.js';
import { patientRecord } from '../../../../cds-services/vertebral-fracture/findings/patient-record.js';
import { coded, FINDING } from '../../../support/record.js';

const own = { reference: 'Patient/p1' };
const haemoglobin: Observation = {
  resourceType: 'Observation',
  id: 'lab',
  status: 'final',
  subject: own,
  code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin' }] },
  valueQuantity: { value: 130, unit: 'g/L' },
};

function recordOf(
  observation: object,
  localCodes = new Map([['urn:site|H1', 'heightLossPercent' as const]]),
) {
  const patient: FhirResource = { resourceType: 'Patient', id: 'p1' };
  const entries = [patient, observation as FhirResource].map((resource) => ({ resource }));
  return patientRecord({ entries, patientId: 'p1', asOf: Date.parse('2026-11-23'), localCodes });
}

test.each<[string, object]>([
  ['a laboratory result', haemoglobin],
  ['one without a code', { ...haemoglobin, code: undefined }],
  [
    'one with components that mean nothing either',
    { ...haemoglobin, component: [{ code: haemoglobin.code }] },
  ],
])('%s of the patient is left out without a word', (_, observation) => {
  const { observations, notUsed } = recordOf(observation);
  expect([observations, notUsed]).toEqual([[], []]);
});

test.each<[string, object]>([
  ['a finding of ours', { ...haemoglobin, code: coded(FINDING, 'height-loss-percent') }],
  ['a code of the site', { ...haemoglobin, code: coded('urn:site', 'H1') }],
  ['a component that is known', { ...haemoglobin, component: [{ code: coded('urn:site', 'H1') }] }],
  ['words of its own', { ...haemoglobin, valueString: 'Wedge fracture of L1.' }],
])('one with %s is kept', (_, observation) => {
  expect(recordOf(observation).observations).toHaveLength(1);
});

describe('what is wrong is told, whatever it is about', () => {
  test.each<[string, object, string]>([
    ['another patient', { subject: { reference: 'Patient/p2' } }, 'other-patient'],
    ['no patient', { subject: undefined }, 'no-patient'],
    ['a code of no form', { code: { coding: 'L1' } }, 'malformed'],
    ['components of no form', { component: { code: 'L1' } }, 'malformed'],
    ['a coding of no form', { code: { coding: [7] } }, 'malformed'],
  ])('%s', (_, change, reason) => {
    expect(recordOf({ ...haemoglobin, ...change }).notUsed).toEqual([
      { resource: 'Observation/lab', reason },
    ]);
  });
});

test('no form of code or component makes it throw', () => {
  const anything = fc.anything({ maxDepth: 4 });
  fc.assert(
    fc.property(anything, anything, (code, component) => {
      expect(typeof maySayAnything({ code, component }, new Map())).toBe('boolean');
    }),
  );
});

test('a text made to look like a known code is not taken for it', () => {
  const localCodes = new Map([['urn:site|H1', 'heightLossPercent' as const]]);
  const known = coded('urn:site', 'H1');
  expect(maySayAnything({ code: known }, localCodes)).toBe(true);
  const lookalikes = ['-8:urn:site2:H1-;', '8:urn:site2:H1-', 'urn:site|H1'];
  expect(lookalikes.map((text) => maySayAnything({ code: { text } }, localCodes))).toEqual(
    lookalikes.map(() => false),
  );
});
