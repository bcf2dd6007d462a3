/**
 * The values a label of a metric may have. Each set is closed or bounded: a request can neither make a new series nor be
 * read from one.
 */
import type { FhirReading } from '../fhir/reader.js';
import type { NotWritten } from './log.js';
import type { Gap } from './request-line.js';

export const other = 'other';

/** A label whose values are known at start; what is not among them is `other`. */
export function closed(values: Iterable<string | number>): (value: string | number | undefined) => string {
  const known = new Map([...values].map((value) => [value, String(value)]));
  return (value) => (value === undefined ? other : (known.get(value) ?? other));
}

/** What our own code calls things: letters, digits, and single marks between them. */
const word = /^[A-Za-z0-9]{1,16}(?:[.-][A-Za-z0-9]{1,16}){0,4}$/;

/**
 * Pairs of words of our own code, which are listed nowhere: the first `most` pairs that are seen are kept; what comes
 * after them, or is no pair of words, is a pair of `other`.
 */
export function firstPairs(most: number): (one: string, two: string) => readonly [string, string] {
  const pairs = new Map<string, readonly [string, string]>();
  const folded = [other, other] as const;
  return (one, two) => {
    const key = `${one} ${two}`;
    const kept = pairs.get(key);
    if (kept !== undefined) return kept;
    if (pairs.size >= most || !word.test(one) || !word.test(two)) return folded;
    const pair = [one, two] as const;
    pairs.set(key, pair);
    return pair;
  };
}

/** What could not be written. */
export type Unwritten = NotWritten | 'log-lost';

/** Every member of a union, named once each: one that is missing does not compile. */
const membersOf = <Member extends string>(members: Readonly<Record<Member, true>>): readonly string[] =>
  Object.keys(members);

export const statuses = [200, 204, 400, 401, 403, 404, 405, 408, 412, 413, 415, 429, 431, 500, 503];
export const indicators = ['info', 'warning', 'critical'];
export const readOutcomes = membersOf<FhirReading['outcome']>({
  resource: true,
  'not-found': true,
  forbidden: true,
  timeout: true,
  failed: true,
});
export const gapReasons = membersOf<Gap>({
  'not-provided': true,
  'not-registered': true,
  'client-failed': true,
  forbidden: true,
  timeout: true,
  failed: true,
  none: true,
  incomplete: true,
});
export const unwritten = membersOf<Unwritten>({
  'cards-not-written': true,
  'cards-lost': true,
  'acts-not-written': true,
  'acts-lost': true,
  'history-not-read': true,
  'replay-not-shared': true,
  'feedback-not-written': true,
  'audit-not-written': true,
  'audit-lost': true,
  'tokens-not-written': true,
  'tokens-lost': true,
  'decisions-not-written': true,
  'decisions-lost': true,
  'log-lost': true,
});
