/** Orders that stand in the record already: signed, not yet carried out, and recent enough to count. */
import type { PatientRecord } from '../findings/patient-record.js';
import { daysBetween, momentOf } from '../findings/time.js';
import type { Site } from '../site.js';
import { orderForm } from './order-form.js';
import { type OrderMeaning, orderMeaning } from './order-meaning.js';
import { type OrderPlace, placeOf } from './order-place.js';

export interface StandingOrder extends OrderPlace {
  readonly meaning: OrderMeaning;
  /** `ServiceRequest/id`. */
  readonly reference: string;
  /** ISO date it was written on. */
  readonly date: string;
}

const STANDING: ReadonlySet<string> = new Set(['active', 'on-hold']);

/**
 * EHRs leave orders active for years: one that is dated longer ago than the policy's days, or not dated at all, does
 * not count as standing, so that it never silences a card.
 */
export function standingOrders(record: PatientRecord, site: Site): readonly StandingOrder[] {
  return record.serviceRequests.flatMap((request): readonly StandingOrder[] => {
    const form = orderForm(request);
    const written = momentOf(form?.authoredOn);
    if (form?.status === undefined || !STANDING.has(form.status) || written === undefined) return [];
    if (daysBetween(written, record.asOf).max > site.policy.standingOrderCurrentDays) return [];
    const meaning = orderMeaning(form.concept, site);
    if (meaning === 'unrelated') return [];
    return [
      {
        meaning,
        reference: `ServiceRequest/${request.id ?? ''}`,
        date: written.text,
        ...placeOf(form),
      },
    ];
  });
}
