/** Heights of one vertebra in millimetres. */
import { isGiven, joined, JOINTS } from './height-common.js';
import type { Quantity } from './quantities.js';
import { type Said, value } from './said.js';
import { cuesOf, type ReadSentence, sameOwner } from './sentence.js';

const FRONT: ReadonlySet<string> = new Set(['anterior', 'central', 'mid', 'middle', 'front', 'avh']);
const BACK: ReadonlySet<string> = new Set(['posterior', 'behind', 'back', 'pvh']);

/** Two heights of one vertebra in millimetres, before and behind: what the smaller one lacks of the larger. */
export function inMillimetres(sentence: ReadSentence): readonly Said[] {
  if (sentence.quantities.length < 2 || cuesOf(sentence, 'discWord').length > 0) return [];
  const lengths = sentence.quantities.filter(
    ({ unit, min, max }) => unit === 'mm' && min === max && min >= 3 && min <= 50,
  );
  const first = lengths.find((one) => isBeside(sentence, one, FRONT));
  const second = lengths.find((one) => one !== first && isBeside(sentence, one, BACK));
  if (
    first === undefined ||
    second === undefined ||
    !sameOwner(sentence, first, second) ||
    !isGiven(sentence, first) ||
    sentence.contextAt(second.from).denied !== 'no'
  )
    return [];
  const [small, large] = [Math.min(first.min, second.min), Math.max(first.min, second.min)];
  const loss = Math.round((100 * (large - small)) / large);
  const where = { quote: joined(first, second), owner: sentence.ownerAt(first.from) };
  return [
    value('heightLossPercent', { min: loss, max: loss }, where),
    { kind: 'status', status: 'present', ...where },
  ];
}

const REACH = 8;

function isBeside(sentence: ReadSentence, { from, to }: Quantity, words: ReadonlySet<string>): boolean {
  for (let at = to; at < to + REACH_AFTER; at += 1) {
    if (JOINTS.has(sentence.wordAt(at)) || isMeasured(sentence, at)) break;
    if (words.has(sentence.wordAt(at))) return true;
  }
  for (let at = from - 1; at >= from - REACH; at -= 1) {
    if (isMeasured(sentence, at)) return false;
    if (words.has(sentence.wordAt(at))) return true;
  }
  return false;
}

const REACH_AFTER = 5;

function isMeasured(sentence: ReadSentence, at: number): boolean {
  return sentence.quantities.some((quantity) => at >= quantity.from && at < quantity.to);
}
