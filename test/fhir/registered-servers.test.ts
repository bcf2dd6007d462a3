import { describe, expect, test } from '@jest/globals';
import { allowedServer, registeredServer } from '../../src/fhir/registered-servers.js';
import type { RegisteredServer } from '../../src/outbound/network.js';

const hospital: RegisteredServer = { url: 'https://ehr.example/api/fhir', network: 'public' };
const clinic: RegisteredServer = { url: 'https://clinic.example:8443/', network: 'internal' };

describe('a registered server is found', () => {
  test.each([
    ['https://ehr.example/api/fhir', hospital],
    ['https://ehr.example/api/fhir/', hospital],
    ['https://EHR.Example/api/fhir', hospital],
    ['HTTPS://ehr.example:443/api/fhir', hospital],
    ['https://ehr.example/api/x/../fhir', hospital],
    ['https://clinic.example:8443', clinic],
    ['https://clinic.example:8443/', clinic],
  ])('by %s', (fhirServer, expected) => {
    expect(registeredServer(fhirServer, [hospital, clinic])).toBe(expected);
  });
});

describe('no server is found', () => {
  test.each([
    'http://ehr.example/api/fhir',
    'https://ehr.example:8443/api/fhir',
    'https://ehr.example/api/fhir-evil',
    'https://ehr.example/api/fhir/Patient',
    'https://ehr.example/api/FHIR',
    'https://ehr.example/api',
    'https://ehr.example/api/fhir//',
    'https://ehr.example/api/fhir?x=1',
    'https://ehr.example/api/fhir?',
    'https://ehr.example/api/fhir?/',
    'https://ehr.example/api/fhir#x',
    'https://ehr.example/api/fhir#/',
    'https://user@ehr.example/api/fhir',
    'https://user:secret@ehr.example/api/fhir',
    'https://ehr.example@evil.example/api/fhir',
    'https://ehr.example.evil.example/api/fhir',
    'https://ehr.example./api/fhir',
    'https://evil.example/https://ehr.example/api/fhir',
    'https://ehr.example/api%2Ffhir',
    'https://clinic.example/',
    '//ehr.example/api/fhir',
    'ehr.example/api/fhir',
    '',
  ])('by %j', (fhirServer) => {
    expect(registeredServer(fhirServer, [hospital, clinic])).toBeUndefined();
  });
});

test('in a trial any server may be named', () => {
  expect(allowedServer('http://localhost:8080/fhir', 'any')).toEqual({
    url: 'http://localhost:8080/fhir',
    network: 'trial',
  });
  expect(allowedServer('http://localhost:8080/fhir', [hospital])).toBeUndefined();
});
