/** What the site adds to a card: its own policy, what it does not offer, and what is ordered there already. */
import type { FractureAssessment } from '../decision/assess.js';
import { isCementOrder, reachesSpineSurgery } from '../orders/order-meaning.js';
import type { StandingOrder } from '../orders/standing-orders.js';
import { type PolicyName, publishedPolicy } from '../policy.js';
import type { Technique } from '../site.js';
import type { CardContext } from './card-draft.js';
import { concerns } from './contradicted-orders.js';
import { quoted } from './markdown.js';
import { capitalised, levelList } from './wording.js';

/** Thresholds that the site has changed, beside the published ones, and techniques it does not offer. */
export function sitePolicyLines(
  { outcome }: FractureAssessment,
  { site, texts: t }: CardContext,
): readonly string[] {
  const techniques: readonly Technique[] =
    outcome === 'kyphoplasty' || outcome === 'vertebroplasty'
      ? [outcome]
      : outcome === 'kyphoplasty-or-vertebroplasty'
        ? ['kyphoplasty', 'vertebroplasty']
        : [];
  return [
    ...techniques
      .filter((technique) => !site.offers(technique))
      .map((technique) => t.notOffered(capitalised(t.techniques[technique]))),
    ...site.changedPolicy.map((name) => {
      const published = publishedPolicy.values[name];
      return t.changedPolicy(
        name,
        `${valueText(site.policy[name])} ${published.unit}`,
        valueText(published.value),
      );
    }),
  ];
}

function valueText(value: CardContext['site']['policy'][PolicyName]): string {
  return typeof value === 'number' ? String(value) : value.join(', ');
}

/** Orders that stand for these fractures. */
export function standingLines(
  group: readonly FractureAssessment[],
  { standing, texts: t }: CardContext,
): readonly string[] {
  return standing
    .filter((order) => isAbout(order, group))
    .map(({ meaning, levels, date, reference }) => {
      const where = levels.length === 0 ? '' : ` ${levelList(levels, t)}`;
      const name = capitalised(t.orders[meaning]);
      return `${t.standing(name, where, quoted(date.slice(0, 10)))} (${quoted(reference)})`;
    });
}

function isAbout(order: StandingOrder, group: readonly FractureAssessment[]): boolean {
  if (reachesSpineSurgery(order.meaning) || order.meaning === 'spine-imaging') return true;
  return isCementOrder(order.meaning) && group.some((assessed) => concerns(order, assessed));
}
