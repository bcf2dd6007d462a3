/** Consent of a site to keep what was decided and from which values, without anything that tells who it is about. */
import { z } from 'zod';

export const decisionRecordsSchema = z.strictObject({
  consentedBy: z
    .string()
    .min(3)
    .max(200)
    .describe('Who at the site agreed, and when: "Data protection officer, 2026-11-20".'),
});
