/**
 * The part of the site configuration that is about the server.
 */
import { z } from 'zod';
import { clientsSchema, fhirServersSchema } from './client-configuration.js';
import { decisionRecordsSchema } from './decision-records-configuration.js';
import { everythingLive, rolloutSchema } from '../rollout/rollout.js';
import { defaultRetention, retentionSchema } from './retention.js';
import { reviewAppsSchema } from './review-app-configuration.js';
import { milliseconds, origin, wholeNumber } from './settings.js';
import { terminologySchema } from './terminology-configuration.js';

/** Each setting with its default; `serverConfigurationSchema` also checks them against each other. */
export const settings = z.strictObject({
  /** Time of a call in all. */
  budgetMs: milliseconds.default(1000).describe('Time of a call in all, milliseconds.'),
  /** Time of it for FHIR reads; four fifths unless set. */
  fhirBudgetMs: milliseconds
    .optional()
    .describe('Time of it for FHIR reads, milliseconds; four fifths unless set.'),
  fhirReadTimeoutMs: milliseconds
    .optional()
    .describe('Time of one request to a FHIR server, milliseconds; all of fhirBudgetMs unless set.'),
  /** Size of a call's body. */
  bodyLimitBytes: wholeNumber('bytes', 10_000, 50_000_000)
    .default(2_000_000)
    .describe('Size of the body of a call, bytes.'),
  /** Origins of browser-based clients; in a trial without any, all are allowed. */
  corsOrigins: z
    .array(origin, { error: 'must be an array of origins' })
    .optional()
    .describe('Origins of browser-based clients.'),
  clients: clientsSchema.default([]).describe('Who may call, once AUTH is required.'),
  retentionDays: retentionSchema
    .default(defaultRetention)
    .describe('Days that things are kept. The defaults are policy of this product.'),
  rollout: rolloutSchema
    .default(everythingLive)
    .describe('What runs in shadow or is switched off; read again on SIGHUP.'),
  reviewApps: reviewAppsSchema
    .default([])
    .describe('Where the fracture review is registered as a SMART app, by FHIR server.'),
  decisionRecords: decisionRecordsSchema
    .optional()
    .describe('Consent to keep decisions without identifiers, to make them again; none are kept unless set.'),
  terminology: terminologySchema
    .optional()
    .describe('The terminology server that extends value sets (valueSetExtensions) at start.'),
  /** With AUTH=off. */
  fhirServers: fhirServersSchema
    .optional()
    .describe(
      'With AUTH=off: the FHIR bases that calls may name; any unless set, while HOST is a loopback address.',
    ),
});

export const serverConfigurationSchema = settings
  .transform(({ budgetMs, fhirBudgetMs, ...rest }) => ({
    ...rest,
    budgetMs,
    fhirBudgetMs: fhirBudgetMs ?? Math.round(budgetMs * 0.8),
  }))
  .refine(({ budgetMs, fhirBudgetMs }) => fhirBudgetMs <= budgetMs, {
    path: ['fhirBudgetMs'],
    error: 'must not be longer than budgetMs',
  });

export type ServerConfiguration = z.output<typeof serverConfigurationSchema>;

/** The names that belong to the server; all others belong to the services. */
export const serverKeys: ReadonlySet<string> = new Set(Object.keys(settings.shape));
