/** Reads the value of an Observation or component as the kind of value a finding has. */
import type { CodeableConcept, Observation, ObservationComponent, Quantity } from 'fhir/r4.js';
import { lexicon, painAnswers } from '../knowledge.js';
import type { FindingKind } from './catalogue.js';
import { codesOf, LOINC, SNOMED_CT, textsOf } from './code-systems.js';
import type { Interval } from './interval.js';
import { point } from './interval.js';
import { containsAny, fold } from './words.js';

export type ValueHolder = Pick<
  Observation & ObservationComponent,
  | 'valueBoolean'
  | 'valueCodeableConcept'
  | 'valueInteger'
  | 'valueQuantity'
  | 'valueRange'
  | 'valueRatio'
  | 'valueString'
  | 'dataAbsentReason'
  | 'interpretation'
>;

const PRESENT = '52101004';
const ABSENT = '2667000';

/** The value, or undefined when there is none of this kind or it lies outside what is possible. */
export function observedValue(
  holder: ValueHolder,
  kind: FindingKind,
): boolean | Interval | string | undefined {
  if (holder.dataAbsentReason !== undefined) return undefined;
  switch (kind.kind) {
    case 'yes-no':
      return yesNo(holder);
    case 'quantity':
      return possible(quantity(holder, kind.units), kind);
    case 'choice':
      return choice(holder, kind.choices);
  }
}

/** The value as recorded, for the quote. */
export function valueAsRecorded(holder: ValueHolder): string | undefined {
  if (holder.valueBoolean !== undefined) return holder.valueBoolean ? 'yes' : 'no';
  if (holder.valueInteger !== undefined) return String(holder.valueInteger);
  if (holder.valueQuantity?.value !== undefined) return quantityAsRecorded(holder.valueQuantity);
  if (holder.valueRange !== undefined) {
    const { low, high } = holder.valueRange;
    return `${low?.value ?? ''}-${high?.value ?? ''} ${high?.unit ?? low?.unit ?? ''}`.trim();
  }
  if (holder.valueString !== undefined) return holder.valueString.slice(0, 200);
  const concept = holder.valueCodeableConcept;
  return textsOf(concept)[0] ?? codesOf(concept)[0]?.code;
}

function quantityAsRecorded({ comparator, value, unit, code }: Quantity): string {
  return `${comparator ?? ''}${value ?? ''} ${unit ?? code ?? ''}`.trim();
}

function yesNo(holder: ValueHolder): boolean | undefined {
  if (typeof holder.valueBoolean === 'boolean') return holder.valueBoolean;
  for (const { system, code } of codesOf(holder.valueCodeableConcept)) {
    if (system === SNOMED_CT && code === PRESENT) return true;
    if (system === SNOMED_CT && code === ABSENT) return false;
  }
  const said = saidIn(wordsOf(holder));
  return (
    said ?? (hasValue(holder) ? undefined : saidIn((holder.interpretation ?? []).flatMap(wordsOfConcept)))
  );
}

function saidIn(words: readonly string[]): boolean | undefined {
  for (const text of words) {
    const word = fold(text).trim();
    if (lexicon.yes.includes(word)) return true;
    if (lexicon.no.includes(word)) return false;
  }
  return undefined;
}

/** An interpretation ("positive") stands in only where there is no value to interpret. */
function hasValue(holder: ValueHolder): boolean {
  return Object.keys(holder).some((key) => key.startsWith('value'));
}

/** Texts and bare codes of a coded value, then the string value. */
function wordsOf(holder: ValueHolder): readonly string[] {
  const { valueCodeableConcept: concept, valueString: text } = holder;
  return [...(concept === undefined ? [] : wordsOfConcept(concept)), ...(text === undefined ? [] : [text])];
}

function wordsOfConcept(concept: CodeableConcept): readonly string[] {
  return [...(concept.coding ?? []).flatMap(({ code }) => code ?? []), ...textsOf(concept)];
}

/** Words that turn a choice named in a phrase into something else ("not stable", "wedge or burst"). */
const UNSETTLING = ['not', 'no', 'without', 'or', 'possible', 'possibly', 'probable', 'versus', 'vs', 'rule'];

function choice(holder: ValueHolder, choices: readonly string[]): string | undefined {
  const number = holder.valueInteger ?? holder.valueQuantity?.value;
  for (const word of number === undefined ? wordsOf(holder) : [String(number)]) {
    const folded = fold(word);
    const whole = folded.trim().replaceAll(' ', '-');
    const exact = choices.find((option) => option.toLowerCase() === whole);
    if (exact !== undefined) return exact;
    const named = choices.filter((option) =>
      folded.includes(` ${option.toLowerCase().replaceAll('-', ' ')} `),
    );
    if (named[0] !== undefined && !containsAny(folded, UNSETTLING)) return named[0];
  }
  return undefined;
}

function quantity(holder: ValueHolder, units: readonly string[]): Interval | undefined {
  if (typeof holder.valueInteger === 'number') return point(holder.valueInteger);
  if (holder.valueQuantity !== undefined) return ofQuantity(holder.valueQuantity, units);
  if (holder.valueRange !== undefined) {
    const low = scaled(holder.valueRange.low, units);
    const high = scaled(holder.valueRange.high, units);
    return low === undefined || high === undefined || low > high ? undefined : { min: low, max: high };
  }
  if (holder.valueRatio !== undefined) {
    const top = holder.valueRatio.numerator?.value;
    const bottom = holder.valueRatio.denominator?.value;
    if (top === undefined || bottom === undefined || bottom === 0) return undefined;
    if (units.includes('%')) return point((100 * top) / bottom);
    return bottom === 10 || bottom === 1 ? point(top) : undefined;
  }
  for (const { system, code } of codesOf(holder.valueCodeableConcept)) {
    const answer = system === LOINC ? painAnswers.get(code) : undefined;
    if (answer !== undefined) return point(answer);
  }
  for (const text of [holder.valueString, ...textsOf(holder.valueCodeableConcept)]) {
    const read = typeof text === 'string' ? ofText(text) : undefined;
    if (read !== undefined) return read;
  }
  return undefined;
}

function ofQuantity(quantity: Quantity, units: readonly string[]): Interval | undefined {
  const value = scaled(quantity, units);
  if (value === undefined) return undefined;
  switch (quantity.comparator) {
    case undefined:
      return point(value);
    case '<':
      return { min: -Infinity, max: value, maxExclusive: true };
    case '<=':
      return { min: -Infinity, max: value };
    case '>':
      return { min: value, max: Infinity, minExclusive: true };
    case '>=':
      return { min: value, max: Infinity };
    default:
      return undefined;
  }
}

/** The number in the finding's unit; undefined for a unit that can't be the finding's. */
function scaled(quantity: Quantity | undefined, units: readonly string[]): number | undefined {
  const value = quantity?.value;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const unit = quantity?.code ?? quantity?.unit;
  if (unit === undefined || unit === '') return value;
  const isAnnotation = /^\{.*\}$/.test(unit) && units.includes('1') && !units.includes('%');
  const known =
    isAnnotation || units.includes(unit) || (quantity?.unit !== undefined && units.includes(quantity.unit));
  if (!known) return undefined;
  // A bare ratio ("0.4" in UCUM unit 1) of something counted in per cent.
  if (unit === '1' && units.includes('%') && value <= 1) return value * 100;
  return value;
}

const NUMBER_TEXT =
  /^(?:about|approximately|approx\.?|~|ca\.?)? ?([<>]=?)? ?(-?\d{1,4}(?:[.,]\d{1,2})?) ?(?:(?:-|–|to) ?(\d{1,4}(?:[.,]\d{1,2})?))? ?(%|percent|per cent|\/ ?10|deg|degrees|°|out of 10)?$/i;

/** A number with its unit is short; whatever is longer is a sentence, and not read as a number. */
const NUMBER_TEXT_LENGTH = 60;

function ofText(text: string): Interval | undefined {
  const plain = text.trim().replace(/\s+/g, ' ');
  if (plain.length > NUMBER_TEXT_LENGTH) return undefined;
  const [, comparator, first, second] = NUMBER_TEXT.exec(plain) ?? [];
  if (first === undefined) return undefined;
  const low = Number(first.replace(',', '.'));
  if (second !== undefined) {
    const high = Number(second.replace(',', '.'));
    return low <= high ? { min: low, max: high } : undefined;
  }
  return ofQuantity({ value: low, ...(isComparator(comparator) && { comparator }) }, []);
}

function isComparator(text: string | undefined): text is '<' | '<=' | '>' | '>=' {
  return text === '<' || text === '<=' || text === '>' || text === '>=';
}

/** Clips the open ends of "<20" and ">80" to what is possible; a point outside it is no value. */
function possible(read: Interval | undefined, kind: { least: number; most: number }): Interval | undefined {
  if (read === undefined) return undefined;
  const { minExclusive, maxExclusive } = read;
  const min = Math.max(read.min, kind.least);
  const max = Math.min(read.max, kind.most);
  const clippedPoint = Number.isFinite(read.min) && read.min < kind.least;
  const clippedTop = Number.isFinite(read.max) && read.max > kind.most;
  if (clippedPoint || clippedTop || min > max) return undefined;
  return { min, max, ...(minExclusive && { minExclusive }), ...(maxExclusive && { maxExclusive }) };
}
