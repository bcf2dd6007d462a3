/** Suggestions a clinician can accept: an order to create, a contradicted draft to take back, or both as one. */
import type { CodeableConcept, ServiceRequest } from 'fhir/r4.js';
import type { Action, Suggestion } from '../../../src/cds-hooks/card.js';
import type { FractureAssessment } from '../decision/assess.js';
import type { MissingName } from '../decision/missing-facts.js';
import { isAugmentation, type Outcome } from '../decision/outcome.js';
import { codeOfLevel } from '../findings/body-site.js';
import { CPT, LOINC, SNOMED_CT } from '../findings/code-systems.js';
import type { Level } from '../findings/level.js';
import type { OrderKind, Site } from '../site.js';
import type { DraftOrder } from './draft-orders.js';
import { isCementOrder } from './order-meaning.js';
import { whereText } from './wording.js';

export interface SuggestionContext {
  readonly patientId: string;
  readonly encounterId: string | undefined;
  readonly orders: readonly DraftOrder[];
  readonly site: Site;
  readonly newId: () => string;
}

type Group = readonly [FractureAssessment, ...FractureAssessment[]];
type Technique = 'kyphoplasty' | 'vertebroplasty';

/** What the group's outcome suggests, given what is already drafted. */
export function suggestionsFor(group: Group, context: SuggestionContext): readonly Suggestion[] {
  const [{ outcome, indicator, rule }] = group;
  const cement = context.orders.filter(({ meaning }) => isCementOrder(meaning));
  const removals = isSupported(cement, outcome) ? [] : cement.flatMap(removal);
  switch (outcome) {
    case 'kyphoplasty':
    case 'vertebroplasty':
      return procedure(outcome, group, context, cement, { removals, isRecommended: true });
    case 'kyphoplasty-or-vertebroplasty':
      if (cement.length > 0) return [];
      return [
        ...procedure('kyphoplasty', group, context, cement, { removals, isRecommended: false }),
        ...procedure('vertebroplasty', group, context, cement, { removals, isRecommended: false }),
        ...(rule === 'T2' ? [referral(group, context, removals, 'routine')] : []),
      ];
    case 'surgical-referral':
      return [referral(group, context, removals, indicator === 'critical' ? 'urgent' : 'routine')];
    case 'specialist-review':
      return [referral(group, context, removals, 'routine')];
    case 'defer':
    case 'medical-management':
      return removals.length === 0 ? [] : [removalOnly(removals, context)];
    case 'insufficient-data':
      return missingSteps(group, context);
    case 'not-applicable':
      return [];
  }
}

/** A draft that the outcome agrees with stays; so does one whose data are still missing. */
function isSupported(cement: readonly DraftOrder[], outcome: Outcome): boolean {
  if (outcome === 'insufficient-data') return true;
  if (!isAugmentation(outcome)) return false;
  if (outcome === 'kyphoplasty-or-vertebroplasty') return true;
  return cement.every(({ meaning }) => meaning === outcome || meaning === 'cement');
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

function removalOnly(removals: readonly Action[], { newId }: SuggestionContext): Suggestion {
  const [first, ...others] = removals;
  return {
    label: 'Take back the draft cement order',
    uuid: newId(),
    ...(first !== undefined && { actions: [first, ...others] }),
  };
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

function referral(
  group: Group,
  context: SuggestionContext,
  removals: readonly Action[],
  priority: 'urgent' | 'routine',
): Suggestion {
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
  return {
    label: `${removals.length > 0 ? 'Replace the draft cement order by a' : 'Refer:'} ${priority === 'urgent' ? 'urgent ' : ''}spine surgery referral`,
    uuid: context.newId(),
    actions: [first, ...others],
  };
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

function creation(description: string, resource: ServiceRequest): Action {
  return { type: 'create', description, resource };
}

function orderBase({ patientId, encounterId, newId }: SuggestionContext): ServiceRequest {
  return {
    resourceType: 'ServiceRequest',
    id: newId(),
    status: 'draft',
    intent: 'proposal',
    subject: { reference: `Patient/${patientId}` },
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
  };
}

function bodySite(levels: readonly Level[]): Pick<ServiceRequest, 'bodySite'> {
  const sites = levels.map((level) => ({
    coding: [{ system: SNOMED_CT, code: codeOfLevel(level) }],
    text: level,
  }));
  return sites.length === 0 ? {} : { bodySite: sites };
}

function reasons(
  conditions: readonly string[],
  text: string,
): Pick<ServiceRequest, 'reasonReference' | 'reasonCode'> {
  if (conditions.length === 0) return { reasonCode: [{ text }] };
  return { reasonReference: [...new Set(conditions)].map((reference) => ({ reference })) };
}

/** CPT numbers (2 sources) by technique and region; descriptions are the site's, CPT texts are licensed. */
const CPT_NUMBER: Readonly<Record<Technique, Readonly<Record<'thoracic' | 'lumbar', string>>>> = {
  kyphoplasty: { thoracic: '22513', lumbar: '22514' },
  vertebroplasty: { thoracic: '22510', lumbar: '22511' },
};

function procedureCode(technique: Technique, level: Level | undefined, site: Site): CodeableConcept {
  const own = siteCodings(technique, site);
  const number =
    level === undefined ? undefined : CPT_NUMBER[technique][level.startsWith('T') ? 'thoracic' : 'lumbar'];
  const coding = [...own, ...(number === undefined ? [] : [{ system: CPT, code: number }])];
  const text = `${technique === 'kyphoplasty' ? 'Balloon kyphoplasty' : 'Vertebroplasty'}${level === undefined ? '' : ` ${level}`}`;
  return { ...(coding.length > 0 && { coding }), text };
}

function siteCode(kind: OrderKind, text: string, site: Site): CodeableConcept {
  const coding = siteCodings(kind, site);
  return { ...(coding.length > 0 && { coding }), text };
}

function siteCodings(kind: OrderKind, site: Site) {
  return (site.orderCodes[kind] ?? []).map(({ system, code, display }) => ({
    system,
    code,
    ...(display !== undefined && { display }),
  }));
}

/** LOINC of an MR study without contrast, by region. */
function mriCode(levels: readonly Level[], site: Site): CodeableConcept {
  const isThoracic = levels.length > 0 && levels.every((level) => level.startsWith('T'));
  const isLumbar = levels.length > 0 && levels.every((level) => level.startsWith('L'));
  const loinc = isThoracic ? '36532-0' : isLumbar ? '30679-5' : '36531-2';
  const part = isThoracic ? 'thoracic spine' : isLumbar ? 'lumbar spine' : 'spine';
  return {
    coding: [...siteCodings('spineImaging', site), { system: LOINC, code: loinc }],
    text: `MRI ${part} without contrast, with STIR`,
  };
}
