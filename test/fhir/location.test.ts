import { expect, test } from '@jest/globals';
import { locate } from '../../src/fhir/location.js';

const base = 'https://ehr.example/api/fhir';

const below: readonly [string, string][] = [
  ['Patient/p1', 'https://ehr.example/api/fhir/Patient/p1'],
  ['Condition?patient=p1', 'https://ehr.example/api/fhir/Condition?patient=p1'],
  ['https://ehr.example:443/api/fhir/Condition?page=2', 'https://ehr.example/api/fhir/Condition?page=2'],
];
test.each(below)('%s lies below the base', (location, url) => {
  expect(locate(base, location)?.href).toBe(url);
  expect(locate(`${base}/`, location)?.href).toBe(url);
});

test.each([
  'https://ehr.example/api/fhir-evil/Patient/p1',
  'https://evil.example/api/fhir/Patient/p1',
  'https://ehr.example.evil.example/api/fhir/Patient/p1',
  'https://ehr.example:8443/api/fhir/Patient/p1',
  'http://ehr.example/api/fhir/Patient/p1',
  'https://user:secret@ehr.example/api/fhir/Patient/p1',
  '//evil.example/api/fhir/Patient',
  '\\\\evil.example\\api\\fhir',
  '/Patient/p1',
  '../secret',
  'Patient/../../secret',
  'Patient/%2e%2e/%2E%2E/secret',
  'file:///etc/passwd',
  'https://',
])('%s does not', (location) => {
  expect(locate(base, location)).toBeUndefined();
});
