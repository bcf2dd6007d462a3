/** Whether a card is worth an interruption: hook by hook, by what is being ordered and what the assessment says. */
import type { Hook } from '../../../src/cds-hooks/service.js';
import type { FractureAssessment } from '../decision/assess.js';
import { isAugmentation } from '../decision/outcome.js';
import type { RecordFindings } from '../findings/finding.js';
import type { Policy } from '../policy.js';
import type { DraftOrder } from './draft-orders.js';
import { isCementOrder, type OrderMeaning } from './order-meaning.js';

export interface Occasion {
  readonly hook: Hook;
  readonly orders: readonly DraftOrder[];
  readonly record: RecordFindings;
  readonly policy: Policy;
}

/** True when this fracture's assessment is worth a card on this occasion. */
export function isWorthSaying(assessed: FractureAssessment, occasion: Occasion): boolean {
  if (assessed.outcome === 'not-applicable') return false;
  switch (occasion.hook) {
    case 'patient-view':
      return isWorthOpeningTheChart(assessed, occasion);
    case 'order-select':
      return occasion.orders.some((order) => isWorthSelecting(assessed, order, occasion));
    case 'order-sign':
      return occasion.orders.some((order) => isWorthSigning(assessed, order));
  }
}

/** Red flags, candidates for cement, and candidates in severe pain whose data are incomplete. */
function isWorthOpeningTheChart(assessed: FractureAssessment, occasion: Occasion): boolean {
  switch (assessed.outcome) {
    case 'medical-management':
    case 'not-applicable':
      return false;
    case 'insufficient-data':
      return isPainSevere(occasion);
    case 'surgical-referral':
    case 'defer':
    case 'specialist-review':
    case 'kyphoplasty':
    case 'vertebroplasty':
    case 'kyphoplasty-or-vertebroplasty':
      return true;
  }
}

function isWorthSelecting(assessed: FractureAssessment, order: DraftOrder, occasion: Occasion): boolean {
  if (assessed.indicator === 'critical') return true;
  switch (order.meaning) {
    case 'kyphoplasty':
    case 'vertebroplasty':
    case 'cement':
      return concerns(order, assessed);
    case 'spine-imaging':
      return assessed.outcome !== 'medical-management';
    case 'conservative':
      if (assessed.outcome === 'insufficient-data') return isPainSevere(occasion);
      return assessed.outcome !== 'medical-management';
    case 'spine-surgery':
      return isAugmentation(assessed.outcome) || assessed.outcome === 'medical-management';
    case 'bone-health':
    case 'unrelated':
      return false;
  }
}

/** The last guard: speaks only where the order and the assessment disagree, or something decisive is missing. */
function isWorthSigning(assessed: FractureAssessment, order: DraftOrder): boolean {
  if (isCementOrder(order.meaning)) {
    return (
      assessed.indicator === 'critical' || (concerns(order, assessed) && !agrees(order.meaning, assessed))
    );
  }
  const isCare = order.meaning === 'spine-imaging' || order.meaning === 'conservative';
  return isCare && assessed.indicator === 'critical';
}

/** A cement order that names levels is about those; one that names none is about every fracture. */
function concerns({ levels }: DraftOrder, { fracture }: FractureAssessment): boolean {
  if (levels.length === 0 || fracture.levels.length === 0) return true;
  return fracture.levels.some((level) => levels.includes(level));
}

function agrees(meaning: OrderMeaning, { outcome }: FractureAssessment): boolean {
  if (outcome === 'kyphoplasty-or-vertebroplasty') return true;
  return isAugmentation(outcome) && (meaning === outcome || meaning === 'cement');
}

function isPainSevere({ record, policy }: Occasion): boolean {
  const pain = record.patientFindings.painScore?.value;
  return pain !== undefined && pain.min >= policy.severePainOutpatient;
}
