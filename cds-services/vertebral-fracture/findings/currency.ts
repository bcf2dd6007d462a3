/** Whether a statement still counts: scores and results age, and nothing seen before a fracture speaks of it. */
import type { Policy } from '../policy.js';
import { catalogue } from './catalogue.js';
import type { Statement } from './statement.js';
import { dayOf, type Moment } from './time.js';

/** How old a statement may be, in days; undefined where age doesn't matter. */
function windowOf({ finding, value }: Statement, policy: Policy): number | undefined {
  switch (finding) {
    case 'painScore':
      return policy.painScoreCurrentDays;
    case 'inr':
    case 'plateletCount':
      return policy.laboratoryCurrentDays;
    case 'boneMineralDensityTScore':
      return policy.tScoreCurrentDays;
    // Oedema fades; its absence stays true. A deficit once seen stays until an examination says otherwise.
    case 'marrowOedema':
      return value === true ? policy.oedemaCurrentDays : undefined;
    // Whoever called a fracture acute said so of that day.
    case 'acuity':
      return value === 'acute' || value === 'acute-on-chronic' ? policy.acuteBelowDays : undefined;
    case 'pregnant':
      return value === true ? policy.pregnancyCurrentDays : undefined;
    case 'neurologicalDeficit':
      return value === false ? policy.neurologicalStatusCurrentDays : undefined;
    default:
      return undefined;
  }
}

const NEEDS_A_DATE: ReadonlySet<string> = new Set(['inr', 'plateletCount', 'boneMineralDensityTScore']);

/** True when the statement is too old, or has no date where one is needed. */
export function isStale(statement: Statement, asOf: number, policy: Policy): boolean {
  const window = windowOf(statement, policy);
  if (window === undefined || statement.standing) return false;
  if (statement.at === undefined) return NEEDS_A_DATE.has(statement.finding);
  return dayOf(asOf) - dayOf(statement.at) > window;
}

const ABOUT_THE_FRACTURE: ReadonlySet<string> = new Set([
  'neurologicalDeficit',
  'conservativeTherapyFailed',
  'painFromThisFracture',
]);

/** True when the images were taken, or the patient examined, before the fracture can have happened. */
export function isBeforeFracture(statement: Statement, onset: Moment | undefined): boolean {
  if (onset === undefined || statement.at === undefined || statement.standing) return false;
  const matters = catalogue[statement.finding].imaging || ABOUT_THE_FRACTURE.has(statement.finding);
  return matters && dayOf(statement.at) < dayOf(onset.earliest);
}
