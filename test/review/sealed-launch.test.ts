/** A pending launch can't be read, changed or used with another key. */
import { expect, test } from '@jest/globals';
import { launchSeal } from '../../src/review/sealed-launch.js';

const launch = { fhirServer: 'https://ehr.example.org/fhir', state: 'state', verifier: 'verifier' };
const now = new Date('2026-11-23T10:00:00Z');
const { seal, open } = launchSeal(new Uint8Array(32).fill(1));

test('it opens as it was sealed', async () => {
  expect(await open(await seal(launch, now), now)).toEqual(launch);
});

test('it hides what it holds, and no two are alike', async () => {
  const [one, other] = [await seal(launch, now), await seal(launch, now)];
  expect(one).not.toEqual(other);
  for (const part of one.split('.'))
    expect(Buffer.from(part, 'base64url').toString()).not.toContain('verifier');
});

test('changed, of another key, too old or no seal at all, it does not open', async () => {
  const sealed = await seal(launch, now);
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  const later = new Date(now.getTime() + 601_000);
  expect(await open(changed, now)).toBeUndefined();
  expect(await launchSeal(new Uint8Array(32).fill(2)).open(sealed, now)).toBeUndefined();
  expect(await open(sealed, later)).toBeUndefined();
  expect(await open('', now)).toBeUndefined();
});
