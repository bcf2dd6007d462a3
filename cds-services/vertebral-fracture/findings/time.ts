/** FHIR dates and the spans they stand for. All spans are in whole UTC days unless said otherwise. */
import type { Period } from 'fhir/r4.js';

const MS_PER_DAY = 86_400_000;

/** When something was: the first and the last moment it may have been, in ms since 1970. */
export interface Moment {
  readonly earliest: number;
  readonly latest: number;
  /** As recorded. */
  readonly text: string;
}

const FHIR_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T.+)?)?)?$/;

/** Reads a FHIR date, dateTime or instant, which may be partial ("2026-10"); anything else is undefined. */
export function momentOf(text: string | undefined): Moment | undefined {
  const parts = typeof text === 'string' ? FHIR_DATE.exec(text) : null;
  if (text === undefined || parts === null) return undefined;
  const [, year, month, day, time] = parts;
  if (time !== undefined) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? undefined : { earliest: at, latest: at, text };
  }
  const y = Number(year);
  const m = month === undefined ? undefined : Number(month) - 1;
  if (m !== undefined && m > 11) return undefined;
  const earliest = Date.UTC(y, m ?? 0, day === undefined ? 1 : Number(day));
  const after =
    m === undefined
      ? Date.UTC(y + 1, 0, 1)
      : day === undefined
        ? Date.UTC(y, m + 1, 1)
        : earliest + MS_PER_DAY;
  return { earliest, latest: after - 1, text };
}

/** When something lasting began: the start of a Period. */
export function momentOfPeriod(period: Period | undefined): Moment | undefined {
  return momentOf(period?.start) ?? momentOf(period?.end);
}

/** When something happened at an unknown moment of a Period: the whole span of it. */
export function momentWithin(period: Period | undefined): Moment | undefined {
  const start = momentOf(period?.start);
  const end = momentOf(period?.end);
  if (start === undefined || end === undefined || end.latest < start.earliest) return start ?? end;
  return { earliest: start.earliest, latest: end.latest, text: `${start.text} to ${end.text}` };
}

/** Calendar day (days since 1970) of a moment in ms. */
export function dayOf(ms: number): number {
  return Math.floor(ms / MS_PER_DAY);
}

/** Whole calendar days from one moment to another, at least and at most. */
export function daysBetween(from: Moment, toMs: number): { min: number; max: number } {
  const to = dayOf(toMs);
  return { min: Math.max(0, to - dayOf(from.latest)), max: Math.max(0, to - dayOf(from.earliest)) };
}

/** Age in completed years at a moment; undefined when a partial birth date leaves it open. */
export function ageInYears(birthDate: string | undefined, atMs: number): number | undefined {
  const birth = momentOf(birthDate);
  if (birth === undefined || birth.earliest > atMs) return undefined;
  const oldest = completedYears(birth.earliest, atMs);
  const youngest = completedYears(birth.latest, atMs);
  return oldest === youngest ? oldest : undefined;
}

function completedYears(from: number, to: number): number {
  const a = new Date(from);
  const b = new Date(to);
  const hadBirthday =
    b.getUTCMonth() > a.getUTCMonth() ||
    (b.getUTCMonth() === a.getUTCMonth() && b.getUTCDate() >= a.getUTCDate());
  return b.getUTCFullYear() - a.getUTCFullYear() - (hadBirthday ? 0 : 1);
}

/** The last moment of the day an ISO date names, or the moment an ISO date-time names. */
export function endOf(isoDateOrTime: string): number | undefined {
  return momentOf(isoDateOrTime)?.latest;
}
