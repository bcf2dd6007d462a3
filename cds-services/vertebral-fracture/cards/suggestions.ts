/** Suggestions a clinician can accept: an order to create, a contradicted draft to take back, or both as one. */
import type { CodeableConcept } from 'fhir/r4.js';
import type { Action, Suggestion } from '../../../src/cds-hooks/card.js';
import type { FractureAssessment } from '../decision/assess.js';
import type { MissingName } from '../decision/missing-facts.js';
import type { Level } from '../findings/level.js';
import type { DraftOrder, DraftOrders } from '../orders/draft-orders.js';
import { type OrderMeaning, reachesSpineSurgery } from '../orders/order-meaning.js';
import type { StandingOrder } from '../orders/standing-orders.js';
import type { Site, Technique } from '../site.js';
import { cementOrdersFor, concerns, contradictedOrders } from './contradicted-orders.js';
import {
  bodySite,
  creation,
  mriCode,
  orderBase,
  type OrderContext,
  procedureCode,
  reasons,
  siteCode,
} from './service-requests.js';
import type { Texts } from './texts/texts.js';
import { whereText } from './wording.js';

export interface SuggestionContext extends OrderContext {
  readonly orders: DraftOrders;
  readonly standing: readonly StandingOrder[];
  /** Every assessed fracture of the patient. */
  readonly fractures: readonly FractureAssessment[];
  readonly site: Site;
  readonly texts: Texts;
}

type Group = readonly [FractureAssessment, ...FractureAssessment[]];

/** What the group's outcome suggests, given what is drafted and what stands already. */
export function suggestionsFor(group: Group, context: SuggestionContext): readonly Suggestion[] {
  const [{ outcome, indicator, rule }] = group;
  const { all, judged } = context.orders;
  const removals = contradictedOrders(group, context.fractures, judged).flatMap((order) =>
    removal(order, context.texts),
  );
  switch (outcome) {
    case 'kyphoplasty':
    case 'vertebroplasty':
      return procedure(outcome, group, context, { removals, isRecommended: true });
    case 'kyphoplasty-or-vertebroplasty':
      if (cementOrdersFor(group, all).length > 0) return [];
      return [
        ...procedure('kyphoplasty', group, context, { removals, isRecommended: false }),
        ...procedure('vertebroplasty', group, context, { removals, isRecommended: false }),
        ...(rule === 'T2' ? referral(group, context, removals, 'routine') : []),
      ];
    case 'surgical-referral':
      return referral(group, context, removals, indicator === 'critical' ? 'urgent' : 'routine');
    case 'specialist-review':
      return referral(group, context, removals, 'routine');
    case 'defer':
    case 'medical-management':
      return removalOnly(removals, context);
    case 'insufficient-data':
      return missingSteps(group, context);
    case 'not-applicable':
      return [];
  }
}

function removal(order: DraftOrder, t: Texts): readonly Action[] {
  return order.reference === undefined
    ? []
    : [{ type: 'delete', description: t.takeBack(orderName(order, t)), resourceId: order.reference }];
}

function orderName({ meaning, levels }: DraftOrder, t: Texts): string {
  return [t.orders[meaning], ...levels].join(' ');
}

function removalOnly(
  removals: readonly Action[],
  { newId, texts }: SuggestionContext,
): readonly Suggestion[] {
  const [first, ...others] = removals;
  if (first === undefined) return [];
  return [{ label: texts.takeBackCement, uuid: newId(), actions: [first, ...others] }];
}

/** A technique the site does not offer is not ordered here: the patient is referred to who offers it. */
function procedure(
  technique: Technique,
  group: Group,
  context: SuggestionContext,
  { removals, isRecommended }: { removals: readonly Action[]; isRecommended: boolean },
): readonly Suggestion[] {
  const { site, texts: t, standing, orders } = context;
  const isOrdered = (assessed: FractureAssessment) =>
    [...orders.all, ...standing].some(
      (order) => (order.meaning === technique || order.meaning === 'cement') && concerns(order, assessed),
    );
  const open = group.filter((assessed) => !isOrdered(assessed));
  const [firstOpen, ...othersOpen] = open;
  if (firstOpen === undefined) return [];
  if (!site.offers(technique)) return referToCentre(technique, [firstOpen, ...othersOpen], context, removals);
  const side = cementOrdersFor(group, orders.judged)[0]?.side;
  const creations = open.map(({ fracture, advice }) =>
    creation(t.order(`${t.techniques[technique]} ${fracture.levels.join('')}`), {
      ...orderBase(context),
      code: procedureCode(technique, fracture.levels[0], site, t),
      ...bodySite(fracture.levels, side, t),
      ...reasons(fracture.conditions, advice),
    }),
  );
  const [first, ...others] = [...removals, ...creations];
  if (first === undefined) return [];
  const what = `${t.techniques[technique]} ${whereText(
    open.map(({ fracture }) => fracture),
    t,
  )}`;
  return [
    {
      label: removals.length > 0 ? t.replaceBy(what) : t.order(what),
      uuid: context.newId(),
      ...(isRecommended && { isRecommended: true }),
      actions: [first, ...others],
    },
  ];
}

function referToCentre(
  technique: Technique,
  group: Group,
  context: SuggestionContext,
  removals: readonly Action[],
): readonly Suggestion[] {
  if (isUnderWay(context, reachesSpineSurgery)) return [];
  const { texts: t } = context;
  const create = referralOrder(group, context, 'routine', t.referralFor(t.techniques[technique]));
  const actions: readonly Action[] = [...removals, create];
  const [first = create, ...others] = actions;
  return [
    {
      label: t.referToCentre(t.techniques[technique]),
      uuid: context.newId(),
      actions: [first, ...others],
    },
  ];
}

/** The referral, with the contradicted drafts taken back; one that is drafted or stands is not ordered twice. */
function referral(
  group: Group,
  context: SuggestionContext,
  removals: readonly Action[],
  priority: 'urgent' | 'routine',
): readonly Suggestion[] {
  const { texts: t } = context;
  if (isUnderWay(context, reachesSpineSurgery)) return removalOnly(removals, context);
  const create = referralOrder(group, context, priority, t.referralText);
  const actions: readonly Action[] = [...removals, create];
  const [first = create, ...others] = actions;
  const isUrgent = priority === 'urgent';
  return [
    {
      label: removals.length > 0 ? t.replaceByReferral(isUrgent) : t.refer(isUrgent),
      uuid: context.newId(),
      actions: [first, ...others],
    },
  ];
}

function referralOrder(
  group: Group,
  context: SuggestionContext,
  priority: 'urgent' | 'routine',
  text: string,
): Action {
  const levels = group.flatMap(({ fracture }) => fracture.levels);
  const conditions = group.flatMap(({ fracture }) => fracture.conditions);
  return creation(context.texts.referAction, {
    ...orderBase(context),
    priority,
    code: siteCode('spineSurgeryReferral', text, context.site),
    ...bodySite(levels, undefined, context.texts),
    ...reasons(conditions, group[0].advice),
  });
}

function isUnderWay(
  { orders, standing }: SuggestionContext,
  isMeant: (meaning: OrderMeaning) => boolean,
): boolean {
  return [...orders.all, ...standing].some(({ meaning }) => isMeant(meaning));
}

const IMAGING_ANSWERS: ReadonlySet<MissingName> = new Set<MissingName>([
  'level',
  'stability',
  'spineImagingDone',
  'marrowOedema',
  'epiduralCompressionGrade',
  'posteriorWallDisrupted',
  'kyphosisDegrees',
]);

/** The imaging or the examination that would answer what is missing; never a procedure. */
function missingSteps(group: Group, context: SuggestionContext): readonly Suggestion[] {
  const { site, texts: t } = context;
  const missing = new Set(group.flatMap((one) => one.missing));
  const levels = group.flatMap(({ fracture }) => fracture.levels);
  const isAnsweredByImaging = [...missing].some((name) => IMAGING_ANSWERS.has(name));
  const isImagingUnderWay = isUnderWay(context, (meaning) => meaning === 'spine-imaging');
  return [
    ...(isAnsweredByImaging && !isImagingUnderWay
      ? [step(t.mri, mriCode(levels, site, t), group, context)]
      : []),
    ...(missing.has('neurologicalDeficit')
      ? [step(t.examination, siteCode('neurologicalExamination', t.examinationText, site), group, context)]
      : []),
  ];
}

function step(label: string, code: CodeableConcept, group: Group, context: SuggestionContext): Suggestion {
  const levels: readonly Level[] = group.flatMap(({ fracture }) => fracture.levels);
  const conditions = group.flatMap(({ fracture }) => fracture.conditions);
  const resource = {
    ...orderBase(context),
    code,
    ...bodySite(levels, undefined, context.texts),
    ...reasons(conditions, label),
  };
  return { label, uuid: context.newId(), actions: [creation(label, resource)] };
}
