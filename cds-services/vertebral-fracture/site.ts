/** What a site may configure about this service; checked at start. */
import { z } from 'zod';
import { findingConceptMapSchema } from './finding-concept-map.js';
import { findingByCode, findingCodes, type ObservedName } from './findings/catalogue.js';
import { extendedValueSets, type ValueSetExtensions, type ValueSets } from './findings/value-sets.js';
import {
  type Policy,
  type PolicyName,
  policyOf,
  type PolicyOverrides,
  policyOverridesSchema,
} from './policy.js';
import { valueSetExtensionsSchema } from './value-set-extensions.js';

export type Technique = 'kyphoplasty' | 'vertebroplasty';
export const languages = ['en', 'el'] as const;
export type Language = (typeof languages)[number];

const orderCode = z.strictObject({
  system: z.string().min(1),
  code: z.string().min(1),
  display: z.string().min(1).optional(),
});

const orderCodes = z.array(orderCode).optional();

const members = z.strictObject({
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
  findingConceptMap: findingConceptMapSchema
    .describe('The same as a FHIR ConceptMap; it and localCodes may not name the same code.')
    .optional(),
  valueSetExtensions: valueSetExtensionsSchema
    .describe('Value sets that the terminology server extends at start.')
    .optional(),
  policy: policyOverridesSchema
    .describe('Thresholds changed by the site; names as in policy.json.')
    .optional(),
  orderCodes: z
    .strictObject({
      kyphoplasty: orderCodes,
      vertebroplasty: orderCodes,
      spineSurgery: orderCodes,
      spineSurgeryReferral: orderCodes,
      spineImaging: orderCodes,
      boneDensity: orderCodes,
      brace: orderCodes,
      physiotherapy: orderCodes,
      neurologicalExamination: orderCodes,
    })
    .describe("The site's own codes for orders: drafts are recognised by them, suggestions carry them first.")
    .optional(),
  notOffered: z
    .array(z.enum(['kyphoplasty', 'vertebroplasty']))
    .describe(
      'Procedures this site does not offer: advised all the same, with a referral instead of an order.',
    )
    .optional(),
  informedSpecialties: z
    .array(z.strictObject({ system: z.string().min(1), code: z.string().min(1) }))
    .describe(
      'Specialties (PractitionerRole.specialty or code) that are spared quiet cards: dangers and contradictions still reach them.',
    )
    .optional(),
  language: z.enum(languages).describe('Language of the cards.').optional(),
});
/** The medical part of the site configuration (CONFIG_FILE). */
export const siteConfigurationSchema = members.superRefine((site, context) => {
  const mapped = new Set((site.findingConceptMap ?? []).map(({ system, code }) => `${system}|${code}`));
  (site.localCodes ?? []).forEach(({ system, code }, index) => {
    if (!mapped.has(`${system}|${code}`)) return;
    const message = 'is in findingConceptMap too: name it in one place';
    context.addIssue({ code: 'custom', path: ['localCodes', index, 'code'], message });
  });
});
export type SiteConfiguration = z.output<typeof siteConfigurationSchema>;

export type OrderKind = keyof NonNullable<SiteConfiguration['orderCodes']>;
/** Kinds of orders that a site can name its own codes for. */
export const orderKinds = Object.keys(
  siteConfigurationSchema.shape.orderCodes.unwrap().shape,
) as readonly OrderKind[];
export type OrderCode = z.infer<typeof orderCode>;

/** A site configuration made ready at start: lookups instead of lists. */
export interface Site {
  readonly localCodes: ReadonlyMap<string, ObservedName>;
  readonly localCodeList: readonly { readonly system: string; readonly code: string }[];
  readonly policy: Policy;
  /** Thresholds the site has changed. */
  readonly changedPolicy: readonly PolicyName[];
  /** The same with the values it has set. */
  readonly policyChanges: PolicyOverrides;
  readonly orderCodes: Readonly<Partial<Record<OrderKind, readonly OrderCode[]>>>;
  /** What an order with one of the site's codes (`system|code`) is. */
  readonly kindOfOrder: ReadonlyMap<string, OrderKind>;
  readonly offers: (technique: Technique) => boolean;
  /** `system|code` of specialties spared quiet cards. */
  readonly informedSpecialties: ReadonlySet<string>;
  readonly language: Language;
  /** The shipped value sets, with what a terminology server added at start. */
  readonly valueSets: ValueSets;
}

/** @param extensions codes that join the shipped value sets */
export function siteOf(configuration: SiteConfiguration, extensions: ValueSetExtensions = new Map()): Site {
  const ownCodes = [...(configuration.localCodes ?? []), ...(configuration.findingConceptMap ?? [])];
  const localCodes = ownCodes.flatMap(({ system, code, finding }) => {
    const name = findingByCode(finding);
    return name === undefined ? [] : [[`${system}|${code}`, name] as const];
  });
  const orderCodes = Object.fromEntries(
    Object.entries(configuration.orderCodes ?? {}).filter(([, codes]) => codes !== undefined),
  );
  return {
    localCodes: new Map(localCodes),
    localCodeList: ownCodes.map(({ system, code }) => ({ system, code })),
    policy: policyOf(configuration.policy),
    changedPolicy: Object.keys(configuration.policy ?? {}) as PolicyName[],
    policyChanges: configuration.policy ?? {},
    orderCodes,
    kindOfOrder: new Map(
      (Object.entries(orderCodes) as [OrderKind, readonly OrderCode[]][]).flatMap(([kind, codes]) =>
        codes.map(({ system, code }) => [`${system}|${code}`, kind] as const),
      ),
    ),
    offers: (technique) => configuration.notOffered?.includes(technique) !== true,
    informedSpecialties: new Set(
      (configuration.informedSpecialties ?? []).map(({ system, code }) => `${system}|${code}`),
    ),
    language: configuration.language ?? 'en',
    valueSets: extendedValueSets(extensions),
  };
}
