/** Secrets of a confidential client come from the environment, and a missing one stops the start. */
import { expect, test } from '@jest/globals';
import { reviewAppsSchema } from '../../src/config/review-app-configuration.js';
import { appFor, reviewAppsOf } from '../../src/review/review-app.js';

const configured = reviewAppsSchema.parse([
  { fhirServer: { url: 'https://ehr.example.org/fhir' }, clientId: 'public' },
  { fhirServer: { url: 'https://south.example.org/fhir/' }, clientId: 'c', secretVariable: 'REVIEW_SECRET' },
]);

test('a secret that is named but not set is told with its variable', () => {
  for (const env of [{}, { REVIEW_SECRET: '' }]) {
    expect(reviewAppsOf(configured, env)).toEqual({
      ok: false,
      problem: expect.stringMatching(/^REVIEW_SECRET is not set/),
    });
  }
});

test('the app of a launch is found by its exact FHIR server, a slash at the end aside', () => {
  const found = reviewAppsOf(configured, { REVIEW_SECRET: 's3cret' });
  const apps = found.ok ? found.apps : [];
  expect(appFor('https://south.example.org/fhir', apps)).toMatchObject({ clientId: 'c', secret: 's3cret' });
  expect(appFor('https://ehr.example.org/fhir/', apps)).toMatchObject({ clientId: 'public' });
  for (const other of [
    'https://ehr.example.org/fhir2',
    'https://ehr.example.org',
    'http://ehr.example.org/fhir',
    'x',
  ])
    expect(appFor(other, apps)).toBeUndefined();
});

test('one server has one app', () => {
  const twice = { fhirServer: { url: 'https://ehr.example.org/fhir' }, clientId: 'a' };
  expect(reviewAppsSchema.safeParse([twice, twice]).success).toBe(false);
});
