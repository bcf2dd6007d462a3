/** A measured quantity as the span it may lie in; a point has min = max. */
export interface Interval {
  readonly min: number;
  readonly max: number;
  /** "more than 80 %": the lower end itself is excluded. */
  readonly minExclusive?: true;
  /** "less than 20 %": the upper end itself is excluded. */
  readonly maxExclusive?: true;
}

export function point(value: number): Interval {
  return { min: value, max: value };
}

export function span(min: number, max: number): Interval {
  return { min, max };
}

export function areDisjoint(a: Interval, b: Interval): boolean {
  return isBelow(a, b) || isBelow(b, a);
}

function isBelow(a: Interval, b: Interval): boolean {
  return a.max < b.min || (a.max === b.min && (a.maxExclusive === true || b.minExclusive === true));
}

/** The part two overlapping intervals share: what both statements allow. */
export function intersection(a: Interval, b: Interval): Interval {
  const lower = a.min > b.min || (a.min === b.min && a.minExclusive === true) ? a : b;
  const upper = a.max < b.max || (a.max === b.max && a.maxExclusive === true) ? a : b;
  return build(lower, upper);
}

/** The smallest interval that holds both. */
export function hull(a: Interval, b: Interval): Interval {
  const lower = a.min < b.min || (a.min === b.min && a.minExclusive !== true) ? a : b;
  const upper = a.max > b.max || (a.max === b.max && a.maxExclusive !== true) ? a : b;
  return build(lower, upper);
}

function build(lower: Interval, upper: Interval): Interval {
  return {
    min: lower.min,
    max: upper.max,
    ...(lower.minExclusive === true && { minExclusive: true }),
    ...(upper.maxExclusive === true && { maxExclusive: true }),
  };
}

export function areEqual(a: Interval, b: Interval): boolean {
  return (
    a.min === b.min &&
    a.max === b.max &&
    a.minExclusive === b.minExclusive &&
    a.maxExclusive === b.maxExclusive
  );
}
