/** Kleene's three-valued logic: unknown is neither true nor false, and never read as either. */
import type { Finding } from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';

export type Truth = 'true' | 'false' | 'unknown';

export function truth(value: boolean | undefined): Truth {
  return value === undefined ? 'unknown' : value ? 'true' : 'false';
}

/** False if any is false, true if all are true, else unknown. */
export function and(...parts: readonly Truth[]): Truth {
  if (parts.includes('false')) return 'false';
  return parts.includes('unknown') ? 'unknown' : 'true';
}

/** True if any is true, false if all are false, else unknown. */
export function or(...parts: readonly Truth[]): Truth {
  if (parts.includes('true')) return 'true';
  return parts.includes('unknown') ? 'unknown' : 'false';
}

export function not(part: Truth): Truth {
  return part === 'unknown' ? 'unknown' : part === 'true' ? 'false' : 'true';
}

/** Two-valued on purpose: whether something is established. Says nothing about what is not. */
export function isTrue(part: Truth): boolean {
  return part === 'true';
}

/** For rows that "pass over" an unknown fact: true unless the fact is established. */
export function isNotEstablished(part: Truth): Truth {
  return part === 'true' ? 'false' : 'true';
}

/** The finding has this value. */
export function isValue<Value>(finding: Finding<Value> | undefined, ...values: readonly Value[]): Truth {
  return finding === undefined ? 'unknown' : truth(values.includes(finding.value));
}

/** The quantity lies below the limit; unknown where its interval straddles it. */
export function below(quantity: Interval | undefined, limit: number): Truth {
  if (quantity === undefined) return 'unknown';
  if (quantity.max < limit || (quantity.max === limit && quantity.maxExclusive === true)) return 'true';
  return quantity.min >= limit ? 'false' : 'unknown';
}

/** The quantity lies above the limit; unknown where its interval straddles it. */
export function above(quantity: Interval | undefined, limit: number): Truth {
  if (quantity === undefined) return 'unknown';
  if (quantity.min > limit || (quantity.min === limit && quantity.minExclusive === true)) return 'true';
  return quantity.max <= limit ? 'false' : 'unknown';
}

export function atLeast(quantity: Interval | undefined, limit: number): Truth {
  return not(below(quantity, limit));
}

export function atMost(quantity: Interval | undefined, limit: number): Truth {
  return not(above(quantity, limit));
}
