/** Height loss in per cent. */
import type { Interval } from '../interval.js';
import type { Span } from './context.js';
import { isGiven, joined } from './height-common.js';
import { earlierLoss, isNow, NEAR } from './height-earlier.js';
import { isBareHeight, isOfNormal, isOfTheBack, isWhatRemains } from './height-left.js';
import { nounOf } from './height-noun.js';
import { lossThen } from './loss-then.js';
import { isBeforeTreatment, isIncrease } from './present-loss.js';
import type { Quantity } from './quantities.js';
import { type Said, value } from './said.js';
import { distance, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** Per cent given of the height; the nearest noun decides what they are of. */
export function measured(sentence: ReadSentence): readonly Said[] {
  const percents = sentence.quantities.filter(({ unit }) => unit === 'percent');
  if (percents.length === 0) return [];
  let last: 'height' | 'other' | undefined;
  const said: Said[] = [];
  const earlier = new Set(
    percents.map(
      (quantity) => earlierLoss(sentence, quantity, percents) ?? lossThen(sentence, quantity, percents),
    ),
  );
  let wasOfToday = true;
  percents.forEach((quantity, index) => {
    const isOfNow = !wasOfToday && isNow(sentence, quantity.from - NEAR, quantity);
    wasOfToday = !isIncrease(sentence, quantity) && !isBeforeTreatment(sentence, quantity);
    const noun = nounOf(sentence, quantity, percents[index - 1], percents[index + 1]);
    const goesOn = isOfNow || earlierLoss(sentence, quantity, percents) !== undefined;
    const about = noun === undefined || (last === 'height' && goesOn) ? last : noun.about;
    last = about ?? last;
    if (about !== 'height' || earlier.has(quantity) || isBeforeTreatment(sentence, quantity)) return;
    if (isIncrease(sentence, quantity)) {
      if (isGiven(sentence, quantity)) said.push(increase(sentence, quantity));
      return;
    }
    const remains =
      isWhatRemains(sentence, quantity) ||
      isOfNormal(sentence, quantity, noun?.cue) ||
      isOfTheBack(sentence, quantity);
    if (!remains && !isOfNow && noun !== undefined && isBareHeight(sentence, quantity, noun.cue)) return;
    if (!isGiven(sentence, quantity) || isOfOneOfThem(sentence, quantity)) return;
    if (isPartOfTheBody(sentence, quantity)) return;
    const loss = remains ? rest(quantity) : span(quantity);
    const owner = sentence.ownerAt(quantity.from);
    const shown = noun?.cue !== undefined && distance(noun.cue, quantity) <= 8 ? noun.cue : undefined;
    const quote = joined(quantity, shown);
    said.push(value('heightLossPercent', loss, { quote, owner }));
    if (loss.min > 0) said.push({ kind: 'status', status: statusOfLoss(sentence, quantity), quote, owner });
    const then = earlierLoss(sentence, quantity, percents) ?? lossThen(sentence, quantity, percents);
    const before = quantity.before ?? (remains ? undefined : then?.max);
    if (before !== undefined && loss.min > before) said.push(value('progression', true, { quote, owner }));
  });
  return said;
}

/** "a further 10 % loss of height" */
function increase(sentence: ReadSentence, quantity: Quantity): Said {
  const where = { quote: joined(quantity, undefined), owner: sentence.ownerAt(quantity.from) };
  return value('progression', true, where);
}

const REPLACES = words(`
  replaces replacing replaced occupies occupying occupied involves involving involved fills filling filled
  affects affecting affected infiltrates infiltrating spares sparing through in across along over within on
`);
const HEIGHT = words(`
  height compression collapse compressed collapsed loss
`);

/** "replaces two thirds of the body", "oedema in a third of it": a share of the body is no loss of its height. */
function isPartOfTheBody(sentence: ReadSentence, { from, to }: Quantity): boolean {
  if (sentence.wordAt(to) === 'of') {
    let at = to + 1;
    while (['the', 'its', 'this', 'vertebra', 'vertebral'].includes(sentence.wordAt(at))) at += 1;
    const isBody = ['body', 'marrow', 'endplate', 'wall', 'circumference', 'width', 'depth'].includes(
      sentence.wordAt(at),
    );
    if (isBody && !HEIGHT.has(sentence.wordAt(at + 1))) return true;
  }
  let before = from - 1;
  while (['the', 'about', 'approximately', 'nearly', 'over'].includes(sentence.wordAt(before))) before -= 1;
  return (
    REPLACES.has(sentence.wordAt(before)) &&
    !HEIGHT.has(sentence.wordAt(before - 1)) &&
    isAFraction(sentence, { from, to })
  );
}

function isAFraction(sentence: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1) if (sentence.wordAt(at) === 'percent') return false;
  return true;
}

const COMPARES: ReadonlySet<string> = new Set([
  'greater',
  'greatest',
  'worst',
  'maximum',
  'maximal',
  'most',
  'largest',
  'highest',
]);

/** "fractures of T8 and L4; the greater height loss is 45 %": nobody knows of which. */
function isOfOneOfThem(sentence: ReadSentence, quantity: Quantity): boolean {
  const owner = sentence.ownerAt(quantity.from);
  if (owner.kind !== 'mention' || owner.mention.levels.length < 2) return false;
  for (let at = Math.max(sentence.from, quantity.from - 8); at < quantity.from; at += 1)
    if (COMPARES.has(sentence.wordAt(at))) return true;
  return false;
}

function statusOfLoss(sentence: ReadSentence, { from }: Quantity): 'present' | 'possible' {
  return sentence.contextAt(from).doubtful ? 'possible' : 'present';
}

function span({ min, max, minExclusive, maxExclusive }: Quantity): Interval {
  return { min, max, ...(minExclusive && { minExclusive }), ...(maxExclusive && { maxExclusive }) };
}

/** What is lost when the quantity is what is left. */
function rest({ min, max, minExclusive, maxExclusive }: Quantity): Interval {
  return {
    min: 100 - max,
    max: 100 - min,
    ...(maxExclusive && { minExclusive: true as const }),
    ...(minExclusive && { maxExclusive: true as const }),
  };
}
