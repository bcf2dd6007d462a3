/**
 * What decides a card, in one string: the same words for the same case, other words as soon as something decisive
 * changes. Holds no id, no date and no text of the record.
 */
import type { FractureAssessment } from '../decision/assess.js';
import type { RecordFindings } from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';
import type { DraftOrder } from '../orders/draft-orders.js';
import { isCementOrder } from '../orders/order-meaning.js';
import type { Policy } from '../policy.js';

/** Steps of height loss that count as a change; less is how two readers differ (policy). */
const HEIGHT_STEP = 5;

/** @param challenged the drafts that the card speaks about */
export function fingerprintOf(
  group: readonly FractureAssessment[],
  { patientFindings }: RecordFindings,
  policy: Policy,
  challenged: readonly DraftOrder[],
): string {
  return JSON.stringify([
    group.map((assessed) => fractureMark(assessed)).sort(),
    painMark(patientFindings.painScore?.value, policy),
    orderMarks(challenged),
  ]);
}

/** For cards about an order that fits no fracture. */
export function orderFingerprint(levels: readonly string[], orders: readonly DraftOrder[]): string {
  return JSON.stringify([[...levels].sort(), orderMarks(orders)]);
}

function orderMarks(orders: readonly DraftOrder[]): readonly string[] {
  return orders
    .filter(({ meaning }) => isCementOrder(meaning))
    .map(({ meaning, levels, region }) => [meaning, region ?? '', ...levels].join(' '))
    .sort();
}

function fractureMark({ fracture, outcome, rule, indicator, missing, trace }: FractureAssessment): string {
  const { heightLossPercent, morphology, acuity, aetiology, progression } = fracture.findings;
  const dangers = trace.filter(({ rule: row, result }) => result === 'true' && !row.startsWith('T'));
  return JSON.stringify([
    fracture.levels,
    outcome,
    rule,
    indicator,
    [...missing].sort(),
    dangers.map(({ rule: row }) => row),
    heightLossPercent === undefined ? null : heightMark(heightLossPercent.value),
    morphology?.value ?? null,
    aetiology?.value ?? null,
    acuity?.value === 'healed',
    progression?.value ?? null,
  ]);
}

function heightMark({ min, max }: Interval): readonly number[] {
  return [Math.floor(min / HEIGHT_STEP), Math.floor(max / HEIGHT_STEP)];
}

/** The side of each threshold a pain score lies on. */
function painMark(pain: Interval | undefined, policy: Policy): readonly boolean[] | null {
  if (pain === undefined) return null;
  const { asymptomaticPainUpTo, severePainOutpatient, severePainInpatient } = policy;
  return [
    pain.max <= asymptomaticPainUpTo,
    pain.min >= severePainOutpatient,
    pain.min >= severePainInpatient,
  ];
}
