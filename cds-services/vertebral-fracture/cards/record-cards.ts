/** Cards about the record itself: an order without a matching fracture, and data of another patient. */
import type { Assessment } from '../decision/assess.js';
import type { Level } from '../findings/level.js';
import type { CardContext, CardDraft } from './card-draft.js';
import type { DraftOrder } from './draft-orders.js';
import { quoted, section } from './markdown.js';
import { isCementOrder } from './order-meaning.js';
import { shortened } from './summary.js';
import { whereText } from './wording.js';

/** @param isAnythingSaid whether a fracture already has a card, which then names the data left out */
export function recordCards(
  assessment: Assessment,
  context: CardContext,
  isAnythingSaid: boolean,
): readonly CardDraft[] {
  const order = orderWithoutFracture(assessment, context);
  const strangers = isAnythingSaid || order.length > 0 ? [] : strangersCard(assessment);
  return [...order, ...strangers];
}

/** A cement order for a patient, or a level, without a recorded fracture. Under age this service doesn't advise. */
function orderWithoutFracture(assessment: Assessment, context: CardContext): readonly CardDraft[] {
  const { record, policy } = assessment;
  const orders = context.orders.filter(({ meaning }) => isCementOrder(meaning));
  const isMinor = record.patient.ageYears !== undefined && record.patient.ageYears < policy.adultFromYears;
  if (orders.length === 0 || isMinor) return [];
  const inScope = assessment.fractures.filter(({ fracture }) => !fracture.outsideScope);
  if (inScope.length === 0) return [missingFracture(orders, assessment, context)];
  if (inScope.some(({ fracture }) => fracture.levels.length === 0)) return [];
  const known = inScope.flatMap(({ fracture }) => fracture.levels);
  const strayed = orders.filter(({ levels }) => levels.some((level) => !known.includes(level)));
  return strayed.length === 0 ? [] : [wrongLevel(strayed, known, assessment, context)];
}

function missingFracture(
  orders: readonly DraftOrder[],
  assessment: Assessment,
  context: CardContext,
): CardDraft {
  return draft(
    `Cement ordered${at(orders)}, but no thoracic or lumbar fracture is in the data read. Check patient and level.`,
    [
      'No diagnosis and no imaging finding of a thoracic or lumbar vertebral fracture was found for this patient.',
    ],
    orders,
    orders,
    assessment,
    context,
  );
}

function wrongLevel(
  orders: readonly DraftOrder[],
  known: readonly Level[],
  assessment: Assessment,
  context: CardContext,
): CardDraft {
  const where = whereText(known.map((level) => ({ levels: [level] })));
  // An order that is right for one of its levels is corrected, not taken back.
  const removable = orders.filter(({ levels }) => !levels.some((level) => known.includes(level)));
  return draft(
    `Cement ordered${at(orders)}, but the fracture recorded is at ${where}. Check the level.`,
    [
      `The order names ${orders.flatMap(({ levels }) => levels).join(', ')}; fractures are recorded at ${known.join(', ')}.`,
    ],
    orders,
    removable,
    assessment,
    context,
  );
}

function at(orders: readonly DraftOrder[]): string {
  const levels = [...new Set(orders.flatMap((order) => order.levels))];
  return levels.length === 0 ? '' : ` at ${levels.join(', ')}`;
}

function draft(
  summary: string,
  why: readonly string[],
  orders: readonly DraftOrder[],
  removable: readonly DraftOrder[],
  assessment: Assessment,
  { newId, gaps }: CardContext,
): CardDraft {
  const levels = [...new Set(orders.flatMap((order) => order.levels))];
  const [first, ...others] = removable.flatMap(({ reference }) =>
    reference === undefined ? [] : [removal(reference)],
  );
  const suggestions =
    first === undefined
      ? []
      : [{ label: 'Take back the draft cement order', uuid: newId(), actions: [first, ...others] as const }];
  return {
    summary: shortened(summary),
    detail: [
      why.join(' '),
      ...section('Not used or not looked at', [...notUsedLines(assessment), ...gaps]),
    ].join('\n\n'),
    indicator: 'warning',
    outcome: 'insufficient-data',
    rule: '3.1',
    levels,
    missing: ['level'],
    suggestions,
  };
}

function removal(resourceId: string) {
  return { type: 'delete', description: 'Take back the draft cement order', resourceId } as const;
}

/** Data of another patient in a call is a danger by itself: somebody must look, whatever the advice is. */
function strangersCard(assessment: Assessment): readonly CardDraft[] {
  const strangers = assessment.record.notUsed.filter(({ reason }) => reason === 'other-patient');
  if (strangers.length === 0) return [];
  return [
    {
      summary: 'Data of another patient came with this call. It was not used; no advice was based on it.',
      detail: [
        'The EHR sent resources that belong to another patient. Please report this to the EHR team.',
        ...section('Not used', notUsedLines(assessment)),
      ].join('\n\n'),
      indicator: 'warning',
      outcome: 'insufficient-data',
      rule: '3.1',
      levels: [],
      missing: [],
      suggestions: [],
    },
  ];
}

function notUsedLines({ record }: Assessment): readonly string[] {
  return record.notUsed.slice(0, 10).map(({ resource, reason }) => `${quoted(resource)}: ${reason}`);
}
