/** What a draft order is about, by its codes or its words. */
import type { CodeableConcept } from 'fhir/r4.js';
import { lexicon } from '../knowledge.js';
import { textsOf } from '../findings/code-systems.js';
import { codeIn, type ValueSetId } from '../findings/value-sets.js';
import { containsAny, fold, matches } from '../findings/words.js';
import type { OrderKind, Site } from '../site.js';

export type OrderMeaning =
  | 'kyphoplasty'
  | 'vertebroplasty'
  | 'cement'
  | 'spine-surgery'
  | 'spine-imaging'
  | 'conservative'
  | 'bone-health'
  | 'unrelated';

const BY_CODE: readonly (readonly [ValueSetId, OrderMeaning])[] = [
  ['kyphoplasty', 'kyphoplasty'],
  ['vertebroplasty', 'vertebroplasty'],
  ['cement-augmentation-unspecified', 'cement'],
  ['spine-surgery', 'spine-surgery'],
  ['spine-imaging', 'spine-imaging'],
  ['opioid', 'conservative'],
  ['nsaid', 'conservative'],
  ['bone-agent', 'bone-health'],
];

const BY_SITE_CODE: readonly (readonly [OrderKind, OrderMeaning])[] = [
  ['kyphoplasty', 'kyphoplasty'],
  ['vertebroplasty', 'vertebroplasty'],
  ['spineSurgeryReferral', 'spine-surgery'],
  ['spineImaging', 'spine-imaging'],
];

const IMAGING = [
  'mri',
  'mr',
  'magnetic resonance',
  'ct',
  'computed tomography',
  'x ray',
  'xray',
  'radiograph',
  'radiography',
];
const SURGERY = [
  'surgery',
  'surgical',
  'neurosurgery',
  'surgeon',
  'fusion',
  'decompression',
  'laminectomy',
  'fixation',
];
const CONSERVATIVE = ['brace', 'orthosis', 'physiotherapy', 'physical therapy', 'physio'];
const BONE_HEALTH = ['dxa', 'dexa', 'bone density', 'bone densitometry', 'fracture liaison'];

/** @param concept code of a ServiceRequest, or the medication of a MedicationRequest */
export function orderMeaning(concept: CodeableConcept | undefined, site: Site): OrderMeaning {
  return bySiteCode(concept, site) ?? byCode(concept) ?? byWords(concept);
}

function bySiteCode(concept: CodeableConcept | undefined, site: Site): OrderMeaning | undefined {
  const codings = concept?.coding ?? [];
  return BY_SITE_CODE.find(([kind]) =>
    (site.orderCodes[kind] ?? []).some((known) =>
      codings.some((coding) => coding.system === known.system && coding.code === known.code),
    ),
  )?.[1];
}

function byCode(concept: CodeableConcept | undefined): OrderMeaning | undefined {
  return BY_CODE.find(([set]) => codeIn(set, concept) !== undefined)?.[1];
}

function byWords(concept: CodeableConcept | undefined): OrderMeaning {
  for (const text of textsOf(concept)) {
    const meaning = meaningOfText(fold(text));
    if (meaning !== 'unrelated') return meaning;
  }
  return 'unrelated';
}

function meaningOfText(folded: string): OrderMeaning {
  if (containsAny(folded, lexicon.augmentation.kyphoplasty)) return 'kyphoplasty';
  if (containsAny(folded, lexicon.augmentation.vertebroplasty)) return 'vertebroplasty';
  const isSpinal = containsAny(folded, lexicon.spine);
  if (isSpinal && containsAny(folded, IMAGING)) return 'spine-imaging';
  if ((isSpinal && containsAny(folded, SURGERY)) || containsAny(folded, ['neurosurgery']))
    return 'spine-surgery';
  if (containsAny(folded, BONE_HEALTH)) return 'bone-health';
  if (containsAny(folded, CONSERVATIVE)) return 'conservative';
  const drug = lexicon.medications.find((rule) => matches(folded, rule))?.group;
  if (drug === 'opioid' || drug === 'nsaid') return 'conservative';
  return drug === 'boneAgent' ? 'bone-health' : 'unrelated';
}

/** True for an order that would put cement into a vertebra. */
export function isCementOrder(meaning: OrderMeaning): boolean {
  return meaning === 'kyphoplasty' || meaning === 'vertebroplasty' || meaning === 'cement';
}
