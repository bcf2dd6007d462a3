/**
 * The answer to a hook call as a schema, CDS Hooks 2.0.1 "CDS Service Response".
 * Services are held to it in tests; at run time the types of card.ts do the work.
 */
import { z } from 'zod';
import { isResource } from './fhir-value.js';

const text = z.string().min(1);
const absoluteUrl = z.url({ protocol: /^https?$/ });
const extension = z.record(text, z.looseObject({}));
const coding = z.strictObject({ system: text, code: text, display: text.optional() });

const resource = z.custom<Readonly<Record<string, unknown>>>(isResource, {
  error: 'must be a FHIR resource',
});

const action = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('create'), description: text, resource, extension: extension.optional() }),
  z.strictObject({
    type: z.literal('update'),
    description: text,
    resource: resource.refine((whole) => typeof whole.id === 'string', {
      error: 'must have the id to update',
    }),
    extension: extension.optional(),
  }),
  z.strictObject({
    type: z.literal('delete'),
    description: text,
    resourceId: z.string().regex(/^[A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/),
    extension: extension.optional(),
  }),
]);

const suggestion = z.strictObject({
  label: text,
  uuid: z.guid().optional(),
  isRecommended: z.boolean().optional(),
  actions: z.array(action).min(1).optional(),
  extension: extension.optional(),
});

const link = z
  .strictObject({
    label: text,
    url: absoluteUrl,
    type: z.enum(['absolute', 'smart']),
    appContext: text.optional(),
    autolaunchable: z.boolean().optional(),
    extension: extension.optional(),
  })
  .refine(({ type, appContext }) => type === 'smart' || appContext === undefined, {
    path: ['appContext'],
    error: 'is for SMART links only', // cds-resp-3
  });

const summaryLimit = 140;

export const cardSchema = z
  .strictObject({
    uuid: z.guid().optional(),
    summary: text.refine((sentence) => sentence.length < summaryLimit && isWellFormed(sentence), {
      error: `must be well-formed and shorter than ${summaryLimit} characters`,
    }),
    detail: text.optional(),
    indicator: z.enum(['info', 'warning', 'critical']),
    source: z.strictObject({
      label: text,
      url: absoluteUrl.optional(),
      icon: absoluteUrl.optional(),
      topic: coding.optional(),
      extension: extension.optional(),
    }),
    suggestions: z.array(suggestion).min(1).optional(),
    selectionBehavior: z.enum(['at-most-one', 'any']).optional(),
    overrideReasons: z
      .array(coding.extend({ display: text })) // cds-resp-4
      .min(1)
      .optional(),
    links: z.array(link).min(1).optional(),
    extension: extension.optional(),
  })
  .refine((card) => (card.suggestions === undefined) === (card.selectionBehavior === undefined), {
    path: ['selectionBehavior'],
    error: 'must be given exactly when there are suggestions', // cds-resp-6
  })
  .refine((card) => card.selectionBehavior === 'any' || recommended(card.suggestions) <= 1, {
    path: ['suggestions'],
    error: 'at most one may be recommended unless selectionBehavior is "any"', // cds-resp-1
  });

function recommended(suggestions: readonly { readonly isRecommended?: boolean | undefined }[] = []): number {
  return suggestions.filter(({ isRecommended }) => isRecommended === true).length;
}

/** Truncation in the middle of a surrogate pair leaves half a character behind. */
function isWellFormed(sentence: string): boolean {
  return Buffer.from(sentence, 'utf8').toString('utf8') === sentence;
}

export const responseSchema = z
  .strictObject({
    cards: z.array(cardSchema),
    systemActions: z.array(action).min(1).optional(),
    extension: extension.optional(),
  })
  .superRefine((response, context) => {
    for (const [name, value] of Object.entries(response)) {
      if (name === 'cards' && Array.isArray(value) && value.length === 0) continue;
      for (const path of emptyPlaces(value, [name])) {
        context.addIssue({ code: 'custom', path, message: 'null and empty values are prohibited' });
      }
    }
    const uuids = response.cards
      .flatMap((card) => [card, ...(card.suggestions ?? [])])
      .map(({ uuid }) => uuid);
    const given = uuids.filter((uuid) => uuid !== undefined);
    if (new Set(given).size !== given.length) {
      context.addIssue({ code: 'custom', path: ['cards'], message: 'every uuid may be used once' });
    }
  });

function emptyPlaces(value: unknown, path: readonly (string | number)[]): (string | number)[][] {
  if (value === null || value === '') return [[...path]];
  if (typeof value !== 'object') return [];
  const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((member: unknown, index) => [index, member] as const)
    : Object.entries(value);
  if (members.length === 0) return [[...path]];
  return members.flatMap(([step, member]) => emptyPlaces(member, [...path, step]));
}
