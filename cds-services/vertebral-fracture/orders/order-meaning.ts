/** What an order is about, by the site's own codes, by public codes, or by its words. */
import type { CodeableConcept } from 'fhir/r4.js';
import { textsOf } from '../findings/code-systems.js';
import type { ValueSetId } from '../findings/value-sets.js';
import { containsAny, fold, matches } from '../findings/words.js';
import { lexicon } from '../knowledge.js';
import type { OrderKind, Site } from '../site.js';

export const orderMeanings = [
  'kyphoplasty',
  'vertebroplasty',
  'cement',
  'spine-surgery',
  'spine-referral',
  'spine-imaging',
  'bone-density',
  'brace',
  'physiotherapy',
  'opioid',
  'analgesic',
  'bone-agent',
  'unrelated',
] as const;
export type OrderMeaning = (typeof orderMeanings)[number];

const BY_CODE: readonly (readonly [ValueSetId, OrderMeaning])[] = [
  ['kyphoplasty', 'kyphoplasty'],
  ['vertebroplasty', 'vertebroplasty'],
  ['cement-augmentation-unspecified', 'cement'],
  ['spine-surgery', 'spine-surgery'],
  ['bone-density-scan', 'bone-density'],
  ['spine-imaging', 'spine-imaging'],
  ['opioid', 'opioid'],
  ['nsaid', 'analgesic'],
  ['bone-agent', 'bone-agent'],
];

const BY_SITE_CODE: Readonly<Record<OrderKind, OrderMeaning>> = {
  kyphoplasty: 'kyphoplasty',
  vertebroplasty: 'vertebroplasty',
  spineSurgery: 'spine-surgery',
  spineSurgeryReferral: 'spine-referral',
  spineImaging: 'spine-imaging',
  boneDensity: 'bone-density',
  brace: 'brace',
  physiotherapy: 'physiotherapy',
  neurologicalExamination: 'unrelated',
};

/** @param concept code of a ServiceRequest, or the medication of a MedicationRequest */
export function orderMeaning(concept: CodeableConcept | undefined, site: Site): OrderMeaning {
  return bySiteCode(concept, site) ?? byCode(concept, site) ?? byWords(concept);
}

function bySiteCode(concept: CodeableConcept | undefined, site: Site): OrderMeaning | undefined {
  for (const { system, code } of concept?.coding ?? []) {
    const kind = site.kindOfOrder.get(`${system ?? ''}|${code ?? ''}`);
    if (kind !== undefined) return BY_SITE_CODE[kind];
  }
  return undefined;
}

function byCode(concept: CodeableConcept | undefined, { valueSets }: Site): OrderMeaning | undefined {
  return BY_CODE.find(([set]) => valueSets.codeIn(set, concept) !== undefined)?.[1];
}

function byWords(concept: CodeableConcept | undefined): OrderMeaning {
  for (const text of textsOf(concept)) {
    const meaning = meaningOfText(fold(text));
    if (meaning !== 'unrelated') return meaning;
  }
  return 'unrelated';
}

/** An operation outranks the consultation it is spoken of in; a drug is tried last. */
function meaningOfText(folded: string): OrderMeaning {
  const { referral, operations, surgeons, imaging, boneDensity, brace, physiotherapy } = lexicon.orders;
  const isReferral = containsAny(folded, referral);
  const isSpinal = containsAny(folded, lexicon.spine);
  const isForSurgeons =
    containsAny(folded, surgeons.spinal) || (isSpinal && containsAny(folded, surgeons.any));
  if (isReferral && isForSurgeons) return 'spine-referral';
  if (containsAny(folded, lexicon.augmentation.kyphoplasty)) return 'kyphoplasty';
  if (containsAny(folded, lexicon.augmentation.vertebroplasty)) return 'vertebroplasty';
  if (isSpinal && containsAny(folded, operations)) return 'spine-surgery';
  if (isForSurgeons) return 'spine-referral';
  if (containsAny(folded, boneDensity)) return 'bone-density';
  if (isSpinal && containsAny(folded, imaging)) return 'spine-imaging';
  if (containsAny(folded, brace)) return 'brace';
  if (containsAny(folded, physiotherapy)) return 'physiotherapy';
  return ofDrug(folded);
}

function ofDrug(folded: string): OrderMeaning {
  switch (lexicon.medications.find((rule) => matches(folded, rule))?.group) {
    case 'opioid':
      return 'opioid';
    case 'nsaid':
      return 'analgesic';
    case 'boneAgent':
      return 'bone-agent';
    case 'anticoagulantOrAntiplatelet':
    case undefined:
      return matches(folded, lexicon.orders.analgesic) ? 'analgesic' : 'unrelated';
  }
}

/** True for an order that would put cement into a vertebra. */
export function isCementOrder(meaning: OrderMeaning): boolean {
  return meaning === 'kyphoplasty' || meaning === 'vertebroplasty' || meaning === 'cement';
}

/** True for an order that brings the patient to a spine surgeon. */
export function reachesSpineSurgery(meaning: OrderMeaning): boolean {
  return meaning === 'spine-surgery' || meaning === 'spine-referral';
}
