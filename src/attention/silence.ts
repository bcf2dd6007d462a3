/**
 * Whether a card is said again: not while it sleeps after a dismissal, and not twice in one encounter. What decides is
 * its fingerprint: as soon as something decisive changes, it is another card.
 */
import type { CardRecord, Hook, OfferedReason } from '../cds-hooks/service.js';

/** A card that went out to the same client for the same patient, and what the last feedback on it said. */
export interface ShownBefore {
  readonly outcome: string;
  /** Keyed hash of the fingerprint. */
  readonly fingerprint: string;
  readonly hook: Hook;
  /** Keyed hashes; undefined where the call named no encounter. */
  readonly encounter: string | undefined;
  readonly hookInstance: string | undefined;
  readonly answer: Answer | undefined;
}

export type Answer =
  | { readonly kind: 'accepted'; readonly at: Date }
  | {
      readonly kind: 'overridden';
      readonly at: Date;
      readonly reason: { readonly system: string | null; readonly code: string } | undefined;
    };

/** A reason that may say for how long a card is to be silent. */
export type GivenReason = Pick<OfferedReason, 'system' | 'code' | 'snoozeMonths'>;

export interface Moment {
  readonly hook: Hook;
  readonly encounter: string | undefined;
  readonly hookInstance: string;
  readonly now: Date;
}

export interface Candidate {
  readonly record: Pick<CardRecord, 'outcome' | 'isGuard'>;
  /** Keyed hash of the fingerprint. */
  readonly fingerprint: string;
}

export type Silence = 'asleep' | 'said-in-this-encounter';

/** Days a card sleeps after a dismissal without a reason to snooze, or after it was accepted (policy). */
export const DEFAULT_SLEEP_DAYS = 30;

/** Why the card stays silent; undefined when it is to be said. */
export function silenceOf(
  { record, fingerprint }: Candidate,
  history: readonly ShownBefore[],
  moment: Moment,
  reasons: readonly GivenReason[],
): Silence | undefined {
  // The last guard: what is critical is said before the signature, whoever dismissed it and when.
  if (moment.hook === 'order-sign' && record.isGuard) return undefined;
  const same = history.filter(
    (shown) => shown.outcome === record.outcome && shown.fingerprint === fingerprint,
  );
  if (same.some(({ answer }) => answer !== undefined && moment.now < wakesAt(answer, reasons)))
    return 'asleep';
  return same.some((shown) => isSaidHere(shown, moment)) ? 'said-in-this-encounter' : undefined;
}

/** A retry of the same call is answered as before; signing asks once more for what was only selected. */
function isSaidHere(shown: ShownBefore, { hook, encounter, hookInstance }: Moment): boolean {
  if (encounter === undefined || shown.encounter !== encounter) return false;
  if (shown.hookInstance === hookInstance) return false;
  return hook !== 'order-sign' || shown.hook === 'order-sign';
}

const DAY_MS = 86_400_000;

/** The moment the card may speak again. */
export function wakesAt(answer: Answer, reasons: readonly GivenReason[]): Date {
  const given = answer.kind === 'overridden' ? answer.reason : undefined;
  const months = reasons.find(
    ({ system, code }) => code === given?.code && (given.system === null || given.system === system),
  )?.snoozeMonths;
  if (months === undefined) return new Date(answer.at.getTime() + DEFAULT_SLEEP_DAYS * DAY_MS);
  return monthsLater(answer.at, months);
}

/** The same day of a later month, or the last day that month has. */
function monthsLater(from: Date, months: number): Date {
  const target = new Date(from);
  target.setUTCDate(1);
  target.setUTCMonth(target.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return target;
}
