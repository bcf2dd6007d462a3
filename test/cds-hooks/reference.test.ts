import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { referenceParts } from '../../src/cds-hooks/reference.js';

test.each([
  ['Patient/1', { base: '', type: 'Patient', id: '1' }],
  ['/Patient/1', { base: '', type: 'Patient', id: '1' }],
  ['Patient/1/_history/7', { base: '', type: 'Patient', id: '1' }],
  ['https://ehr.example/r4/Patient/a-1.b', { base: 'https://ehr.example/r4', type: 'Patient', id: 'a-1.b' }],
  [
    'https://ehr.example/r4/Patient/1/_history/7',
    { base: 'https://ehr.example/r4', type: 'Patient', id: '1' },
  ],
])('%s is taken apart', (reference, parts) => {
  expect(referenceParts(reference)).toEqual(parts);
});

test.each([
  ['', 'nothing'],
  ['1', 'an id alone'],
  ['#Patient/1', 'contained'],
  ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', 'no literal reference'],
  ['Patient/1/', 'no id at the end'],
  ['Patient/1/_history/', 'a version that is empty'],
  ['Patient/_history/7', 'a version of nothing'],
  ['patient/1', 'no type in FHIR'],
  ['Patient?identifier=7', 'a search'],
  [`Patient/${'x'.repeat(65)}`, 'an id longer than FHIR allows'],
  ['Patient/1 ', 'an id with a space'],
])('%j is %s, so it has no parts', (reference) => {
  expect(referenceParts(reference)).toBeUndefined();
});

test('whatever the base, type, id and version, the parts come out as they went in', () => {
  const type = fc.stringMatching(/^[A-Z][A-Za-z]{1,30}$/);
  const id = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/);
  const base = fc.constantFrom(
    '',
    'https://ehr.example',
    'https://ehr.example/a/_history/b',
    'http://x/Patient/1',
  );
  fc.assert(
    fc.property(base, type, id, fc.option(id), (base, type, id, version) => {
      const reference = `${base === '' ? '' : `${base}/`}${type}/${id}${version === null ? '' : `/_history/${version}`}`;
      expect(referenceParts(reference)).toEqual({ base, type, id });
    }),
  );
});
