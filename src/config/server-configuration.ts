/**
 * The part of the site configuration that is about the server.
 */
import { z } from 'zod';

const milliseconds = z
  .number({ error: 'must be a number of milliseconds' })
  .int({ error: 'must be a whole number of milliseconds' })
  .min(50, { error: 'must be 50 ms at least' })
  .max(60_000, { error: 'must be 60000 ms at most' });

const settings = z.strictObject({
  /** Time of a call in all. */
  budgetMs: milliseconds.default(1000),
  /** Time of it for FHIR reads; four fifths unless set. */
  fhirBudgetMs: milliseconds.optional(),
  /** Size of a call's body. */
  bodyLimitBytes: z
    .number({ error: 'must be a number of bytes' })
    .int({ error: 'must be a whole number of bytes' })
    .min(10_000, { error: 'must be 10000 bytes at least' })
    .max(50_000_000, { error: 'must be 50000000 bytes at most' })
    .default(2_000_000),
  /** Origins of browser-based clients; in a trial without any, all are allowed. */
  corsOrigins: z
    .array(
      z.string({ error: 'must be an origin' }).refine(isOrigin, {
        error: 'must be an origin such as "https://ehr.example.org", without path or slash',
      }),
      { error: 'must be an array of origins' },
    )
    .optional(),
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

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
