/** What the service keeps, of what, and for how long. */
import type { Retention } from '../../config/retention.js';

export interface Kept {
  readonly what: string;
  readonly holds: string;
  /** Days; undefined where nothing is kept. */
  readonly days?: number;
}

/** What of it the site has agreed to. */
export interface Agreed {
  readonly areCommentsKept: boolean;
  readonly areDecisionsKept: boolean;
}

export function keptFor(
  { cards, feedback, audit, decisions }: Retention,
  { areCommentsKept, areDecisionsKept }: Agreed,
): readonly Kept[] {
  return [
    {
      what: 'Cards shown',
      holds:
        'uuid, service, hook, client, outcome, rule, knowledge version, levels, missing findings, time; patient, user, encounter and call as keyed hashes; what was ordered or done for the spine (kind, level, day)',
      days: cards,
    },
    {
      what: 'Feedback',
      holds: 'accepted suggestions or the reason for overriding, with its time',
      days: feedback,
    },
    areCommentsKept
      ? { what: 'Comments of users', holds: 'encrypted with the key of the site', days: feedback }
      : { what: 'Comments of users', holds: 'not kept: no key is set' },
    areDecisionsKept
      ? {
          what: 'Decisions',
          holds:
            'values of the findings, age up to 90, sex, rows and outcome, month; nothing that tells who it is about',
          days: decisions,
        }
      : { what: 'Decisions', holds: 'not kept: the site has not agreed to it' },
    {
      what: 'Audit trail',
      holds: 'an event for each call and feedback; people as keyed hashes; chained',
      days: audit,
    },
    {
      what: 'Patient data and access tokens',
      holds: 'not kept: they live for one call, and stand in no log',
    },
  ];
}
