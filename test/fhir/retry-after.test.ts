import { expect, test } from '@jest/globals';
import { retryAfterMs } from '../../src/fhir/retry-after.js';

const now = Date.parse('2026-11-23T10:00:00Z');

test.each([
  ['0', 0],
  ['2', 2000],
  [' 120 ', 120_000],
  ['Mon, 23 Nov 2026 10:00:03 GMT', 3000],
  ['Mon, 23 Nov 2026 09:59:00 GMT', 0],
  [undefined, undefined],
  [null, undefined],
  ['', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2026', 2_026_000],
  ['2026-11-23T10:00:03Z', undefined],
  ['99999999999999999999', undefined],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
