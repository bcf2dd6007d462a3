/** Every card of a period with what became of it, for whoever counts elsewhere: no hash of a patient or user, no words. */
import type { Database } from '../database/open-database.js';
import { dayAfter } from './day-numbers.js';

export interface ExportedCard {
  readonly uuid: string;
  readonly service: string;
  readonly hook: string;
  readonly client: string | null;
  readonly outcome: string;
  readonly rule: string;
  readonly knowledgeVersion: string;
  readonly indicator: string;
  readonly levels: readonly string[];
  readonly missing: readonly string[];
  readonly mode: 'live' | 'shadow';
  readonly shownAt: string;
  readonly state: 'accepted' | 'overridden' | null;
  readonly answeredAt: string | null;
  readonly reason: { readonly system: string | null; readonly code: string } | null;
  readonly isRepeat: boolean;
}

const page = 5000;

/** @param from first day, `until` last day, both included (ISO, UTC); in the order of time */
export async function* exportedCards(
  { tables }: Pick<Database, 'tables'>,
  from: string,
  until: string,
): AsyncGenerator<ExportedCard> {
  let after = { shownAt: from, uuid: '' };
  for (;;) {
    const rows = await tables
      .selectFrom('cards')
      .select([
        'uuid',
        'service',
        'hook',
        'client',
        'outcome',
        'rule',
        'knowledge_version',
        'indicator',
        'levels',
        'missing',
        'mode',
        'shown_at',
        'state',
        'answered_at',
        'state_reason_system',
        'state_reason_code',
        'is_repeat',
      ])
      .where('shown_at', '<', dayAfter(until))
      .where((cards) =>
        cards.or([
          cards('shown_at', '>', after.shownAt),
          cards.and([cards('shown_at', '=', after.shownAt), cards('uuid', '>', after.uuid)]),
        ]),
      )
      .orderBy('shown_at')
      .orderBy('uuid')
      .limit(page)
      .execute();
    for (const row of rows) {
      yield {
        uuid: row.uuid,
        service: row.service,
        hook: row.hook,
        client: row.client,
        outcome: row.outcome,
        rule: row.rule,
        knowledgeVersion: row.knowledge_version,
        indicator: row.indicator,
        levels: JSON.parse(row.levels) as readonly string[],
        missing: JSON.parse(row.missing) as readonly string[],
        mode: row.mode,
        shownAt: row.shown_at,
        state: row.state ?? null,
        answeredAt: row.answered_at ?? null,
        reason:
          row.state_reason_code == null
            ? null
            : { system: row.state_reason_system ?? null, code: row.state_reason_code },
        isRepeat: row.is_repeat === 1,
      };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = { shownAt: last.shown_at, uuid: last.uuid };
  }
}
