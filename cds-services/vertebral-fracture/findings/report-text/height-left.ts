/** Per cent that are what is left of the height, not what is lost. */
import type { Span } from './context.js';
import { JOINTS } from './height-common.js';
import { isOfTheNormalHeight } from './present-loss.js';
import type { Quantity } from './quantities.js';
import { cuesOf, distance, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const MADE_LESS = words(`
  reduced decreased diminished compressed collapsed down crushed squashed flattened
`);
const LEADS_TO = words(`
  reduced compressed collapsed decreased down diminished height narrowed flattened loss
`);
const REMAINING = words(`
  preservation preserves preserving keeps keeping maintains maintaining residual remaining remains retained retains retaining left preserved maintained remain
`);

/** "60 % of the height remains", "compressed to 40 % of its height" */
export function isWhatRemains(sentence: ReadSentence, quantity: Quantity): boolean {
  let before = quantity.from - 1;
  while (
    ['approximately', '~', 'only', 'nearly', 'about', 'around', 'roughly'].includes(sentence.wordAt(before))
  )
    before -= 1;
  const isMadeLess = sentence.wordAt(before) === 'to' && MADE_LESS.has(sentence.wordAt(before - 1));
  const isALoss = cuesOf(sentence, 'heightLoss').some((cue) => distance(cue, quantity) <= 2);
  if (isALoss && !isMadeLess) return false;
  const isReducedTo =
    isMadeLess ||
    (sentence.wordAt(before) === 'to' &&
      [before - 1, before - 2].some((at) => LEADS_TO.has(sentence.wordAt(at))));
  if (isReducedTo && isFurtherLoss(sentence, quantity)) return false;
  if (isReducedTo && !isBetweenValues(sentence, quantity)) return true;
  for (let at = sinceLastJoint(sentence, quantity); at < Math.min(sentence.to, quantity.to + 8); at += 1) {
    const word = sentence.wordAt(at);
    if (word === ',' || word === ';' || word === 'and') {
      if (at >= quantity.to) return false;
      continue;
    }
    const isVerb = word === 'remains' || word === 'remain';
    if (isVerb && at < quantity.from) continue;
    if (isOfALoss(sentence, at)) continue;
    if (REMAINING.has(word)) return true;
  }
  return false;
}

/** "further height loss to 60 %": what is lost by now. */
function isFurtherLoss(sentence: ReadSentence, { from, to }: Quantity): boolean {
  if (sentence.wordAt(to) === 'of') return false;
  for (let at = from - 7; at < from - 1; at += 1)
    if (['further', 'progressive', 'increased', 'progressed', 'additional'].includes(sentence.wordAt(at)))
      return true;
  return false;
}

/** "residual wedging of 25 %": the deformity remains, not the height. */
function isOfALoss(sentence: ReadSentence, remaining: number): boolean {
  if (!['residual', 'remaining', 'retained'].includes(sentence.wordAt(remaining))) return false;
  for (let at = remaining + 1; at <= remaining + 4; at += 1) {
    const word = sentence.wordAt(at);
    if (OF_LOSS.has(word) || word === 'deformity') return true;
    if (word === 'height') return OF_LOSS.has(sentence.wordAt(at + 1));
  }
  return false;
}

/** At most four words before the number, none beyond a comma. */
function sinceLastJoint(sentence: ReadSentence, { from }: Quantity): number {
  let at = from;
  while (at > sentence.from && at > from - 4 && !JOINTS.has(sentence.wordAt(at - 1))) at -= 1;
  return at;
}

/** "its height is now 80 % of normal" */
export function isOfNormal(sentence: ReadSentence, quantity: Quantity, noun: Span | undefined): boolean {
  if (noun !== undefined && isOfTheNormalHeight(sentence, quantity))
    return !hasLossWord(sentence, quantity, quantity);
  if (noun === undefined || !isPlainHeight(sentence, noun) || sentence.wordAt(quantity.to) !== 'of')
    return false;
  return (
    [1, 2].some((step) =>
      ['normal', 'original', 'expected', 'native'].includes(sentence.wordAt(quantity.to + step)),
    ) && !hasLossWord(sentence, quantity, noun)
  );
}

/** "the anterior height is two thirds that of the posterior" */
export function isOfTheBack({ wordAt }: ReadSentence, { to }: Quantity): boolean {
  const isThat = wordAt(to) === 'that' && wordAt(to + 1) === 'of';
  const noun = (isThat ? to + 2 : to + 1) + (wordAt(isThat ? to + 2 : to + 1) === 'the' ? 1 : 0);
  return (isThat || wordAt(to) === 'of') && wordAt(noun) === 'posterior';
}

/** A height in per cent without a word of loss may be what is left or what is lost. */
export function isBareHeight(sentence: ReadSentence, quantity: Quantity, noun: Span | undefined): boolean {
  return noun !== undefined && isPlainHeight(sentence, noun) && !hasLossWord(sentence, quantity, noun);
}

function isPlainHeight(sentence: ReadSentence, noun: Span): boolean {
  return cuesOf(sentence, 'height').some((cue) => cue.from === noun.from);
}

const OF_LOSS = words(`
  loss lost reduced reduction decreased decrease diminished down less lower inferior gone missing deficit
  compression collapse wedging lowered shortened compressed collapsed reduces by cost costing forfeited
  sacrificed
`);

function hasLossWord(sentence: ReadSentence, quantity: Quantity, noun: Span): boolean {
  const [from, to] = [Math.min(quantity.from, noun.from) - 5, Math.max(quantity.to, noun.to) + 4];
  for (let at = from; at < to; at += 1) if (OF_LOSS.has(sentence.wordAt(at))) return true;
  return false;
}

/** "increased from 20 % to 40 %" */
function isBetweenValues(sentence: ReadSentence, quantity: Quantity): boolean {
  return sentence.quantities.some(
    (other) => other !== quantity && other.to <= quantity.from && quantity.from - other.to <= 3,
  );
}
