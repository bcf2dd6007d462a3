/** Where in the spine an order is meant: its vertebrae, else the region of its code or words, and the side. */
import type { CodeableConcept } from 'fhir/r4.js';
import { levelsOf } from '../findings/body-site.js';
import { codesOf, CPT, textsOf } from '../findings/code-systems.js';
import { isInRegion, type Level, type Region } from '../findings/level.js';
import { containsAny, fold } from '../findings/words.js';
import { lexicon } from '../knowledge.js';
import type { OrderForm } from './order-form.js';

export type Side = 'left' | 'right' | 'both sides';

export interface OrderPlace {
  /** Vertebrae the order names. */
  readonly levels: readonly Level[];
  /** Told by the code or the words where no vertebra is named. */
  readonly region?: Region;
  readonly side?: Side;
}

export function placeOf({ concept, sites }: Pick<OrderForm, 'concept' | 'sites'>): OrderPlace {
  const levels = levelsOf(sites, concept);
  const texts = [...sites, concept].flatMap((one) => textsOf(one)).map(fold);
  const region = levels.length > 0 ? undefined : (regionOfCpt(concept) ?? regionOfTexts(texts));
  const side = sideOf(texts);
  return { levels, ...(region !== undefined && { region }), ...(side !== undefined && { side }) };
}

/** True when the order may be about this vertebra: it names it, names its region, or names neither. */
export function mayBeAt({ levels, region }: OrderPlace, level: Level): boolean {
  if (levels.length > 0) return levels.includes(level);
  return region === undefined || isInRegion(level, region);
}

/** CPT tells the thoracic from the lumbar spine (clinical.md 5.3). */
const REGION_OF_CPT: Readonly<Record<string, Region>> = {
  '22510': 'thoracic',
  '22511': 'lumbar',
  '22513': 'thoracic',
  '22514': 'lumbar',
};

function regionOfCpt(concept: CodeableConcept | undefined): Region | undefined {
  const numbers = codesOf(concept).flatMap(({ system, code }) => (system === CPT ? [code] : []));
  const regions = new Set(numbers.flatMap((number) => REGION_OF_CPT[number] ?? []));
  const [region] = regions;
  return regions.size === 1 ? region : undefined;
}

/** "Thoracolumbar", or both regions, leave every level possible. */
function regionOfTexts(texts: readonly string[]): Region | undefined {
  const names = (phrases: readonly string[]) => texts.some((text) => containsAny(text, phrases));
  if (names(lexicon.thoracolumbarSpine) || names(lexicon.wholeSpine)) return undefined;
  const isThoracic = names(lexicon.orders.thoracic);
  const isLumbar = names(lexicon.orders.lumbar);
  if (isThoracic === isLumbar) return undefined;
  return isThoracic ? 'thoracic' : 'lumbar';
}

function sideOf(texts: readonly string[]): Side | undefined {
  const names = (...words: string[]) => texts.some((text) => containsAny(text, words));
  const isLeft = names('left', 'left sided');
  const isRight = names('right', 'right sided');
  if (names('bilateral', 'both sides') || (isLeft && isRight)) return 'both sides';
  if (isLeft) return 'left';
  return isRight ? 'right' : undefined;
}
