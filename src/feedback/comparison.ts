/**
 * Advice compared with what was later ordered or done: for the cards that were shown, and for those that ran in shadow.
 */
import type { Database } from '../database/open-database.js';

export interface Compared {
  readonly mode: 'live' | 'shadow';
  readonly outcome: string;
  /** Cases: the same card for the same patient counts once. */
  readonly cases: number;
  /** How many of them were followed by each kind of order or procedure; `nothing` for none within the time. */
  readonly followedBy: Readonly<Record<string, number>>;
}

export interface ComparisonPeriod {
  readonly from: Date;
  readonly until: Date;
  /** Days after a card in which an order or procedure counts. */
  readonly withinDays: number;
}

/** By mode and outcome, the commonest first. */
export async function compareWithActs(
  { tables }: Pick<Database, 'tables'>,
  { from, until, withinDays }: ComparisonPeriod,
): Promise<readonly Compared[]> {
  const cards = await tables
    .selectFrom('cards')
    .select(['patient_hash', 'fingerprint', 'mode', 'outcome', 'levels', 'shown_at'])
    .where('shown_at', '>=', from.toISOString())
    .where('shown_at', '<', until.toISOString())
    .orderBy('shown_at')
    .execute();
  const acts = await tables
    .selectFrom('acts')
    .select(['patient_hash', 'kind', 'state', 'levels', 'happened_on'])
    .where('happened_on', '>=', from.toISOString().slice(0, 10))
    .orderBy('happened_on')
    .execute();
  const ofPatient = new Map<string, typeof acts>();
  for (const act of acts) ofPatient.set(act.patient_hash, [...(ofPatient.get(act.patient_hash) ?? []), act]);

  const seen = new Set<string>();
  const groups = new Map<string, Map<string, number>>();
  for (const card of cards) {
    const key = JSON.stringify([card.patient_hash, card.fingerprint, card.mode, card.outcome]);
    if (seen.has(key)) continue;
    seen.add(key);
    const followed = followedBy(card, ofPatient.get(card.patient_hash ?? '') ?? [], withinDays);
    const group = JSON.stringify([card.mode, card.outcome]);
    const counts = groups.get(group) ?? new Map<string, number>();
    counts.set(followed, (counts.get(followed) ?? 0) + 1);
    groups.set(group, counts);
  }
  return [...groups].map(([group, counts]) => compared(group, counts)).sort((a, b) => b.cases - a.cases);
}

function compared(group: string, counts: ReadonlyMap<string, number>): Compared {
  const [mode, outcome] = JSON.parse(group) as ['live' | 'shadow', string];
  const cases = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { mode, outcome, cases, followedBy: Object.fromEntries(counts) };
}

interface CardCase {
  readonly levels: string;
  readonly shown_at: string;
}

interface Act {
  readonly kind: string;
  readonly state: string;
  readonly levels: string;
  readonly happened_on: string;
}

/** What was done counts before what was only ordered; of equals the first. */
function followedBy(
  { levels, shown_at: shownAt }: CardCase,
  acts: readonly Act[],
  withinDays: number,
): string {
  const from = shownAt.slice(0, 10);
  const until = new Date(Date.parse(from) + withinDays * 86_400_000).toISOString().slice(0, 10);
  const about = acts.filter(
    (act) => act.happened_on >= from && act.happened_on <= until && isAtOneOf(act.levels, levels),
  );
  const first = about.find(({ state }) => state === 'done') ?? about[0];
  return first?.kind ?? 'nothing';
}

/** An order that names no level may be about any. */
function isAtOneOf(actLevels: string, cardLevels: string): boolean {
  const named = JSON.parse(actLevels) as readonly string[];
  const advised = JSON.parse(cardLevels) as readonly string[];
  return named.length === 0 || advised.length === 0 || named.some((level) => advised.includes(level));
}
