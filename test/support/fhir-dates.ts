/** Dates of any precision as spans of time, and the date search of FHIR over them (search.html#date). */

/** From `start` (included) to `end` (excluded), ms since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const pattern =
  /^(?<year>\d{4})(-(?<month>\d\d)(-(?<day>\d\d)(T(?<time>\d\d:\d\d)(:(?<second>\d\d)(\.\d+)?)?(?<zone>Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** The span of a date, dateTime or instant; without a zone it is read as UTC. */
export function spanOf(text: string): Span | undefined {
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { year = '', month, day, time, second, zone } = parts;
  const start = Date.parse(
    `${year}-${month ?? '01'}-${day ?? '01'}T${time ?? '00:00'}:${second ?? '00'}${zone ?? 'Z'}`,
  );
  if (Number.isNaN(start)) return undefined;
  if (second !== undefined) return { start, end: start + 1000 };
  if (time !== undefined) return { start, end: start + 60_000 };
  if (day !== undefined) return { start, end: start + 86_400_000 };
  const end =
    month === undefined ? Date.UTC(Number(year) + 1, 0, 1) : Date.UTC(Number(year), Number(month), 1);
  return { start, end };
}

/** The span of an element: a Period may be open at either end. */
export function spanOfElement(element: unknown): Span | undefined {
  if (typeof element === 'string') return spanOf(element);
  if (typeof element !== 'object' || element === null) return undefined;
  const { start, end } = element as { readonly start?: unknown; readonly end?: unknown };
  if (start === undefined && end === undefined) return undefined;
  return {
    start: (typeof start === 'string' ? spanOf(start)?.start : undefined) ?? -Infinity,
    end: (typeof end === 'string' ? spanOf(end)?.end : undefined) ?? Infinity,
  };
}

/** A predicate for a search value such as `ge2026-01`; undefined when it can't be read or has a prefix out of the subset. */
export function dateTest(value: string): ((found: Span) => boolean) | undefined {
  const prefix = /^[a-z]{2}/.exec(value)?.[0];
  const wanted = spanOf(prefix === undefined ? value : value.slice(2));
  if (wanted === undefined) return undefined;
  const isWithin = ({ start, end }: Span) => start >= wanted.start && end <= wanted.end;
  const isBefore = ({ start }: Span) => start < wanted.start;
  const isAfter = ({ end }: Span) => end > wanted.end;
  switch (prefix) {
    case undefined:
    case 'eq':
      return isWithin;
    case 'lt':
      return isBefore;
    case 'gt':
      return isAfter;
    case 'le':
      return (found) => isBefore(found) || isWithin(found);
    case 'ge':
      return (found) => isAfter(found) || isWithin(found);
    default:
      return undefined;
  }
}
