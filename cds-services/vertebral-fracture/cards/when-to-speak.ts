/** Whether a card is worth an interruption: hook by hook, by what is being ordered and what the assessment says. */
import type { Hook } from '../../../src/cds-hooks/service.js';
import type { FractureAssessment } from '../decision/assess.js';
import { isAugmentation } from '../decision/outcome.js';
import type { RecordFindings } from '../findings/finding.js';
import type { Policy } from '../policy.js';
import { agrees, concerns } from './contradicted-orders.js';
import type { DraftOrder } from './draft-orders.js';
import { isCementOrder } from './order-meaning.js';

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

/** Red flags of fractures not healed, candidates for cement, and candidates in severe pain whose data are incomplete. */
function isWorthOpeningTheChart(assessed: FractureAssessment, occasion: Occasion): boolean {
  if (isHealed(assessed)) return false;
  switch (assessed.outcome) {
    case 'medical-management':
    case 'not-applicable':
      return false;
    case 'insufficient-data':
      return isPainSevere(occasion);
    case 'defer':
      return !isNoCandidate(assessed);
    case 'surgical-referral':
    case 'specialist-review':
    case 'kyphoplasty':
    case 'vertebroplasty':
    case 'kyphoplasty-or-vertebroplasty':
      return true;
  }
}

function isWorthSelecting(assessed: FractureAssessment, order: DraftOrder, occasion: Occasion): boolean {
  if (assessed.indicator === 'critical' && !isHealed(assessed)) return true;
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
    return assessed.indicator === 'critical' || (concerns(order, assessed) && !agrees(order, assessed));
  }
  const isCare = order.meaning === 'spine-imaging' || order.meaning === 'conservative';
  return isCare && assessed.indicator === 'critical' && !isHealed(assessed);
}

/** The record says that the fracture has healed: not worth an interruption unless cement is ordered for it. */
function isHealed({ fracture }: FractureAssessment): boolean {
  return fracture.findings.acuity?.value === 'healed';
}

/** Row 1.4: healed, or chronic without oedema. Nobody would put cement there, so nothing has to be deferred. */
function isNoCandidate({ trace }: FractureAssessment): boolean {
  return trace.some(({ rule, result }) => rule === '1.4' && result === 'true');
}

function isPainSevere({ record, policy }: Occasion): boolean {
  const pain = record.patientFindings.painScore?.value;
  return pain !== undefined && pain.min >= policy.severePainOutpatient;
}
