import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assessCommand } from '../../src/cli/assess-command.js';
import { AS_OF, icd, level, observed, patient } from '../support/record.js';

const resources = [
  patient,
  icd('S32.030A', { onsetDateTime: '2026-11-05' }),
  observed('height-loss-percent', { valueQuantity: { value: 40, unit: '%' } }, level('L3')),
];
const bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assess-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: unknown): string {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const run = (content: unknown, options = {}) =>
  assessCommand(file(content), { json: true, ...options }, AS_OF);

describe('reads', () => {
  const expected = {
    fractures: [{ levels: ['L3'], findings: { heightLossPercent: { value: { min: 40, max: 40 } } } }],
  };
  test.each<[string, unknown]>([
    ['a Bundle', bundle],
    ['a searchset Bundle without type', { ...bundle, type: undefined }],
    ['NDJSON', resources.map((resource) => JSON.stringify(resource)).join('\n')],
    [
      'a CDS Hooks request',
      {
        hook: 'patient-view',
        hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
        context: { patientId: 'p1', userId: 'Practitioner/1' },
        prefetch: { patient, conditions: bundle, nothing: null },
      },
    ],
  ])('%s', (_, content) => {
    const { exitCode, stdout } = run(content);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout ?? '')).toMatchObject({ patient: { id: 'p1', ageYears: 78 }, ...expected });
  });

  test('urn:uuid references of a transaction Bundle', () => {
    const uuid = '0b8a5c2e-1f7d-4b3a-9c50-7a2d3e4f5a6b';
    const entry = resources.map((resource) =>
      resource.resourceType === 'Patient'
        ? { fullUrl: `urn:uuid:${uuid}`, resource: { ...resource, id: undefined } }
        : { resource: { ...resource, subject: { reference: `urn:uuid:${uuid}` } } },
    );
    const { stdout } = run({ ...bundle, entry });
    expect(JSON.parse(stdout ?? '')).toMatchObject({ patient: { id: uuid, ageYears: 78 }, ...expected });
  });

  test('one of several patients, when told which', () => {
    const two = { ...bundle, entry: [...bundle.entry, { resource: { ...patient, id: 'p2' } }] };
    expect(run(two)).toMatchObject({ exitCode: 65, stderr: expect.stringContaining('--patient') });
    expect(run(two, { patient: 'p1' }).exitCode).toBe(0);
  });
});

describe('refuses with one clear line and exit code 65', () => {
  test.each<[string, unknown, RegExp]>([
    ['an empty file', '', /is empty$/],
    ['broken JSON', '{"resourceType": "Bundle", ', /is not JSON/],
    ['broken NDJSON', `${JSON.stringify(patient)}\n{"resourceType":`, /line 2 is not a FHIR resource/],
    ['JSON that is no record', [1, 2], /neither a FHIR Bundle/],
    ['a Bundle without a patient', { resourceType: 'Bundle', entry: [] }, /holds no Patient/],
  ])('%s', (_, content, message) => {
    const { exitCode, stderr = '', stdout } = run(content);
    expect([exitCode, stdout]).toEqual([65, undefined]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('\n');
  });

  test('a file that is not there', () => {
    expect(assessCommand(join(folder, 'none.json'), {}, AS_OF)).toMatchObject({
      exitCode: 65,
      stderr: expect.stringMatching(/no such file$/),
    });
  });

  test('a date that is none', () => {
    expect(run(bundle, { asOf: 'yesterday' })).toMatchObject({
      exitCode: 65,
      stderr: expect.stringContaining('--as-of'),
    });
  });
});

describe('judges as of a date', () => {
  const fractureAge = (asOf: string) =>
    (
      JSON.parse(run(bundle, { asOf }).stdout ?? '') as {
        fractures: { findings: { ageDays?: { value: object } } }[];
      }
    ).fractures[0]?.findings.ageDays?.value;

  test('a date means its whole day', () => {
    expect(fractureAge('2026-11-25')).toEqual({ min: 20, max: 20 });
  });

  test('what lies after it is not used', () => {
    expect(fractureAge('2026-11-01')).toBeUndefined();
  });
});

test('a site configuration changes thresholds and codes; a wrong one ends with exit code 78', () => {
  const config = file({ localCodes: [{ system: 'urn:s', code: 'K', finding: 'kyphosis-degrees' }] });
  const kyphosis = {
    ...observed('x', { valueInteger: 12 }, level('L3')),
    code: { coding: [{ system: 'urn:s', code: 'K' }] },
  };
  const withKyphosis = { ...bundle, entry: [...bundle.entry, { resource: kyphosis }] };
  expect(JSON.parse(run(withKyphosis, { config }).stdout ?? '')).toMatchObject({
    fractures: [{ findings: { kyphosisDegrees: { value: { min: 12, max: 12 } } } }],
  });
  expect(run(bundle, { config: file({ policy: { kyphoplastyBelowHeightLoss: 'high' } }) })).toMatchObject({
    exitCode: 78,
    stderr: expect.stringContaining('policy.kyphoplastyBelowHeightLoss'),
  });
});

test('the table for people names outcome, rule, missing facts and sources', () => {
  const { stdout = '' } = run(bundle, { json: false });
  expect(stdout).toContain('Patient p1, 78 years, female');
  expect(stdout).toContain('L3: insufficient-data   (rule 3.1, info)');
  expect(stdout).toContain('Missing: neurologicalDeficit');
  expect(stdout).toMatch(/heightLossPercent +40 +Observation\//);
});
