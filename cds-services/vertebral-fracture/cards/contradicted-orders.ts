/** Which draft cement orders an assessment speaks against: only those about its fractures, and only if no fracture calls for them. */
import type { FractureAssessment } from '../decision/assess.js';
import { isAugmentation } from '../decision/outcome.js';
import type { DraftOrder } from '../orders/draft-orders.js';
import { isCementOrder } from '../orders/order-meaning.js';
import { mayBeAt, type OrderPlace } from '../orders/order-place.js';

/** A cement order that names levels is about those; one that names none may be about every fracture. */
export function concerns(order: OrderPlace, { fracture }: FractureAssessment): boolean {
  return fracture.levels.length === 0 || fracture.levels.some((level) => mayBeAt(order, level));
}

/** The assessment calls for what is ordered, and nothing that decides is missing. */
export function agrees({ meaning }: DraftOrder, { outcome, missing }: FractureAssessment): boolean {
  if (missing.length > 0) return false;
  if (outcome === 'kyphoplasty-or-vertebroplasty') return isCementOrder(meaning);
  return isAugmentation(outcome) && (meaning === outcome || meaning === 'cement');
}

/** Draft cement orders about these fractures. */
export function cementOrdersFor(
  group: readonly FractureAssessment[],
  orders: readonly DraftOrder[],
): readonly DraftOrder[] {
  return orders.filter(
    (order) => isCementOrder(order.meaning) && group.some((assessed) => concerns(order, assessed)),
  );
}

/**
 * Draft cement orders about these fractures that no fracture they may be about leaves standing.
 * @param all every assessed fracture of the patient: an order without a level may be meant for another one
 */
export function contradictedOrders(
  group: readonly FractureAssessment[],
  all: readonly FractureAssessment[],
  orders: readonly DraftOrder[],
): readonly DraftOrder[] {
  return cementOrdersFor(group, orders).filter(
    (order) => !all.some((assessed) => concerns(order, assessed) && leavesStanding(order, assessed)),
  );
}

/** A draft stays where the assessment agrees, and where data for an assessment are still missing. */
function leavesStanding(order: DraftOrder, assessed: FractureAssessment): boolean {
  const isUndecided = assessed.outcome === 'insufficient-data' || assessed.rule === '3.2';
  return isUndecided || agrees(order, assessed);
}
