/** Why a card may be overridden: what a card offers, and the whole list. */
import type { OverrideReason } from '../../../src/cds-hooks/card.js';
import type { OfferedReason } from '../../../src/cds-hooks/service.js';
import type { Outcome } from '../decision/outcome.js';
import { overrideReasons } from '../knowledge.js';
import type { Language } from './texts/texts.js';

const { hl7, hl7System, own, ownSystem, snooze } = overrideReasons;

const MOST_REASONS = 12;

/** The reasons that fit this outcome first, then the general ones, then those that say how long to be silent. */
export function reasonsFor(
  outcome: Outcome,
  language: Language,
): readonly [OverrideReason, ...OverrideReason[]] {
  const fits = ({ outcomes }: { readonly outcomes: readonly string[] }) => outcomes.includes(outcome);
  const [first, ...others] = [
    ...own.filter(fits).map(reasonIn(ownSystem, language)),
    ...hl7.map(reasonIn(hl7System, language)),
    ...snooze.filter(fits).map(reasonIn(ownSystem, language)),
  ].slice(0, MOST_REASONS);
  if (first === undefined) throw new Error('no override reasons in the knowledge folder');
  return [first, ...others];
}

/** Every reason any card offers, those that silence a card with their months. */
export function everyReason(language: Language): readonly OfferedReason[] {
  return [
    ...hl7.map(reasonIn(hl7System, language)),
    ...own.map(reasonIn(ownSystem, language)),
    ...snooze.map((one) => ({ ...reasonIn(ownSystem, language)(one), snoozeMonths: one.months })),
  ];
}

interface Reason {
  readonly code: string;
  readonly display: Readonly<Record<Language, string>>;
}

function reasonIn(system: string, language: Language): (one: Reason) => OverrideReason {
  return ({ code, display }) => ({ system, code, display: display[language] });
}
