/**
 * What became of the cards that went out: accepted, overridden, ignored, and how fast, by everything a clinical lead may
 * ask about. Denominators are cards shown. Small groups are hidden unless asked for.
 */
import { sql } from 'kysely';
import type { Database } from '../database/open-database.js';
import { dayAfter, refreshDays } from './day-numbers.js';
import { type Rate, wilson } from './wilson.js';

export interface StatisticsAsked {
  /** First day of the period: ISO, UTC. */
  readonly from: string;
  /** Last day of the period, included. */
  readonly until: string;
  /** The moment of asking. */
  readonly now: Date;
  /** Hours without feedback after which a card counts as ignored. */
  readonly ignoredAfterHours: number;
  /** Groups of fewer cards are counted, not told; 1 tells everything. */
  readonly smallestGroup: number;
}

export const defaultIgnoredAfterHours = 24;
export const defaultSmallestGroup = 5;

/** Counts of a group; undefined rates where nothing was shown. */
export interface Figures {
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
  /** Shown long enough ago, and nobody answered. */
  readonly ignored: number;
  readonly acceptance?: Rate;
  readonly override?: Rate;
  /** Mean seconds from showing to answering. */
  readonly secondsToAct?: number;
}

export interface Group extends Figures {
  readonly name: string;
}

/** Groups of one kind; `hidden` counts those too small to tell. */
export interface Breakdown {
  readonly groups: readonly Group[];
  readonly hidden: number;
}

export interface Reasons {
  readonly rule: string;
  readonly system: string | null;
  /** Null where none was given. */
  readonly code: string | null;
  readonly count: number;
}

export interface Statistics {
  readonly from: string;
  readonly until: string;
  readonly ignoredAfterHours: number;
  readonly smallestGroup: number;
  readonly total: Figures;
  readonly byRule: Breakdown;
  readonly byOutcome: Breakdown;
  readonly byHook: Breakdown;
  readonly byClient: Breakdown;
  readonly byKnowledgeVersion: Breakdown;
  /** By the Monday each week begins on. */
  readonly byWeek: Breakdown;
  readonly reasons: readonly Reasons[];
  readonly missingData: {
    /** Cards that said that something decisive is missing. */
    readonly cards: number;
    readonly share?: Rate;
    readonly byFinding: readonly { readonly finding: string; readonly cards: number }[];
  };
  readonly repeats: {
    /** Cards that said the same about the same patient as an earlier one. */
    readonly cards: number;
    readonly share?: Rate;
  };
  readonly shadow: Figures;
  /** Feedback of the period on cards that nobody here knows. */
  readonly unknownCards: number;
}

/** Reads everything for a period; the numbers of its days are brought up to date first. */
export async function statistics(database: Database, asked: StatisticsAsked): Promise<Statistics> {
  await refreshDays(database, asked.from, asked.until);
  const recent = await recentlyIgnored(database, asked);
  const counts = await countsIn(database, asked, recent);
  const live = counts.filter(({ mode }) => mode === 'live');
  const by = (name: (one: Count) => string) => breakdown(live, name, asked.smallestGroup);
  const total = figures(live);
  const missing = await missingIn(database, asked);
  const missingCards = missing.reduce((sum, { cards }) => sum + cards, 0);
  const repeated = live.reduce((sum, { repeats }) => sum + repeats, 0);
  return {
    from: asked.from,
    until: asked.until,
    ignoredAfterHours: asked.ignoredAfterHours,
    smallestGroup: asked.smallestGroup,
    total,
    byRule: by(({ rule }) => rule),
    byOutcome: by(({ outcome }) => outcome),
    byHook: by(({ hook }) => hook),
    byClient: by(({ client }) => client ?? 'unknown'),
    byKnowledgeVersion: by(({ version }) => version),
    byWeek: await weeksIn(database, asked, recent),
    reasons: await reasonsIn(database, asked),
    missingData: {
      cards: missingCards,
      ...rateOf('share', missingCards, total.shown),
      byFinding: byFinding(missing, asked.smallestGroup),
    },
    repeats: { cards: repeated, ...rateOf('share', repeated, total.shown) },
    shadow: figures(counts.filter(({ mode }) => mode === 'shadow')),
    unknownCards: await unknownIn(database, asked),
  };
}

/** Cards of one group, in numbers. */
interface Count extends Dimensions {
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
  readonly ignored: number;
  readonly seconds: number;
  readonly repeats: number;
}

interface Dimensions {
  readonly mode: string;
  readonly rule: string;
  readonly outcome: string;
  readonly hook: string;
  readonly client: string | null;
  readonly version: string;
}

type Reading = Pick<Database, 'tables'>;

const totalOf = (column: string) => sql<number>`cast(sum(${sql.ref(column)}) as bigint)`;

/** Who has not answered on a day before the limit has ignored the card; the days since are looked at card by card. */
const ignoredBefore = (day: string) =>
  sql<number>`cast(sum(case when day < ${day} then shown - accepted - overridden else 0 end) as bigint)`;

const sums = (limitDay: string) =>
  [
    totalOf('shown').as('shown'),
    totalOf('accepted').as('accepted'),
    totalOf('overridden').as('overridden'),
    totalOf('act_seconds').as('seconds'),
    totalOf('repeats').as('repeats'),
    ignoredBefore(limitDay).as('ignored'),
  ] as const;

async function countsIn(
  { tables }: Reading,
  { from, until }: StatisticsAsked,
  recent: Recent,
): Promise<readonly Count[]> {
  const dimensions = ['mode', 'rule', 'outcome', 'hook', 'client', 'knowledge_version'] as const;
  const rows = await tables
    .selectFrom('card_days')
    .select([
      'mode',
      'rule',
      'outcome',
      'hook',
      'client',
      'knowledge_version as version',
      ...sums(recent.limitDay),
    ])
    .where('day', '>=', from)
    .where('day', '<=', until)
    .groupBy([...dimensions])
    .execute();
  const ignored = new Map<string, number>();
  for (const card of recent.cards) {
    const key = keyOf(card);
    ignored.set(key, (ignored.get(key) ?? 0) + 1);
  }
  return rows.map((row): Count => ({ ...row, ignored: row.ignored + (ignored.get(keyOf(row)) ?? 0) }));
}

function keyOf({ mode, rule, outcome, hook, client, version }: Dimensions): string {
  return JSON.stringify([mode, rule, outcome, hook, client, version]);
}

/** Weeks by the Monday they begin on. */
async function weeksIn(
  { tables }: Reading,
  { from, until, smallestGroup }: StatisticsAsked,
  recent: Recent,
): Promise<Breakdown> {
  const rows = await tables
    .selectFrom('card_days')
    .select(['day', ...sums(recent.limitDay)])
    .where('day', '>=', from)
    .where('day', '<=', until)
    .where('mode', '=', 'live')
    .groupBy('day')
    .execute();
  const ignored = (day: string) =>
    recent.cards.filter((card) => card.mode === 'live' && card.shown_at.startsWith(day)).length;
  const counts = rows.map((row) => ({ ...row, ignored: row.ignored + ignored(row.day) }));
  return inOrder(breakdown(counts, ({ day }) => mondayOf(day), smallestGroup));
}

/** The ignored cards of the days that are not settled yet. */
interface Recent {
  /** First day that is not settled. */
  readonly limitDay: string;
  readonly cards: readonly (Dimensions & { readonly shown_at: string })[];
}

async function recentlyIgnored(
  { tables }: Reading,
  { from, until, now, ignoredAfterHours }: StatisticsAsked,
): Promise<Recent> {
  const before = new Date(now.getTime() - ignoredAfterHours * 3_600_000).toISOString();
  const limitDay = before.slice(0, 10);
  const end = dayAfter(until);
  const cards = await tables
    .selectFrom('cards')
    .select(['mode', 'rule', 'outcome', 'hook', 'client', 'knowledge_version as version', 'shown_at'])
    .where('shown_at', '>=', limitDay > from ? limitDay : from)
    .where('shown_at', '<', before < end ? before : end)
    .where('state', 'is', null)
    .execute();
  return { limitDay, cards };
}

type Numbers = Omit<Count, keyof Dimensions>;

function figures(counts: readonly Numbers[]): Figures {
  const sum = (of: (one: Numbers) => number) => counts.reduce((total, one) => total + of(one), 0);
  const shown = sum((one) => one.shown);
  const accepted = sum((one) => one.accepted);
  const overridden = sum((one) => one.overridden);
  const answered = accepted + overridden;
  return {
    shown,
    accepted,
    overridden,
    ignored: sum((one) => one.ignored),
    ...rateOf('acceptance', accepted, shown),
    ...rateOf('override', overridden, shown),
    ...(answered > 0 && { secondsToAct: Math.round(sum((one) => one.seconds) / answered) }),
  };
}

function rateOf<Name extends string>(
  name: Name,
  hits: number,
  of: number,
): Readonly<Partial<Record<Name, Rate>>> {
  const rate = wilson(hits, of);
  return (rate === undefined ? {} : { [name]: rate }) as Readonly<Partial<Record<Name, Rate>>>;
}

/** The commonest first. */
function breakdown<One extends Numbers>(
  counts: readonly One[],
  nameOf: (one: One) => string,
  smallest: number,
): Breakdown {
  const groups = new Map<string, One[]>();
  for (const one of counts) {
    const name = nameOf(one);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  const all = [...groups].map(([name, members]): Group => ({ name, ...figures(members) }));
  const told = all.filter(({ shown }) => shown >= smallest);
  return {
    groups: told.sort((a, b) => b.shown - a.shown || (a.name < b.name ? -1 : 1)),
    hidden: all.length - told.length,
  };
}

function inOrder({ groups, hidden }: Breakdown): Breakdown {
  return { hidden, groups: [...groups].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

async function reasonsIn(
  { tables }: Reading,
  { from, until, smallestGroup }: StatisticsAsked,
): Promise<readonly Reasons[]> {
  return tables
    .selectFrom('card_day_reasons')
    .select(['rule', 'system', 'code', totalOf('cards').as('count')])
    .where('day', '>=', from)
    .where('day', '<=', until)
    .groupBy(['rule', 'system', 'code'])
    .having(totalOf('cards'), '>=', smallestGroup)
    .orderBy(totalOf('cards'), 'desc')
    .orderBy('rule')
    .orderBy('code')
    .execute();
}

interface Missing {
  readonly missing: string;
  readonly cards: number;
}

async function missingIn({ tables }: Reading, { from, until }: StatisticsAsked): Promise<readonly Missing[]> {
  return tables
    .selectFrom('card_day_missing')
    .select(['missing', totalOf('cards').as('cards')])
    .where('day', '>=', from)
    .where('day', '<=', until)
    .groupBy('missing')
    .execute();
}

function byFinding(missing: readonly Missing[], smallest: number) {
  const counts = new Map<string, number>();
  for (const { missing: names, cards } of missing) {
    for (const name of JSON.parse(names) as readonly string[])
      counts.set(name, (counts.get(name) ?? 0) + cards);
  }
  return [...counts]
    .map(([finding, cards]) => ({ finding, cards }))
    .filter(({ cards }) => cards >= smallest)
    .sort((a, b) => b.cards - a.cards || (a.finding < b.finding ? -1 : 1));
}

/** Kept apart: they belong to no card that could be counted. */
async function unknownIn({ tables }: Reading, { from, until }: StatisticsAsked): Promise<number> {
  const { count } = await tables
    .selectFrom('feedback')
    .select(sql<number>`cast(count(*) as integer)`.as('count'))
    .where('received_at', '>=', from)
    .where('received_at', '<', dayAfter(until))
    .where('card_known', '=', 0)
    .executeTakeFirstOrThrow();
  return count;
}
