/**
 * Kinds of values that several parts of the site configuration use.
 */
import { z } from 'zod';

/** A duration of a call or a part of it. */
export const milliseconds = z
  .number({ error: 'must be a number of milliseconds' })
  .int({ error: 'must be a whole number of milliseconds' })
  .min(50, { error: 'must be 50 ms at least' })
  .max(60_000, { error: 'must be 60000 ms at most' });

/** Origin of a browser-based client. */
export const origin = z.string({ error: 'must be an origin' }).refine(isOrigin, {
  error: 'must be an origin such as "https://ehr.example.org", without path or slash',
});

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** A whole number of something, within bounds that the message names. */
export function wholeNumber(of: string, least: number, most: number) {
  return z
    .number({ error: `must be a number of ${of}` })
    .int({ error: `must be a whole number of ${of}` })
    .min(least, { error: `must be ${least} ${of} at least` })
    .max(most, { error: `must be ${most} ${of} at most` });
}
