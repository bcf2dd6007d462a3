/**
 * From every card worth showing to those that go out: without those that sleep or were said in this encounter, as many
 * as the hook allows. When the history can't be read, everything is said: a repeat is better than a silence.
 */
import type { Card } from '../cds-hooks/card.js';
import type { CardRecord, CdsService, HookAnswer, HookContext } from '../cds-hooks/service.js';
import type { Pseudonym } from '../database/pseudonym.js';
import { fingerprintHash } from '../feedback/rows.js';
import type { History } from './history.js';
import { type Moment, type Silence, silenceOf } from './silence.js';

export interface Spoken {
  readonly cards: readonly Card[];
  readonly records: readonly CardRecord[];
  /** uuids of the cards that say again what was said before about this patient. */
  readonly repeats: ReadonlySet<string>;
  /** Cards that stayed silent, by why. */
  readonly silent: Readonly<Partial<Record<Silence, number>>>;
}

export interface AttentionParts {
  readonly history: History;
  readonly pseudonym: Pseudonym;
  /** Told when the history could not be read, or not in time. */
  readonly onUnread: () => void;
  /** Milliseconds a call waits for it. */
  readonly patienceMs?: number;
}

export interface Call {
  /** The name under which cards are kept. */
  readonly client: string;
  readonly context: HookContext;
  readonly hookInstance: string;
  readonly now: Date;
}

export type Attention = (answer: HookAnswer, call: Call, service: CdsService) => Promise<Spoken>;

/** As far back as the longest snooze reaches. */
const LOOK_BACK_DAYS = 400;

/** A database that is down must not take the calls with it. */
const defaultPatienceMs = 250;

export function createAttention({
  history,
  pseudonym,
  onUnread,
  patienceMs = defaultPatienceMs,
}: AttentionParts): Attention {
  return async ({ cards, records, mostCards }, call, { hook, overrideReasons = [] }) => {
    const pairs = cards.flatMap((card, index) => {
      const record = records[index];
      return record === undefined ? [] : [{ card, record }];
    });
    if (pairs.length === 0) return spoken([], {});
    const { client, context, hookInstance, now } = call;
    const since = new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000);
    const before = await inTime(history.of(client, context.patientId, since), patienceMs);
    if (before === undefined) {
      onUnread();
      return spoken(pairs.slice(0, mostCards), {});
    }
    const moment: Moment = {
      hook,
      encounter:
        context.encounterId === undefined ? undefined : pseudonym('encounter', client, context.encounterId),
      hookInstance: pseudonym('call', client, hookInstance),
      now,
    };
    const silent: Partial<Record<Silence, number>> = {};
    const said = pairs.filter(({ record }) => {
      const candidate = { record, fingerprint: fingerprintHash(record, client, pseudonym) };
      const why = silenceOf(candidate, before, moment, overrideReasons);
      if (why !== undefined) silent[why] = (silent[why] ?? 0) + 1;
      return why === undefined;
    });
    const saidBefore = new Set(before.map((shown) => `${shown.outcome} ${shown.fingerprint}`));
    const again = said.filter(({ record }) =>
      saidBefore.has(`${record.outcome} ${fingerprintHash(record, client, pseudonym)}`),
    );
    const repeats = new Set(again.map(({ record }) => record.cardUuid));
    return { ...spoken(said.slice(0, mostCards), silent), repeats };
  };
}

/** Undefined when it takes longer. */
function inTime<Value>(asked: Promise<Value>, patienceMs: number): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => resolve(undefined), patienceMs);
    asked.finally(() => clearTimeout(late)).then(resolve, reject);
  });
}

function spoken(
  pairs: readonly { readonly card: Card; readonly record: CardRecord }[],
  silent: Spoken['silent'],
): Spoken {
  return {
    cards: pairs.map(({ card }) => card),
    records: pairs.map(({ record }) => record),
    repeats: new Set(),
    silent,
  };
}
