/** What a call shows to be ordered or done for the spine: what advice, shown or kept in shadow, is compared with. */
import type { Hook, SeenAct } from '../../../src/cds-hooks/service.js';
import type { PatientRecord } from '../findings/patient-record.js';
import type { Site } from '../site.js';
import type { DraftOrders } from './draft-orders.js';
import { isCementOrder, type OrderMeaning, orderMeaning, reachesSpineSurgery } from './order-meaning.js';
import { placeOf } from './order-place.js';
import type { StandingOrder } from './standing-orders.js';

/** Cement, surgery and referrals: about to be signed, standing in the record, or done. */
export function seenActs(
  orders: DraftOrders,
  standing: readonly StandingOrder[],
  record: PatientRecord,
  hook: Hook,
  site: Site,
): readonly SeenAct[] {
  const today = new Date(record.asOf).toISOString().slice(0, 10);
  const signing = hook === 'order-sign' ? orders.all : [];
  return [
    ...signing.map(({ meaning, levels }) => ({
      kind: meaning,
      state: 'signing' as const,
      levels,
      date: today,
    })),
    ...standing.map(({ meaning, levels, date }) => ({
      kind: meaning,
      state: 'ordered' as const,
      levels,
      date: date.slice(0, 10),
    })),
    ...doneActs(record, site),
  ].filter(({ kind }) => isCompared(kind));
}

interface Act extends SeenAct {
  readonly kind: OrderMeaning;
}

/** Cement and surgery of the spine that a record says were done. */
export function proceduresIn(record: PatientRecord, site: Site): readonly SeenAct[] {
  return doneActs(record, site).filter(({ kind }) => isCompared(kind));
}

/** A procedure without a date can't be told from one before the advice: it is left out. */
function doneActs(record: PatientRecord, site: Site): readonly Act[] {
  return record.procedures.flatMap((procedure): readonly Act[] => {
    const date = procedure.performedDateTime ?? procedure.performedPeriod?.start;
    if (procedure.status !== 'completed' || date === undefined) return [];
    const { levels } = placeOf({ concept: procedure.code, sites: procedure.bodySite ?? [] });
    return [{ kind: orderMeaning(procedure.code, site), state: 'done', levels, date: date.slice(0, 10) }];
  });
}

function isCompared(meaning: OrderMeaning): boolean {
  return isCementOrder(meaning) || reachesSpineSurgery(meaning);
}
