/** Whether a card is worth an interruption: the hook table, asked for one fracture and everything that is ordered. */
import type { FractureAssessment } from '../decision/assess.js';
import type { RecordFindings } from '../findings/finding.js';
import type { DraftOrder } from '../orders/draft-orders.js';
import { isCementOrder, reachesSpineSurgery } from '../orders/order-meaning.js';
import type { StandingOrder } from '../orders/standing-orders.js';
import type { Policy } from '../policy.js';
import type { CardContext } from './card-draft.js';
import { agrees, concerns } from './contradicted-orders.js';
import { type Speech, speechFor } from './hook-table.js';

export interface Occasion extends Pick<CardContext, 'hook' | 'orders' | 'standing' | 'isInformed'> {
  readonly record: RecordFindings;
  readonly policy: Policy;
}

/** How loud a fracture's assessment speaks, and to which orders; nothing when it is silent. */
export interface Said {
  readonly assessed: FractureAssessment;
  readonly voice: Voice;
  /** The draft cement orders it agrees with or speaks against. */
  readonly about: readonly DraftOrder[];
}

export type Voice = 'contradict' | 'speak' | 'agree' | 'quiet';

/** What is worth saying of this fracture on this occasion. */
export function worthSaying(assessed: FractureAssessment, occasion: Occasion): Said | undefined {
  const { outcome } = assessed;
  if (outcome === 'not-applicable') return undefined;
  if (occasion.hook === 'patient-view') {
    const voice = voiceOf(speechFor('patient-view', 'unrelated', outcome), assessed, undefined, occasion);
    return voice === undefined ? undefined : { assessed, voice, about: [] };
  }
  const voices = occasion.orders.judged.flatMap((order) => {
    if (isCementOrder(order.meaning) && !concerns(order, assessed)) return [];
    const voice = voiceOf(speechFor(occasion.hook, order.meaning, outcome), assessed, order, occasion);
    return voice === undefined ? [] : [{ voice, order }];
  });
  const voice = LOUDEST_FIRST.find((one) => voices.some((spoken) => spoken.voice === one));
  if (voice === undefined || (occasion.isInformed && isKnownToSpecialists(voice, assessed))) return undefined;
  const about = voices
    .filter((spoken) => spoken.voice === voice && isCementOrder(spoken.order.meaning))
    .map(({ order }) => order);
  return { assessed, voice, about };
}

const LOUDEST_FIRST: readonly Voice[] = ['contradict', 'speak', 'agree', 'quiet'];

/** A specialist is spared what is no danger and no contradiction. */
function isKnownToSpecialists(voice: Voice, { indicator }: FractureAssessment): boolean {
  return (voice === 'quiet' || voice === 'agree') && indicator !== 'critical';
}

function voiceOf(
  speech: Speech,
  assessed: FractureAssessment,
  order: DraftOrder | undefined,
  occasion: Occasion,
): Voice | undefined {
  const isOpen = !isHealed(assessed) && !isActedOn(assessed, occasion.standing);
  switch (speech) {
    case 'silent':
      return undefined;
    case 'speak':
      return isHealed(assessed) || isNoCandidate(assessed) ? undefined : 'speak';
    case 'contradict':
      return 'contradict';
    case 'if-it-adds':
      return order === undefined ? undefined : agreementIn(order, assessed);
    case 'if-incomplete':
      return order === undefined || agrees(order, assessed) ? undefined : 'contradict';
    case 'quiet':
      return isOpen && isWorthAWord(assessed) ? 'quiet' : undefined;
    case 'quiet-if-severe':
      return isOpen && isPainSevere(occasion) ? 'quiet' : undefined;
    case 'if-critical':
      return assessed.indicator === 'critical' && !isHealed(assessed) && !isNoCandidate(assessed)
        ? 'speak'
        : undefined;
    case 'if-severe-and-open':
      return isOpen && isPainSevere(occasion) && !occasion.isInformed ? 'speak' : undefined;
  }
}

/** With something decisive missing (row 3.2) agreement is not complete. */
function agreementIn(order: DraftOrder, assessed: FractureAssessment): Voice | undefined {
  if (!agrees(order, assessed)) return 'contradict';
  return order.levels.length === 0 || assessed.warnings.length > 0 ? 'agree' : undefined;
}

/** A fracture that has healed is nothing to interrupt an operation for other reasons with. */
function isWorthAWord(assessed: FractureAssessment): boolean {
  return assessed.outcome !== 'medical-management' || !isHealedOrChronic(assessed);
}

/** The record says that the fracture has healed: not worth an interruption unless cement is ordered for it. */
function isHealed({ fracture }: FractureAssessment): boolean {
  return fracture.findings.acuity?.value === 'healed';
}

/** Nobody would put cement into it, so nothing has to be deferred. */
function isNoCandidate(assessed: FractureAssessment): boolean {
  return assessed.outcome === 'defer' && isHealedOrChronic(assessed);
}

/** Row 1.4: healed, or chronic without oedema. */
function isHealedOrChronic({ trace }: FractureAssessment): boolean {
  return trace.some(({ rule, result }) => rule === '1.4' && result === 'true');
}

/** Cement, surgery or a referral is ordered for this fracture, or cement is in it. */
export function isActedOn(assessed: FractureAssessment, standing: readonly StandingOrder[]): boolean {
  if (assessed.fracture.findings.priorAugmentation?.value === true) return true;
  return standing.some(
    (order) =>
      reachesSpineSurgery(order.meaning) || (isCementOrder(order.meaning) && concerns(order, assessed)),
  );
}

function isPainSevere({ record, policy }: Occasion): boolean {
  const pain = record.patientFindings.painScore?.value;
  return pain !== undefined && pain.min >= policy.severePainOutpatient;
}
