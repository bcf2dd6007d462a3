/** Suggestions a clinician can accept: an order to create, a contradicted draft to take back, or both as one. */
import type { CodeableConcept } from 'fhir/r4.js';
import type { Action, Suggestion } from '../../../src/cds-hooks/card.js';
import type { FractureAssessment } from '../decision/assess.js';
import type { MissingName } from '../decision/missing-facts.js';
import type { Level } from '../findings/level.js';
import type { Site } from '../site.js';
import { cementOrdersFor, contradictedOrders } from './contradicted-orders.js';
import type { DraftOrder } from './draft-orders.js';
import {
  bodySite,
  creation,
  mriCode,
  orderBase,
  type OrderContext,
  procedureCode,
  reasons,
  siteCode,
  type Technique,
} from './service-requests.js';
import { whereText } from './wording.js';

export interface SuggestionContext extends OrderContext {
  readonly orders: readonly DraftOrder[];
  /** Every assessed fracture of the patient. */
  readonly fractures: readonly FractureAssessment[];
  readonly site: Site;
}

type Group = readonly [FractureAssessment, ...FractureAssessment[]];

/** What the group's outcome suggests, given what is already drafted. */
export function suggestionsFor(group: Group, context: SuggestionContext): readonly Suggestion[] {
  const [{ outcome, indicator, rule }] = group;
  const cement = cementOrdersFor(group, context.orders);
  const removals = contradictedOrders(group, context.fractures, context.orders).flatMap(removal);
  switch (outcome) {
    case 'kyphoplasty':
    case 'vertebroplasty':
      return procedure(outcome, group, context, cement, { removals, isRecommended: true });
    case 'kyphoplasty-or-vertebroplasty':
      if (cement.length > 0) return [];
      return [
        ...procedure('kyphoplasty', group, context, cement, { removals, isRecommended: false }),
        ...procedure('vertebroplasty', group, context, cement, { removals, isRecommended: false }),
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

function removal(order: DraftOrder): readonly Action[] {
  return order.reference === undefined
    ? []
    : [
        {
          type: 'delete',
          description: `Take back the draft ${orderName(order)} order`,
          resourceId: order.reference,
        },
      ];
}

function orderName({ meaning, levels }: DraftOrder): string {
  return [meaning, ...levels].join(' ');
}

function removalOnly(removals: readonly Action[], { newId }: SuggestionContext): readonly Suggestion[] {
  const [first, ...others] = removals;
  if (first === undefined) return [];
  return [{ label: 'Take back the draft cement order', uuid: newId(), actions: [first, ...others] }];
}

function procedure(
  technique: Technique,
  group: Group,
  context: SuggestionContext,
  cement: readonly DraftOrder[],
  { removals, isRecommended }: { removals: readonly Action[]; isRecommended: boolean },
): readonly Suggestion[] {
  if (cement.some(({ meaning }) => meaning === technique)) return [];
  const creations = group.map(({ fracture, advice }) =>
    creation(`Order ${technique} ${fracture.levels.join('')}`, {
      ...orderBase(context),
      code: procedureCode(technique, fracture.levels[0], context.site),
      ...bodySite(fracture.levels),
      ...reasons(fracture.conditions, advice),
    }),
  );
  const [first, ...others] = [...removals, ...creations];
  if (first === undefined) return [];
  const where = whereText(group.map(({ fracture }) => fracture));
  return [
    {
      label:
        removals.length > 0 ? `Replace the draft by ${technique} ${where}` : `Order ${technique} ${where}`,
      uuid: context.newId(),
      ...(isRecommended && { isRecommended: true }),
      actions: [first, ...others],
    },
  ];
}

/** The referral, with the contradicted drafts taken back; one that is already drafted is not ordered twice. */
function referral(
  group: Group,
  context: SuggestionContext,
  removals: readonly Action[],
  priority: 'urgent' | 'routine',
): readonly Suggestion[] {
  const isDrafted = context.orders.some(({ meaning }) => meaning === 'spine-surgery');
  if (isDrafted) return removalOnly(removals, context);
  const levels = group.flatMap(({ fracture }) => fracture.levels);
  const conditions = group.flatMap(({ fracture }) => fracture.conditions);
  const create = creation('Refer to spine surgery', {
    ...orderBase(context),
    priority,
    code: siteCode('spineSurgeryReferral', 'Referral to spine surgery', context.site),
    ...bodySite(levels),
    ...reasons(conditions, group[0].advice),
  });
  const actions: readonly Action[] = [...removals, create];
  const [first = create, ...others] = actions;
  return [
    {
      label: `${removals.length > 0 ? 'Replace the draft cement order by a' : 'Refer:'} ${priority === 'urgent' ? 'urgent ' : ''}spine surgery referral`,
      uuid: context.newId(),
      actions: [first, ...others],
    },
  ];
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
  const missing = new Set(group.flatMap((one) => one.missing));
  const levels = group.flatMap(({ fracture }) => fracture.levels);
  const conditions = group.flatMap(({ fracture }) => fracture.conditions);
  const steps: Suggestion[] = [];
  const isImagingDrafted = context.orders.some(({ meaning }) => meaning === 'spine-imaging');
  if ([...missing].some((name) => IMAGING_ANSWERS.has(name)) && !isImagingDrafted) {
    steps.push(
      step('Order MRI of the spine with STIR', mriCode(levels, context.site), levels, conditions, context),
    );
  }
  if (missing.has('neurologicalDeficit')) {
    const code = { text: 'Neurological examination: legs, sensation, bladder and bowel' };
    steps.push(step('Ask for a neurological examination', code, levels, conditions, context));
  }
  return steps;
}

function step(
  label: string,
  code: CodeableConcept,
  levels: readonly Level[],
  conditions: readonly string[],
  context: SuggestionContext,
): Suggestion {
  const resource = { ...orderBase(context), code, ...bodySite(levels), ...reasons(conditions, label) };
  return { label, uuid: context.newId(), actions: [creation(label, resource)] };
}
