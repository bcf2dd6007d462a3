/** The period a dashboard is asked for, and the order of its table: read from the address, never from anything else. */

export interface Asked {
  /** First and last day, both included: ISO, UTC. */
  readonly from: string;
  readonly until: string;
  /** Days back from today, where one of the ready periods was picked. */
  readonly days?: number;
  readonly sort: SortKey;
  /** Tells groups of fewer cards than may be told. */
  readonly allCells: boolean;
}

export const sortKeys = ['name', 'shown', 'accepted', 'overridden', 'ignored', 'acceptance'] as const;
export type SortKey = (typeof sortKeys)[number];

export const readyPeriods = [7, 30, 90] as const;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type PeriodReading =
  | { readonly ok: true; readonly asked: Asked }
  | { readonly ok: false; readonly path: string; readonly message: string };

/** @param query parameters of the address: `days`, or `from` and `until`; `sort`; `cells=all` */
export function periodOf(query: Readonly<Record<string, unknown>>, now: Date): PeriodReading {
  const today = dayOf(now);
  const sort = sortKeys.find((key) => key === query.sort) ?? 'shown';
  const allCells = query.cells === 'all';
  const { from, until = today } = query;
  if (from === undefined || from === '') {
    const days = Number(query.days ?? 30);
    if (!Number.isInteger(days) || days < 1 || days > 3660) {
      return { ok: false, path: 'days', message: 'must be a whole number of days, 3660 at most' };
    }
    const first = dayOf(new Date(now.getTime() - (days - 1) * DAY_MS));
    return { ok: true, asked: { from: first, until: today, days, sort, allCells } };
  }
  if (!isDay(from)) return { ok: false, path: 'from', message: 'must be a day such as 2026-11-23' };
  if (!isDay(until)) return { ok: false, path: 'until', message: 'must be a day such as 2026-11-23' };
  if (from > until) return { ok: false, path: 'from', message: 'must not be after until' };
  return { ok: true, asked: { from, until, sort, allCells } };
}

function isDay(text: unknown): text is string {
  return typeof text === 'string' && DAY.test(text) && !Number.isNaN(Date.parse(text));
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The query of an address that asks for the same with changes. */
export function queryOf(
  asked: Asked,
  change: Partial<Pick<Asked, 'sort' | 'allCells' | 'days'>> = {},
): string {
  const { days, sort, allCells } = { ...asked, ...change };
  const period = days === undefined ? { from: asked.from, until: asked.until } : { days: String(days) };
  return new URLSearchParams({
    ...period,
    ...(sort !== 'shown' && { sort }),
    ...(allCells && { cells: 'all' }),
  }).toString();
}
