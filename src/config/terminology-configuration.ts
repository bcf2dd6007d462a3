/** The terminology server of a site, which extends value sets at start. */
import { z } from 'zod';
import { outboundServer } from './client-configuration.js';
import { milliseconds, wholeNumber } from './settings.js';

export const terminologySchema = z.strictObject({
  server: outboundServer.describe('FHIR base of the terminology server.'),
  timeoutMs: milliseconds
    .default(10_000)
    .describe('Time for all expansions at start together, milliseconds; the start waits no longer.'),
  cacheFile: z
    .string({ error: 'must be a path' })
    .min(1, { error: 'must not be empty' })
    .default('./data/terminology-cache.json')
    .describe('Where answers are kept for starts without the server.'),
  freshHours: wholeNumber('hours', 0, 8760)
    .default(24)
    .describe('Age of a kept answer up to which the server is not asked again, hours.'),
});

export type TerminologyConfiguration = z.output<typeof terminologySchema>;
