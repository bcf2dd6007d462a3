/** Where the fracture review is registered as a SMART app: a FHIR server, and who we are there. */
import { z } from 'zod';
import { outboundServer } from './client-configuration.js';
import { origin } from './settings.js';

const app = z.strictObject({
  fhirServer: outboundServer.describe('The FHIR server that launches it: the `iss` of a launch.'),
  clientId: z
    .string({ error: 'must be the client id registered there' })
    .min(1, { error: 'must not be empty' })
    .describe('Our client id at its authorization server.'),
  secretVariable: z
    .string({ error: 'must name an environment variable' })
    .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'must name an environment variable, such as REVIEW_SECRET' })
    .optional()
    .describe('The environment variable that holds our secret there; a public client has none.'),
  framedBy: z
    .array(origin, { error: 'must be an array of origins' })
    .default([])
    .describe('Origins that show the page in a frame; a window of its own needs none.'),
});

export type ReviewAppConfiguration = z.output<typeof app>;

export const reviewAppsSchema = z
  .array(app, { error: 'must be an array of apps' })
  .max(50, { error: 'must not hold more than 50 apps' })
  .superRefine((apps, context) => {
    apps.forEach(({ fhirServer }, index) => {
      if (apps.slice(0, index).some((earlier) => earlier.fhirServer.url === fhirServer.url)) {
        const message = 'is registered twice';
        context.addIssue({ code: 'custom', path: [index, 'fhirServer', 'url'], message });
      }
    });
  });
