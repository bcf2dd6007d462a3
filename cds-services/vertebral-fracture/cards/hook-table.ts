/**
 * When a card speaks: each hook, what is being ordered, what the assessment says. Complete; docs/when-it-speaks.md
 * prints it, and every cell of it is tested on a record.
 */
import type { Hook } from '../../../src/cds-hooks/service.js';
import type { Outcome } from '../decision/outcome.js';
import type { OrderMeaning } from '../orders/order-meaning.js';

export type Speech =
  /** No card. */
  | 'silent'
  /** A card. */
  | 'speak'
  /** The order contradicts the assessment: a card, critical where the assessment names a danger to be referred. */
  | 'contradict'
  /** The order agrees: an info card, and only if it adds a level or a check before the operation. */
  | 'if-it-adds'
  /** The order agrees: a card only if something that decides is missing. */
  | 'if-incomplete'
  /** At most one such card in a call, only with something to do that nobody has done, and only where nothing louder speaks. */
  | 'quiet'
  /** As quiet, and only while the pain is severe. */
  | 'quiet-if-severe'
  /** A card if the assessment is critical and the fracture not healed. */
  | 'if-critical'
  /** A card for a fracture in severe pain that nobody has acted on. */
  | 'if-severe-and-open';

/** Outcomes a card can have; `not-applicable` has none. */
export type SpokenOutcome = Exclude<Outcome, 'not-applicable'>;

export const spokenOutcomes = [
  'kyphoplasty',
  'vertebroplasty',
  'kyphoplasty-or-vertebroplasty',
  'surgical-referral',
  'specialist-review',
  'defer',
  'medical-management',
  'insufficient-data',
] as const satisfies readonly SpokenOutcome[];

export type Column = Readonly<Record<SpokenOutcome, Speech>>;

const columns = (...speeches: readonly Speech[]): Column =>
  Object.fromEntries(
    spokenOutcomes.map((outcome, index) => [outcome, speeches[index] ?? 'silent']),
  ) as Column;

const nothing = columns();

const adds = 'if-it-adds';
const against = 'contradict';
const severe = 'quiet-if-severe';
const critical = 'if-critical';

/** Care that leaves the fracture as it is: right for many, and worth one quiet word where cement is favoured. */
const care = columns('quiet', 'quiet', 'quiet', 'speak', 'quiet', critical, 'silent', severe);
const onlyDanger = columns('silent', 'silent', 'silent', critical, 'silent', critical, 'silent', 'silent');

const orderSelect: Readonly<Record<OrderMeaning, Column>> = {
  kyphoplasty: columns(adds, against, adds, against, against, against, against, against),
  vertebroplasty: columns(against, adds, adds, against, against, against, against, against),
  cement: columns(adds, adds, adds, against, against, against, against, against),
  'spine-surgery': columns('quiet', 'quiet', 'quiet', critical, 'silent', critical, 'quiet', 'silent'),
  'spine-referral': columns('quiet', 'quiet', 'quiet', critical, 'silent', critical, 'silent', severe),
  'spine-imaging': columns('quiet', 'quiet', 'quiet', 'speak', 'quiet', critical, 'silent', 'quiet'),
  'bone-density': onlyDanger,
  brace: care,
  physiotherapy: care,
  opioid: care,
  analgesic: care,
  'bone-agent': onlyDanger,
  unrelated: onlyDanger,
};

const guard = (agreeing: readonly SpokenOutcome[]): Column =>
  Object.fromEntries(
    spokenOutcomes.map((outcome) => [outcome, agreeing.includes(outcome) ? 'if-incomplete' : 'contradict']),
  ) as Column;

const orderSign: Readonly<Record<OrderMeaning, Column>> = {
  kyphoplasty: guard(['kyphoplasty', 'kyphoplasty-or-vertebroplasty']),
  vertebroplasty: guard(['vertebroplasty', 'kyphoplasty-or-vertebroplasty']),
  cement: guard(['kyphoplasty', 'vertebroplasty', 'kyphoplasty-or-vertebroplasty']),
  'spine-surgery': nothing,
  'spine-referral': nothing,
  'spine-imaging': onlyDanger,
  'bone-density': nothing,
  brace: onlyDanger,
  physiotherapy: onlyDanger,
  opioid: onlyDanger,
  analgesic: onlyDanger,
  'bone-agent': nothing,
  unrelated: nothing,
};

const open = 'if-severe-and-open';

const patientView = columns(open, open, open, 'speak', open, critical, 'silent', open);

/** @param order what is ordered; at patient-view nothing is */
export function speechFor(hook: Hook, order: OrderMeaning, outcome: SpokenOutcome): Speech {
  switch (hook) {
    case 'patient-view':
      return patientView[outcome];
    case 'order-select':
      return orderSelect[order][outcome];
    case 'order-sign':
      return orderSign[order][outcome];
  }
}

/** How many cards a call of this hook brings at most. */
export const MOST_CARDS: Readonly<Record<Hook, number>> = {
  'patient-view': 1,
  'order-select': 3,
  'order-sign': 3,
};
