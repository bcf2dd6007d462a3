/** The decision aids as lines for the card: points, what they rest on, and what is missing to complete them. */
import type { Score, ScoreItem } from '../decision/scores.js';
import type { Texts } from './texts/texts.js';

/** One line a score, never more certain than its inputs. Sources: clinical.md 4.3, 4.4, G27. */
export function scoreLines(scores: readonly Score[], t: Texts): readonly string[] {
  return scores.map((score) => line(score, t));
}

function line(score: Score, t: Texts): string {
  const { name, min, max, missing, reading, unknownAsZero, items } = score;
  if (name === 'OF' && unknownAsZero === undefined) return t.scoreUncounted(name, t.scoreParameters.ofType);
  const reads = reading === undefined ? '' : t.scoreReads(t.scoreReadings[reading]);
  const known = items.filter((item) => item.min === item.max);
  return [
    t.score(t.scoreNames[name], span({ min, max }, t), reads),
    unknownAsZero === undefined || min === max ? '' : t.scoreUnknownAsZero(unknownAsZero),
    known.length === 0 ? '' : t.scoreItems(known.map((item) => itemText(item, t)).join(', ')),
    missing.length === 0
      ? ''
      : t.scoreMissing(missing.map((parameter) => t.scoreParameters[parameter]).join(', ')),
  ].join('');
}

function itemText(item: ScoreItem, t: Texts): string {
  return `${t.scoreParameters[item.parameter]} ${item.min}`;
}

function span({ min, max }: { readonly min: number; readonly max: number }, t: Texts): string {
  return min === max ? String(min) : t.from(min, max);
}
