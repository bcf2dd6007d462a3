/** Medical therapy that has failed, concluded from pain that stays severe on an analgesic for long enough. */
import type { Policy } from '../policy.js';
import type { Finding } from './finding.js';
import type { Interval } from './interval.js';
import { statement, type Statement } from './statement.js';
import { dayOf } from './time.js';
import type { DrugUse } from './drugs.js';

/**
 * Pain still at or above the outpatient threshold, measured at least the policy's days after an opioid or NSAID
 * still in use was started. Source: clinical.md row 3.4; the number of days is policy (ADR 2).
 * @param painAt moment of the pain score, ms since 1970
 */
export function failedTherapy(
  drugs: readonly DrugUse[],
  pain: Finding<Interval> | undefined,
  painAt: number | undefined,
  policy: Policy,
): readonly Statement[] {
  if (pain === undefined || painAt === undefined || pain.value.min < policy.severePainOutpatient) return [];
  return drugs
    .filter(({ group }) => group === 'opioid' || group === 'nsaid')
    .filter(
      ({ since }) => since !== undefined && dayOf(painAt) - dayOf(since.latest) >= policy.failedTherapyDays,
    )
    .map(({ evidence }) =>
      statement(
        'conservativeTherapyFailed',
        true,
        {
          ...evidence,
          derived: `pain still severe ${policy.failedTherapyDays} days or more after the start`,
        },
        { measured: false },
      ),
    );
}
