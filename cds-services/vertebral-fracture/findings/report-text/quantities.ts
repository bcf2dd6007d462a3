/** Measurements as a report writes them: per cent, fractions, millimetres, degrees; points, ranges and limits. */
import type { Token } from './tokens.js';
import { words } from './word-set.js';

export interface Quantity {
  /** "from 20 % to 45 %": the value it changed from; min and max are what it is now. */
  readonly before?: number;
  readonly unit: 'percent' | 'mm' | 'degree';
  readonly min: number;
  readonly max: number;
  /** "more than", "less than": the end itself is excluded. */
  readonly minExclusive?: true;
  readonly maxExclusive?: true;
  /** Tokens from the first of the expression ("less than") to past the unit. */
  readonly from: number;
  readonly to: number;
}

/** All measurements between two tokens, in order. Lengths in centimetres are given in millimetres. */
export function quantitiesIn(tokens: readonly Token[], from: number, to: number): readonly Quantity[] {
  const found: Quantity[] = [];
  let at = from;
  while (at < to) {
    const quantity = mayBegin(tokens[at])
      ? (measuredAt(tokens, at, to) ?? fractionAt(tokens, at, to))
      : undefined;
    if (quantity === undefined) {
      at += 1;
      continue;
    }
    found.push(...sharedUnit(tokens, quantity, from), limited(tokens, quantity, from));
    at = quantity.to;
  }
  return found;
}

/** "30 and 50 %", "20, 40 and 60 %": numbers that share the unit of the last. */
function sharedUnit(tokens: readonly Token[], quantity: Quantity, from: number): readonly Quantity[] {
  const before: Quantity[] = [];
  let at = quantity.from;
  while (at - 2 >= from && quantity.min === quantity.max) {
    const joint = tokens[at - 1]?.word;
    const number = tokens[at - 2];
    const isListed = joint !== undefined && SHARES_A_UNIT.has(joint);
    if (!isListed || number?.kind !== 'number' || number.word.length > 3 || isAfterBetween(tokens, at - 1))
      break;
    const value = Number(number.word);
    before.unshift({ unit: quantity.unit, min: value, max: value, from: at - 2, to: at - 1 });
    at -= 2;
  }
  return before;
}

const SHARES_A_UNIT = words(`
  and , & versus vs against
`);

function measuredAt(tokens: readonly Token[], at: number, to: number): Quantity | undefined {
  const first = numberAt(tokens, at);
  if (first === undefined || first.to >= to) return undefined;
  const plain = unitAt(tokens, first.to);
  const second = rangeEndAt(tokens, plain?.to ?? first.to);
  if (second !== undefined && second.to < to) {
    const unit = unitAt(tokens, second.to);
    if (unit !== undefined && (plain === undefined || plain.unit === unit.unit)) {
      if (second.value < first.value)
        return tokens[at - 1]?.word === 'from' ? fell(first.value, second.value, unit, at) : undefined;
      const scale = unit.scale;
      return { unit: unit.unit, min: first.value * scale, max: second.value * scale, from: at, to: unit.to };
    }
  }
  if (plain === undefined) return undefined;
  const value = first.value * plain.scale;
  return { unit: plain.unit, min: value, max: value, from: at, to: plain.to };
}

/** "from 45 % to 20 %" */
function fell(before: number, now: number, { unit, scale, to }: Unit, at: number): Quantity {
  return { unit, min: now * scale, max: now * scale, before: before * scale, from: at - 1, to };
}

interface Unit {
  readonly unit: Quantity['unit'];
  readonly scale: number;
  readonly to: number;
}

function unitAt(tokens: readonly Token[], at: number): Unit | undefined {
  const start = tokens[at]?.word === '-' ? at + 1 : at;
  const word = tokens[start]?.word;
  if (word === 'percent') return { unit: 'percent', scale: 1, to: start + 1 };
  if (word === 'per' && tokens[start + 1]?.word === 'cent')
    return { unit: 'percent', scale: 1, to: start + 2 };
  if (word === 'mm') return { unit: 'mm', scale: 1, to: start + 1 };
  if (word === 'cm') return { unit: 'mm', scale: 10, to: start + 1 };
  if (word === 'degree') return { unit: 'degree', scale: 1, to: start + 1 };
  return undefined;
}

/** "25-30", "25 to 30", "25 % - 30", "between 25 and 30" */
function rangeEndAt(tokens: readonly Token[], at: number): { value: number; to: number } | undefined {
  const joint = tokens[at]?.word;
  if (joint !== '-' && joint !== '--' && joint !== 'to' && joint !== 'and') return undefined;
  const isArticle = joint === 'to' && tokens[at + 1]?.word === 'a';
  const next = numberAt(tokens, isArticle ? at + 2 : at + 1);
  if (next === undefined) return undefined;
  return joint === 'and' && !isAfterBetween(tokens, at) ? undefined : next;
}

function isAfterBetween(tokens: readonly Token[], at: number): boolean {
  return [at - 2, at - 3, at - 4].some((before) => tokens[before]?.word === 'between');
}

const UNITS: ReadonlyMap<string, number> = new Map(
  [
    ...words(`
      zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
      seventeen eighteen nineteen
    `),
  ].map((word, number) => [word, number]),
);
const TENS: ReadonlyMap<string, number> = new Map([
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fourty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
  ['ninety', 90],
]);

function numberAt(tokens: readonly Token[], at: number): { value: number; to: number } | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'number') return { value: Number(token.word), to: at + 1 };
  if (token.word === 'hundred') return { value: 100, to: at + 1 };
  const units = UNITS.get(token.word);
  if (units !== undefined) return { value: units, to: at + 1 };
  const tens = TENS.get(token.word);
  if (tens === undefined) return undefined;
  const next = UNITS.get(tokens[at + 1]?.word ?? '') ?? 0;
  return next > 0 && next < 10 ? { value: tens + next, to: at + 2 } : { value: tens, to: at + 1 };
}

const PARTS: ReadonlyMap<string, number> = new Map([
  ['half', 50],
  ['halves', 50],
  ['third', 33],
  ['thirds', 33],
  ['quarter', 25],
  ['quarters', 25],
  ['fourth', 25],
  ['fourths', 25],
  ['fifth', 20],
  ['fifths', 20],
]);
const SIGNS: ReadonlyMap<string, number> = new Map([
  ['½', 50],
  ['⅓', 33],
  ['¼', 25],
  ['¾', 75],
  ['⅔', 67],
  ['⅕', 20],
  ['⅖', 40],
  ['⅗', 60],
  ['⅘', 80],
]);

/** What every measurement begins with but those in digits. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  ...UNITS.keys(),
  ...TENS.keys(),
  ...SIGNS.keys(),
  'hundred',
  'half',
  'a',
  'an',
]);

function mayBegin(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'number' || BEGINNINGS.has(token.word));
}

const NOT_AFTER_A_FRACTION = words(`
  lumbar thoracic cervical sacral ventricle rib party day week
`);

/** "half", "one third", "two thirds", "1/3", "a quarter"; "anterior third" is a place, no amount. */
function fractionAt(tokens: readonly Token[], at: number, to: number): Quantity | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const sign = SIGNS.get(token.word);
  if (sign !== undefined) return percent(sign, at, at + 1);
  if (token.kind === 'number' && tokens[at + 1]?.word === '/' && tokens[at + 2]?.kind === 'number') {
    return ofDigits(tokens, at);
  }
  if (token.word === 'half') return isASide(tokens, at) ? undefined : percent(50, at, at + 1);
  const count = token.word === 'a' || token.word === 'an' ? 1 : numberAt(tokens, at)?.value;
  const size = PARTS.get(tokens[at + 1]?.word ?? '');
  if (count === undefined || size === undefined || at + 1 >= to || count > 4) return undefined;
  if (NOT_AFTER_A_FRACTION.has(tokens[at + 2]?.word ?? '')) return undefined;
  const whole = size === 33 && count === 2 ? 67 : size * count;
  return whole > 100 ? undefined : percent(whole, at, at + 2);
}

const SIDES = words(`
  superior inferior anterior posterior left right medial lateral proximal distal top bottom front back cranial
  caudal other opposite
`);

/** "the superior half of T11" is a place, no amount. */
function isASide(tokens: readonly Token[], at: number): boolean {
  return SIDES.has(tokens[at - 1]?.word ?? '');
}

/** "1/3", "2/3"; a date or a score ("8/10") is none. */
function ofDigits(tokens: readonly Token[], at: number): Quantity | undefined {
  const top = Number(tokens[at]?.word);
  const bottom = Number(tokens[at + 2]?.word);
  const isFraction =
    top > 0 && top < bottom && bottom <= 5 && tokens[at + 3]?.word !== '/' && tokens[at - 1]?.word !== '/';
  if (!isFraction || NOT_A_PART.has(tokens[at + 3]?.word ?? '')) return undefined;
  return percent(Math.round((100 * top) / bottom), at, at + 3);
}

const NOT_A_PART: ReadonlySet<string> = new Set(['disc', 'level', 'percent', 'mm', 'power', 'strength']);

function percent(value: number, from: number, to: number): Quantity {
  return { unit: 'percent', min: value, max: value, from, to };
}

const TOPS: Readonly<Record<Quantity['unit'], number>> = { percent: 100, mm: 1000, degree: 180 };

/** Applies the words before it: "less than", "at least", "up to", "~". */
function limited(tokens: readonly Token[], quantity: Quantity, from: number): Quantity {
  let at = quantity.from;
  while (at > from && FILLERS.has(tokens[at - 1]?.word ?? '')) at -= 1;
  const one = at > from ? (tokens[at - 1]?.word ?? '') : '';
  const two = at - 1 > from ? (tokens[at - 2]?.word ?? '') : '';
  const three = at - 2 > from ? (tokens[at - 3]?.word ?? '') : '';
  if (
    one === 'from' &&
    two !== 'ranging' &&
    two !== 'range' &&
    two !== 'ranges' &&
    quantity.min !== quantity.max
  ) {
    return { ...quantity, min: quantity.max, before: quantity.min, from: at - 1 };
  }
  const top = TOPS[quantity.unit];
  const least = (words: number) => ({ ...quantity, max: top, from: at - words });
  const most = (words: number) => ({ ...quantity, min: 0, from: at - words });
  const above = (words: number) => ({ ...least(words), minExclusive: true as const });
  const under = (words: number) => ({ ...most(words), maxExclusive: true as const });
  const isDenied = two === 'no' || two === 'not';
  if (one === '<' || one === 'under' || one === 'below') return under(1);
  if (one === '≤') return most(1);
  if (one === '≥') return least(1);
  if (one === '>' || one === 'over' || one === 'exceeding' || one === 'above')
    return isDenied ? most(2) : above(1);
  const isDeniedMore = three === 'not' || three === 'no';
  if (one === 'than' && (two === 'less' || two === 'fewer')) return isDeniedMore ? least(3) : under(2);
  if (one === 'than' && (two === 'more' || two === 'greater')) return isDeniedMore ? most(3) : above(2);
  if (one === 'least' && two === 'at') return least(2);
  if (one === 'most' && two === 'at') return most(2);
  if (one === 'to' && two === 'up') return most(2);
  return at === quantity.from ? quantity : { ...quantity, from: at };
}

const FILLERS: ReadonlySet<string> = new Set(['approximately', '~', 'nearly', 'almost', 'est', 'an', 'a']);
