/**
 * Reports read lately. The calls of an order session bring the same texts again and again; what a text says depends on
 * nothing but the text. Kept in memory for a short time, never written anywhere.
 */
import { LRUCache } from 'lru-cache';
import { type ReadReport, readReport } from './report-text/read-report.js';

/** Milliseconds: an order session. */
const KEPT_MS = 120_000;
/** Characters of all texts together. */
const MOST_KEPT = 4_000_000;
/** A longer text is read anew: it would push out all others. */
const LONGEST_KEPT = 200_000;

const readLately = new LRUCache<string, ReadReport>({
  ttl: KEPT_MS,
  maxSize: MOST_KEPT,
  sizeCalculation: (_, text) => text.length + 1,
});

/** What the text of a report says; parameters and answer as of `readReport`. */
export function readOrRemembered(text: string): ReadReport {
  if (text.length > LONGEST_KEPT) return readReport(text);
  let report = readLately.get(text);
  if (report === undefined) readLately.set(text, (report = readReport(text)));
  return report;
}
