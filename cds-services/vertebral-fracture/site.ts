/** What a site may configure about this service; checked at start. */
import { z } from 'zod';
import { findingByCode, findingCodes, type ObservedName } from './findings/catalogue.js';
import { type Policy, policyOf, policyOverridesSchema } from './policy.js';

const orderCode = z.strictObject({
  system: z.string().min(1),
  code: z.string().min(1),
  display: z.string().min(1).optional(),
});

/** The medical part of the site configuration (CONFIG_FILE). */
export const siteConfigurationSchema = z.strictObject({
  localCodes: z
    .array(
      z.strictObject({
        system: z.string().min(1),
        code: z.string().min(1),
        finding: z.enum(findingCodes as readonly [string, ...string[]]),
      }),
    )
    .describe("The site's own observation codes and the findings they stand for.")
    .optional(),
  policy: policyOverridesSchema
    .describe('Thresholds changed by the site; names as in policy.json.')
    .optional(),
  orderCodes: z
    .strictObject({
      kyphoplasty: z.array(orderCode).optional(),
      vertebroplasty: z.array(orderCode).optional(),
      spineSurgeryReferral: z.array(orderCode).optional(),
      spineImaging: z.array(orderCode).optional(),
    })
    .describe("The site's own codes for the orders that suggestions create.")
    .optional(),
});
export type SiteConfiguration = z.infer<typeof siteConfigurationSchema>;

export type OrderKind = keyof NonNullable<SiteConfiguration['orderCodes']>;
export type OrderCode = z.infer<typeof orderCode>;

/** A site configuration made ready at start: lookups instead of lists. */
export interface Site {
  readonly localCodes: ReadonlyMap<string, ObservedName>;
  readonly localCodeList: readonly { readonly system: string; readonly code: string }[];
  readonly policy: Policy;
  /** Thresholds the site has changed. */
  readonly changedPolicy: readonly string[];
  readonly orderCodes: Readonly<Partial<Record<OrderKind, readonly OrderCode[]>>>;
}

export function siteOf(configuration: SiteConfiguration): Site {
  const localCodes = (configuration.localCodes ?? []).flatMap(({ system, code, finding }) => {
    const name = findingByCode(finding);
    return name === undefined ? [] : [[`${system}|${code}`, name] as const];
  });
  const orderCodes = Object.fromEntries(
    Object.entries(configuration.orderCodes ?? {}).filter(([, codes]) => codes !== undefined),
  );
  return {
    localCodes: new Map(localCodes),
    localCodeList: (configuration.localCodes ?? []).map(({ system, code }) => ({ system, code })),
    policy: policyOf(configuration.policy),
    changedPolicy: Object.keys(configuration.policy ?? {}),
    orderCodes,
  };
}
