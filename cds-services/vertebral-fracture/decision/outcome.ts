/** The outcomes of the decision table and how urgent a card of each is. */

export type Outcome =
  | 'kyphoplasty'
  | 'vertebroplasty'
  | 'kyphoplasty-or-vertebroplasty'
  | 'surgical-referral'
  | 'medical-management'
  | 'defer'
  | 'specialist-review'
  | 'insufficient-data'
  /** Outside what this service advises on (row 1.6): no card. */
  | 'not-applicable';

export type Urgency = 'info' | 'warning' | 'critical';

const AUGMENTATIONS: ReadonlySet<Outcome> = new Set<Outcome>([
  'kyphoplasty',
  'vertebroplasty',
  'kyphoplasty-or-vertebroplasty',
]);

/** True for the outcomes that put cement into a vertebra. */
export function isAugmentation(outcome: Outcome): boolean {
  return AUGMENTATIONS.has(outcome);
}
