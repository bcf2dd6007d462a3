/** A rate with the interval it may lie in. */
export interface Rate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the normal distribution: intervals of 95 %. */
const z = 1.959963984540054;

/** Wilson score interval of 95 % (Wilson 1927) for `hits` of `of`; undefined for none of none. */
export function wilson(hits: number, of: number): Rate | undefined {
  if (of === 0) return undefined;
  const p = hits / of;
  const spread = z * z;
  const centre = (p + spread / (2 * of)) / (1 + spread / of);
  const half = (z / (1 + spread / of)) * Math.sqrt((p * (1 - p)) / of + spread / (4 * of * of));
  // At the ends the interval ends there; arithmetic would miss it by the last digit.
  const low = hits === 0 ? 0 : centre - half;
  return { rate: p, low, high: hits === of ? 1 : centre + half };
}
