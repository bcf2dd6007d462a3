/**
 * Reads the Retry-After header (RFC 9110, 10.2.3): seconds or a date.
 */

/** Milliseconds to wait from `now` (ms since 1970) on, never negative; undefined when the header says nothing usable. */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  if (header == null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2},? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
