/** Puts together what the parts of a report say of one vertebra: an addendum outranks the impression, which outranks the findings. */
import { catalogue } from '../catalogue.js';
import type { FractureFindingName, FractureValues } from '../finding.js';
import { areDisjoint, hull, intersection, type Interval } from '../interval.js';
import { LEVELS, type Level } from '../level.js';
import type { Span } from './context.js';
import type { Placed, PlacedOfPatient } from './placed.js';
import {
  deniesAValue,
  type Firmness,
  type FractureStatus,
  type PatientSign,
  type SaidStatus,
  type SaidValue,
} from './said.js';
import type { Section } from './sections.js';

export interface PlainValue {
  readonly name: FractureFindingName;
  readonly value: FractureValues[FractureFindingName];
  readonly quotes: readonly Span[];
}

export interface PlainEntry {
  readonly level: Level | undefined;
  readonly status: FractureStatus;
  readonly quotes: readonly Span[];
  readonly values: readonly PlainValue[];
}

interface OfSection<Said> {
  readonly said: Said;
  readonly section: Section;
}

const RANK: Readonly<Partial<Record<Section, number>>> = { addendum: 3, impression: 2, findings: 1 };

function rankOf({ section }: { section: Section }): number {
  return RANK[section] ?? 0;
}

/** A hostile text makes more statements than a function takes arguments. */
function highestRank(all: readonly { section: Section }[]): number {
  let highest = 0;
  for (const one of all) highest = Math.max(highest, rankOf(one));
  return highest;
}

/** One entry a vertebra, from the top; the one without a vertebra last. */
export function entriesOf(placed: readonly Placed[]): readonly PlainEntry[] {
  const told = new Set(placed.map(({ level }) => level));
  const named = LEVELS.flatMap((level) => {
    if (!told.has(level)) return [];
    const own = placed.filter((one) => one.level === level);
    return entryOf(level, own) ?? [];
  });
  const fractures = named.filter(({ status }) => status === 'present' || status === 'possible');
  const unnamed = placed.filter((one) => one.level === undefined);
  const [only] = fractures;
  if (fractures.length === 1 && only?.level !== undefined) {
    const level = only.level;
    const own = placed.filter((one) => one.level === level);
    const joined = entryOf(level, [...own, ...unnamed.filter((one) => isOfTheOnly(one, level))]);
    return named.map((entry) =>
      entry.level === level && joined !== undefined ? { ...joined, status: entry.status } : entry,
    );
  }
  if (fractures.length > 0) return named;
  const alone = entryOf(undefined, unnamed);
  const isFracture = alone?.status === 'present' || alone?.status === 'possible';
  return isFracture && named.every(({ status }) => status === 'absent') ? [...named, alone] : named;
}

/** A denial "at T12-L1" is none of a fracture of T6, though it is the only one. */
function isOfTheOnly({ said }: Placed, level: Level): boolean {
  if (said.kind !== 'value') return false;
  if (!deniesAValue(said) || said.owner.kind !== 'mention') return true;
  return said.owner.mention.levels.includes(level);
}

function entryOf(level: Level | undefined, placed: readonly Placed[]): PlainEntry | undefined {
  const statuses = placed.filter(isOfAStatus);
  const values = placed.filter(isOfAValue);
  const told = statusOf(statuses);
  const losses =
    told === 'historical' ? values.filter(({ said }) => isALoss(said) || isCompared(said, values)) : [];
  const status = losses.length > 0 ? 'present' : told;
  if (status === undefined) return undefined;
  const own = status === 'present' ? values.filter(({ said }) => said.ofAPossibleOne !== true) : values;
  return {
    level,
    status,
    quotes: distinct(
      [...statuses.filter(({ said }) => said.status === status), ...losses].map(({ said }) => said.quote),
    ),
    values:
      status === 'absent'
        ? []
        : valuesOf(withoutAgesInDoubt(level === undefined ? withoutDenials(own) : own)),
  };
}

function isOfAStatus(one: Placed): one is Placed & OfSection<SaidStatus> {
  return one.said.kind === 'status';
}

function isOfAValue(one: Placed): one is Placed & OfSection<SaidValue> {
  return one.said.kind === 'value';
}

/** A cemented vertebra whose loss of height is told is seen on these images. */
function isALoss({ finding, firmness }: SaidValue): boolean {
  return finding.name === 'heightLossPercent' && firmness !== 'implied' && finding.value.min > 0;
}

/** "Prior fracture of T12, unchanged": what is compared is seen; of a cemented vertebra it may be the cement. */
function isCompared({ finding }: SaidValue, values: readonly OfSection<SaidValue>[]): boolean {
  const isCemented = values.some(({ said }) => said.finding.name === 'priorAugmentation');
  return finding.name === 'progression' && !isCemented;
}

/** Of a fracture without a vertebra nobody knows what it is that does not have the sign: nothing is denied. */
function withoutDenials(values: readonly OfSection<SaidValue>[]): readonly OfSection<SaidValue>[] {
  return values.filter(({ said }) => !deniesAValue(said));
}

/** What has not changed, but has oedema, need not be old. */
function withoutAgesInDoubt(values: readonly OfSection<SaidValue>[]): readonly OfSection<SaidValue>[] {
  const isOedematous = values.some(({ said }) => said.finding.name === 'marrowOedema' && said.finding.value);
  return values.filter(
    ({ said }) => !(isOedematous && said.finding.name === 'acuity' && said.firmness === 'implied'),
  );
}

const STRONGEST_FIRST: readonly FractureStatus[] = ['present', 'possible', 'absent'];

/** The part of the report that ranks highest decides; "no acute fracture" does not deny an old one, and history yields to what is seen. */
function statusOf(statuses: readonly OfSection<SaidStatus>[]): FractureStatus | undefined {
  const isSeen = statuses.some(({ said }) => said.status === 'present' || said.status === 'possible');
  const current = statuses.filter(
    ({ said }) => said.status !== 'historical' && !(isSeen && said.onlyOfAcute === true),
  );
  if (current.length === 0) return statuses.length > 0 ? 'historical' : undefined;
  const highest = highestRank(current);
  const top = current.filter((one) => rankOf(one) === highest);
  const firm = top.filter(({ said }) => said.weak !== true);
  if (endsInADenial(firm)) return 'absent';
  const said = new Set((firm.length > 0 ? firm : top).map((one) => one.said.status));
  const strongest = STRONGEST_FIRST.find((status) => said.has(status));
  return strongest === 'present' && isOnlyASuspectedShape(current, top) ? 'possible' : strongest;
}

/** "What was called a fracture of L2 is a Schmorl's node. L2 is not fractured.": the last word on it counts. */
function endsInADenial(firm: readonly OfSection<SaidStatus>[]): boolean {
  const last = firm.reduce<SaidStatus | undefined>(
    (latest, { said }) => (latest === undefined || said.quote.from >= latest.quote.from ? said : latest),
    undefined,
  );
  return last?.status === 'absent' && last.byName === true;
}

/** "Slight loss of height of L3, suspicious for a fracture": the shape is seen, what it means is in doubt. */
function isOnlyASuspectedShape(
  current: readonly OfSection<SaidStatus>[],
  top: readonly OfSection<SaidStatus>[],
): boolean {
  const isNamed = current.some(({ said }) => said.status === 'present' && said.byName === true);
  return !isNamed && top.some(({ said }) => said.status === 'possible' && said.byName === true);
}

function valuesOf(values: readonly OfSection<SaidValue>[]): readonly PlainValue[] {
  const names = new Set(values.map(({ said }) => said.finding.name));
  return [...names].flatMap((name) => {
    const about = values.filter(({ said }) => said.finding.name === name);
    const chosen = catalogue[name].value.kind === 'quantity' ? interval(about) : single(name, about);
    return chosen === undefined ? [] : [{ name, ...chosen }];
  });
}

const FIRMEST_FIRST: readonly Firmness[] = ['measured', 'graded', 'implied'];

interface Chosen {
  readonly value: FractureValues[FractureFindingName];
  readonly quotes: readonly Span[];
}

/** Values that are implied only count where nothing is put more firmly anywhere in the report. */
function withoutImplied(about: readonly OfSection<SaidValue>[]): readonly OfSection<SaidValue>[] {
  const firm = about.filter(({ said }) => said.firmness !== 'implied');
  return firm.length > 0 ? firm : about;
}

/** The number of the highest part; a grade there yields to a number in another part, except in an addendum. */
function interval(all: readonly OfSection<SaidValue>[]): Chosen | undefined {
  const about = withoutImplied(all);
  const highest = highestRank(about);
  const top = ofFirmest(about.filter((one) => rankOf(one) === highest));
  const spans = top.map(({ said }) => said.finding.value as Interval);
  let value = spans[0];
  if (value === undefined) return undefined;
  for (const next of spans.slice(1))
    value = areDisjoint(value, next) ? hull(value, next) : intersection(value, next);
  const quotes = top.map(({ said }) => said.quote);
  if (top[0]?.said.firmness === 'measured') return { value, quotes: distinct(quotes) };
  const number = about.findLast(({ said }) => said.firmness === 'measured');
  if (highest === RANK.addendum || number === undefined) return { value, quotes: distinct(quotes) };
  return { value: number.said.finding.value, quotes: distinct([number.said.quote, ...quotes]) };
}

function ofFirmest(about: readonly OfSection<SaidValue>[]): readonly OfSection<SaidValue>[] {
  const firmest = FIRMEST_FIRST.find((firmness) => about.some(({ said }) => said.firmness === firmness));
  return about.filter(({ said }) => said.firmness === firmest);
}

/** What the highest part says; where it contradicts itself, the danger counts, and of two harmless values none. */
function single(name: FractureFindingName, all: readonly OfSection<SaidValue>[]): Chosen | undefined {
  const about = withoutImplied(all);
  const highest = highestRank(about);
  const top = ofFirmest(about.filter((one) => rankOf(one) === highest));
  const values = new Set(top.map(({ said }) => said.finding.value));
  const value = values.size === 1 ? top[0]?.said.finding.value : worstOf(name, values);
  if (value === undefined) return undefined;
  return {
    value,
    quotes: distinct(top.filter(({ said }) => said.finding.value === value).map(({ said }) => said.quote)),
  };
}

/** Findings whose contradictions leave nothing certain. */
const NO_WORST: ReadonlySet<FractureFindingName> = new Set(['marrowOedema', 'aetiology']);

function worstOf(
  name: FractureFindingName,
  values: ReadonlySet<unknown>,
): FractureValues[FractureFindingName] | undefined {
  const { value: kind } = catalogue[name];
  if (name === 'acuity') return ageOf(values);
  if (NO_WORST.has(name)) return undefined;
  if (kind.kind === 'yes-no') return kind.danger;
  if (kind.kind === 'choice') {
    return kind.choices.find((choice) => values.has(choice)) as
      FractureValues[FractureFindingName] | undefined;
  }
  return undefined;
}

/** An acute fracture of an old one is both; an old one that is healed is healed. Other ages contradict each other. */
function ageOf(values: ReadonlySet<unknown>): 'acute-on-chronic' | 'healed' | undefined {
  if (values.has('acute-on-chronic')) return 'acute-on-chronic';
  return values.size === 2 && values.has('healed') && values.has('chronic') ? 'healed' : undefined;
}

/** Signs of the patient: the highest part decides; a danger stated there outranks its denial. */
export function signsOf(
  said: readonly PlacedOfPatient[],
): readonly { sign: PatientSign; value: boolean; quotes: readonly Span[] }[] {
  const signs = new Set(said.map(({ sign }) => sign));
  return [...signs].map((sign) => {
    const about = said.filter((one) => one.sign === sign);
    const highest = highestRank(about);
    const top = about.filter((one) => rankOf(one) === highest);
    const value = top.some((one) => one.value);
    return {
      sign,
      value,
      quotes: distinct(top.filter((one) => one.value === value).map(({ quote }) => quote)),
    };
  });
}

/** Nearly always they are, and then none is there twice. */
function areInOrder(quotes: readonly Span[]): boolean {
  for (let index = 1; index < quotes.length; index += 1) {
    const [before, next] = [quotes[index - 1], quotes[index]];
    if (before === undefined || next === undefined) return false;
    if (next.from < before.from || (next.from === before.from && next.to <= before.to)) return false;
  }
  return true;
}

/** More tokens than a text has. */
const FARTHEST = 2 ** 26;

function distinct(quotes: readonly Span[]): readonly Span[] {
  if (areInOrder(quotes)) return quotes;
  const seen = new Set<number>();
  return quotes.filter(({ from, to }) => {
    const { size } = seen;
    return seen.add(from * FARTHEST + to).size > size;
  });
}
