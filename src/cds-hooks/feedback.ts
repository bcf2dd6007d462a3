/**
 * The body of a feedback call, CDS Hooks 2.0.1 "Feedback".
 * Strict in the shape; reasons may be of the client's own making, with or without system and display.
 */
import { z } from 'zod';
import { isObject } from './fhir-value.js';
import { parseWith, type Parsed } from './problem.js';

export interface OverrideReasonGiven {
  readonly code: string;
  readonly system?: string;
  readonly display?: string;
}

interface FeedbackBase {
  /** uuid of the card. */
  readonly card: string;
  /** ISO 8601 in UTC. */
  readonly outcomeTimestamp: string;
}
export type Feedback =
  | (FeedbackBase & { readonly outcome: 'accepted'; readonly acceptedSuggestions: readonly string[] })
  | (FeedbackBase & {
      readonly outcome: 'overridden';
      readonly reason?: OverrideReasonGiven;
      readonly hasComment: boolean;
      /** The user's own words; they may name a patient. */
      readonly comment?: string;
    });

const mostEntries = 1000;

const name = z
  .string({ error: 'must be a string' })
  .min(1, { error: 'must not be empty' })
  .max(200, { error: 'must not be longer than 200 characters' });

const base = {
  card: name.transform((id) => (z.guid().safeParse(id).success ? id.toLowerCase() : id)),
  outcomeTimestamp: z.iso
    .datetime({ offset: true, error: 'must be a date and time such as "2026-11-23T10:00:00Z"' })
    .transform((text) => new Date(text).toISOString()),
};

const accepted = z.object({
  ...base,
  outcome: z.literal('accepted'),
  acceptedSuggestions: z
    .array(z.object({ id: name }, { error: 'must be an object with the id of a suggestion' }), {
      error: 'must be an array of {"id": …} when the outcome is "accepted"', // cds-fb-2
    })
    .min(1, { error: 'must name at least one suggestion when the outcome is "accepted"' })
    .max(100, { error: 'must not name more than 100 suggestions' })
    .transform((suggestions) => suggestions.map(({ id }) => id)),
});

const overrideReason = z.object(
  {
    reason: z
      .object(
        { code: name, system: name.nullish(), display: z.string({ error: 'must be a string' }).nullish() },
        { error: 'must be a Coding' },
      )
      .nullish(),
    userComment: z
      .string({ error: 'must be a string' })
      .max(10_000, { error: 'must not be longer than 10000 characters' })
      .nullish(),
  },
  { error: 'must be an object with reason or userComment' },
);

const overridden = z
  .object({ ...base, outcome: z.literal('overridden'), overrideReason: overrideReason.nullish() })
  .transform(({ overrideReason: given, ...feedback }) => ({
    ...feedback,
    ...(given?.reason == null ? {} : { reason: reasonOf(given.reason) }),
    hasComment: given?.userComment != null && given.userComment !== '',
    ...(given?.userComment == null || given.userComment === '' ? {} : { comment: given.userComment }),
  }));

function reasonOf({ code, system, display }: NonNullable<z.output<typeof overrideReason>['reason']>) {
  const given: OverrideReasonGiven = {
    code,
    ...(system == null ? {} : { system }),
    ...(display == null || display === '' ? {} : { display: display.slice(0, 200) }),
  };
  return given;
}

/** The body of a feedback request. */
export const feedbackRequestSchema = z.object(
  {
    feedback: z
      .array(
        z.discriminatedUnion('outcome', [accepted, overridden], {
          error: (issue) =>
            isObject(issue.input) ? 'must be "accepted" or "overridden"' : 'must be a feedback object',
        }),
        { error: 'must be an array of feedback objects' },
      )
      .min(1, { error: 'must hold at least one feedback object' })
      .max(mostEntries, { error: `must not hold more than ${mostEntries} feedback objects` }),
  },
  { error: 'must be a JSON object with "feedback"' },
);

/** Checks the body of a feedback call. */
export function parseFeedback(body: unknown): Parsed<readonly Feedback[]> {
  const parsed = parseWith(feedbackRequestSchema, body);
  return parsed.ok ? { ok: true, value: parsed.value.feedback } : parsed;
}
