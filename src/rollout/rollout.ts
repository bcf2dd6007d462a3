/**
 * What of the service is live: parts of it may run in shadow, computed and kept but not shown, or be switched off.
 * Of an answer in which one card is held back nothing goes out: half an answer may leave out the danger.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CardRecord } from '../cds-hooks/service.js';

const id = z.string({ error: 'must be a string' }).min(1, { error: 'must not be empty' });

const part = z.strictObject({
  client: id.optional().describe('Id of a client; every client unless given.'),
  service: id.optional().describe('Id of a service; every service unless given.'),
  rule: id.optional().describe('Id of a rule; every rule unless given.'),
});

const isAnything = ({ client, service, rule }: z.output<typeof part>) =>
  client !== undefined || service !== undefined || rule !== undefined;

/** The part of the site configuration that is read again on SIGHUP. */
export const rolloutSchema = z.strictObject({
  shadow: z
    .array(
      part.extend({
        share: z
          .number({ error: 'must be a number from 0 to 1' })
          .min(0, { error: 'must be 0 at least' })
          .max(1, { error: 'must be 1 at most' })
          .default(1)
          .describe('Share of the patients, always the same ones.'),
      }),
      { error: 'must be an array' },
    )
    .default([])
    .describe('What runs in shadow: the answer is {"cards": []}, the cards are kept for comparison.'),
  off: z
    .array(part.refine(isAnything, { error: 'must name a client, a service or a rule' }), {
      error: 'must be an array',
    })
    .default([])
    .describe('What is switched off: the answer is {"cards": []}, nothing is kept.'),
});

export type Rollout = z.output<typeof rolloutSchema>;
export const everythingLive: Rollout = { shadow: [], off: [] };

export type Mode = 'live' | 'shadow' | 'off';

export interface Shown {
  /** Configured id of the client, without tenant. */
  readonly client: string;
  readonly service: string;
  /** Keyed hash of the patient. */
  readonly patient: string;
  readonly records: readonly Pick<CardRecord, 'rules'>[];
}

/** How an answer goes out: off where anything in it is off, else in shadow where anything in it is. */
export function modeOf({ off, shadow }: Rollout, shown: Shown): Mode {
  if (off.some((one) => holds(one, shown))) return 'off';
  const isShadowed = shadow.some((one) => holds(one, shown) && shareOf(shown.patient) < one.share);
  return isShadowed ? 'shadow' : 'live';
}

function holds(
  { client, service, rule }: z.output<typeof part>,
  { client: calling, service: called, records }: Shown,
): boolean {
  if (client !== undefined && client !== calling) return false;
  if (service !== undefined && service !== called) return false;
  return rule === undefined || records.some(({ rules }) => rules.includes(rule));
}

/** A number from 0 to below 1 that stays the same for a patient. */
function shareOf(patient: string): number {
  return createHash('sha256').update(patient).digest().readUInt32BE(0) / 2 ** 32;
}
