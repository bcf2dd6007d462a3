/** Cards about the record itself: an order without a matching fracture, and data of another patient. */
import type { Assessment } from '../decision/assess.js';
import type { Level } from '../findings/level.js';
import type { DraftOrder } from '../orders/draft-orders.js';
import { isCementOrder } from '../orders/order-meaning.js';
import { mayBeAt } from '../orders/order-place.js';
import type { CardContext, CardDraft } from './card-draft.js';
import { orderFingerprint } from './fingerprint.js';
import { quoted, section } from './markdown.js';
import { shortened } from './summary.js';
import { whereText } from './wording.js';

/** @param isAnythingSaid whether a fracture already has a card, which then names the data left out */
export function recordCards(
  assessment: Assessment,
  context: CardContext,
  isAnythingSaid: boolean,
): readonly CardDraft[] {
  const order = orderWithoutFracture(assessment, context);
  const strangers = isAnythingSaid || order.length > 0 ? [] : strangersCard(assessment, context);
  return [...order, ...strangers];
}

/** A cement order for a patient, or a level, without a recorded fracture. Under age this service doesn't advise. */
function orderWithoutFracture(assessment: Assessment, context: CardContext): readonly CardDraft[] {
  const { record, policy } = assessment;
  const orders = context.orders.judged.filter(({ meaning }) => isCementOrder(meaning));
  const isMinor = record.patient.ageYears !== undefined && record.patient.ageYears < policy.adultFromYears;
  if (orders.length === 0 || isMinor) return [];
  const inScope = assessment.fractures.filter(({ fracture }) => !fracture.outsideScope);
  if (inScope.length === 0) return [missingFracture(orders, assessment, context)];
  if (inScope.some(({ fracture }) => fracture.levels.length === 0)) return [];
  const known = inScope.flatMap(({ fracture }) => fracture.levels);
  const strayed = orders.filter((order) => straysFrom(order, known));
  return strayed.length === 0 ? [] : [wrongLevel(strayed, known, assessment, context)];
}

/** One of the levels it names has no fracture, or its region has none. */
function straysFrom(order: DraftOrder, known: readonly Level[]): boolean {
  if (order.levels.length > 0) return order.levels.some((level) => !known.includes(level));
  return !known.some((level) => mayBeAt(order, level));
}

function missingFracture(
  orders: readonly DraftOrder[],
  assessment: Assessment,
  context: CardContext,
): CardDraft {
  const { texts: t } = context;
  return draft(
    t.but(t.cementOrdered(at(orders, context)), t.noFracture),
    t.noFractureDetail,
    { orders, removable: orders, indicator: 'warning' },
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
  const { texts: t } = context;
  const where = whereText(
    known.map((level) => ({ levels: [level] })),
    t,
  );
  // An order that is right for one of its levels is corrected, not taken back.
  const removable = orders.filter(({ levels }) => !levels.some((level) => known.includes(level)));
  return draft(
    t.but(t.cementOrdered(at(orders, context)), t.fractureElsewhere(where)),
    t.orderNames(placesOf(orders, context).join(', '), known.join(', ')),
    // Where diagnoses or images could not be read, the fracture may be in them: unknown is never false.
    { orders, removable, indicator: context.isRecordComplete ? 'critical' : 'warning' },
    assessment,
    context,
  );
}

function at(orders: readonly DraftOrder[], context: CardContext): string {
  const places = [...new Set(placesOf(orders, context))];
  return places.length === 0 ? '' : context.texts.at(places.join(', '));
}

function placesOf(orders: readonly DraftOrder[], { texts: t }: CardContext): readonly string[] {
  return orders.flatMap(({ levels, region, side }) => {
    const places = levels.length > 0 ? levels : regionName(region, t);
    return side === undefined ? places : places.map((place) => `${place} (${t.sides[side]})`);
  });
}

function regionName(region: DraftOrder['region'], t: CardContext['texts']): readonly string[] {
  switch (region) {
    case 'thoracic':
      return [t.thoracicSpine];
    case 'lumbar':
      return [t.lumbarSpine];
    case 'thoracolumbar':
    case undefined:
      return [];
  }
}

interface Objection {
  readonly orders: readonly DraftOrder[];
  /** Those of them that may be taken back whole. */
  readonly removable: readonly DraftOrder[];
  readonly indicator: CardDraft['indicator'];
}

function draft(
  summary: string,
  why: string,
  { orders, removable, indicator }: Objection,
  assessment: Assessment,
  { newId, gaps, texts: t }: CardContext,
): CardDraft {
  const levels = [...new Set(orders.flatMap((order) => order.levels))];
  const [first, ...others] = removable.flatMap(({ reference }) =>
    reference === undefined
      ? []
      : [{ type: 'delete', description: t.takeBackCement, resourceId: reference } as const],
  );
  const suggestions =
    first === undefined
      ? []
      : [{ label: t.takeBackCement, uuid: newId(), actions: [first, ...others] as const }];
  return {
    summary: shortened(summary),
    detail: [why, ...section(t.heading.leftOut, [...notUsedLines(assessment, t), ...gaps])].join('\n\n'),
    indicator,
    outcome: 'insufficient-data',
    rule: '3.1',
    rules: ['3.1'],
    levels,
    missing: ['level'],
    suggestions,
    isChoice: false,
    fingerprint: orderFingerprint(
      assessment.fractures.flatMap(({ fracture }) => fracture.levels),
      orders,
    ),
    isGuard: true,
    isDoubtful: false,
  };
}

/** Data of another patient in a call is a danger by itself: somebody must look, whatever the advice is. */
function strangersCard(assessment: Assessment, { texts: t }: CardContext): readonly CardDraft[] {
  const strangers = assessment.record.notUsed.filter(({ reason }) => reason === 'other-patient');
  if (strangers.length === 0) return [];
  return [
    {
      summary: t.strangers,
      detail: [t.strangersDetail, ...section(t.heading.notUsed, notUsedLines(assessment, t))].join('\n\n'),
      indicator: 'warning',
      outcome: 'insufficient-data',
      rule: '3.1',
      rules: ['3.1'],
      levels: [],
      missing: [],
      suggestions: [],
      isChoice: false,
      fingerprint: 'other-patient',
      isGuard: true,
      isDoubtful: false,
    },
  ];
}

function notUsedLines({ record }: Assessment, t: CardContext['texts']): readonly string[] {
  return record.notUsed
    .slice(0, 10)
    .map(({ resource, reason }) => `${t.notUsed[reason]}: ${quoted(resource)}`);
}
