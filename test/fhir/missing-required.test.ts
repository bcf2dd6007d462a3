import { describe, expect, test } from '@jest/globals';
import type { KeyData, PrefetchTemplate } from '../../src/cds-hooks/service.js';
import { missingRequired } from '../../src/fhir/prefetch.js';

const template = (query: string): PrefetchTemplate => ({ query, purpose: 'For tests.', required: true });
const templates = {
  patient: template('Patient/{{context.patientId}}'),
  conditions: template('Condition?patient={{context.patientId}}'),
};
type Key = keyof typeof templates;

describe('required keys', () => {
  const found: readonly [string, Key, KeyData | undefined, unknown][] = [
    [
      'present are not missing',
      'patient',
      { state: 'present', from: 'prefetch', resources: [], complete: true },
      [],
    ],
    [
      'unavailable are missing with the reason',
      'conditions',
      { state: 'unavailable', reason: 'timeout' },
      [{ key: 'conditions', why: 'timeout' }],
    ],
    ['searched without result are answered', 'conditions', { state: 'none', from: 'prefetch' }, []],
    [
      'read from the server but not existing are missing',
      'patient',
      { state: 'none', from: 'fhir-server' },
      [{ key: 'patient', why: 'none' }],
    ],
    ['that the client knows not to exist are answered', 'patient', { state: 'none', from: 'prefetch' }, []],
    ['never resolved are missing', 'patient', undefined, [{ key: 'patient', why: 'not-provided' }]],
  ];
  test.each(found)('%s', (_, key, data, expected) => {
    const resolved = new Map(data === undefined ? [] : [[key, data] as const]);
    expect(missingRequired({ [key]: templates[key] }, resolved)).toEqual(expected);
  });

  test('that are optional are never missing', () => {
    expect(missingRequired({ patient: { ...templates.patient, required: false } }, new Map())).toEqual([]);
  });
});
