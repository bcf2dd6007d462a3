/** Makes the numbers of stale days anew from their cards: a day at a time, so that calls get their turn. */
import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/open-database.js';
import type { Tables } from '../database/tables.js';

/** Brings the numbers of a span of days (ISO, both included) up to date; resolves to how many days were made anew. */
export async function refreshDays(database: Database, from: string, until: string): Promise<number> {
  const stale = await database.tables
    .selectFrom('stale_days')
    .select('day')
    .where('day', '>=', from)
    .where('day', '<=', until)
    .execute();
  for (const { day } of stale) {
    await database.write((transaction) => refresh(transaction, day), { alone: true });
    await setImmediate();
  }
  return stale.length;
}

async function refresh(tables: Kysely<Tables>, day: string): Promise<void> {
  await tables.deleteFrom('card_days').where('day', '=', day).execute();
  await tables.deleteFrom('card_day_reasons').where('day', '=', day).execute();
  await tables.deleteFrom('card_day_missing').where('day', '=', day).execute();
  await tables.deleteFrom('stale_days').where('day', '=', day).execute();
  const ofDay = sql`shown_at >= ${day} and shown_at < ${dayAfter(day)}`;
  await sql`
    insert into card_days (day, mode, rule, outcome, hook, client, knowledge_version,
      shown, accepted, overridden, act_seconds, repeats)
    select substr(shown_at, 1, 10), mode, rule, outcome, hook, client, knowledge_version,
      count(*),
      sum(case when state = 'accepted' then 1 else 0 end),
      sum(case when state = 'overridden' then 1 else 0 end),
      coalesce(sum(act_seconds), 0),
      sum(is_repeat)
    from cards where ${ofDay}
    group by substr(shown_at, 1, 10), mode, rule, outcome, hook, client, knowledge_version
  `.execute(tables);
  await sql`
    insert into card_day_reasons (day, rule, system, code, cards)
    select substr(shown_at, 1, 10), rule, state_reason_system, state_reason_code, count(*)
    from cards where ${ofDay} and mode = 'live' and state = 'overridden'
    group by substr(shown_at, 1, 10), rule, state_reason_system, state_reason_code
  `.execute(tables);
  await sql`
    insert into card_day_missing (day, missing, cards)
    select substr(shown_at, 1, 10), missing, count(*)
    from cards where ${ofDay} and mode = 'live' and missing <> '[]'
    group by substr(shown_at, 1, 10), missing
  `.execute(tables);
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
