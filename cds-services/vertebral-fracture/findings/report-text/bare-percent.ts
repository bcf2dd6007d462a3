/** "Collapse of L1 and L3. L1 about 60 percent, L3 about 35 percent.": a sentence of vertebrae and amounts goes on about the fractures before it. */
import type { FractureFindingName } from '../finding.js';
import { lossThen } from './loss-then.js';
import type { Quantity } from './quantities.js';
import type { Said } from './said.js';
import { value } from './said.js';
import { type Concept, cuesOfAny, polarityOf, type ReadSentence } from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

const FILLERS = words(`
  is are was , ; : . and & the about approximately ~ roughly nearly almost at of by around in to loss lost has have
  now - -- ( ) a an est estimated measures measured measuring worse worst more two both each respectively
  old new recent acute chronic subacute healed unchanged stable it only some only with
  week weeks month months year years day days ago previously before earlier then since last against from up
  presentation initially today this compared baseline
`);
/** What per cent of the sentence before may be of. */
const OF_SOMETHING_ELSE: readonly Concept[] = [
  'canal',
  'canalNarrowed',
  'canalNormal',
  'uptake',
  'discWord',
  'nothing',
  'retropulsion',
  'lesionWord',
];

/** @param before the sentence before it, in the same paragraph */
export function barePercents(sentence: ReadSentence, before: ReadSentence | undefined): readonly Said[] {
  const percents = ofToday(sentence, amountsAfterFractures(sentence, before));
  const isOfOne = sentence.mentions.length > 0 || percents.length === 1;
  if (!isOfOne || isTwiceOfOne(sentence, percents)) return [];
  return percents.map((quantity) =>
    value(
      NAME,
      { min: quantity.min, max: quantity.max },
      { quote: spanOf(quantity), owner: sentence.ownerAt(quantity.from) },
    ),
  );
}

/** "Two weeks ago it was 20 % and it is now 35 %." */
function ofToday(sentence: ReadSentence, percents: readonly Quantity[]): readonly Quantity[] {
  const today = percents.filter((one) => lossThen(sentence, one, percents) !== undefined);
  return percents.length === 2 && today.length === 1 ? today : percents;
}

/**
 * The per cents of a sentence that holds nothing but amounts of the fractures told before it.
 * @param besides more words that may stand among them
 */
export function amountsAfterFractures(
  sentence: ReadSentence,
  before: ReadSentence | undefined,
  besides: ReadonlySet<string> = NONE,
): readonly Quantity[] {
  const percents = sentence.quantities.filter(({ unit }) => unit === 'percent');
  if (percents.length === 0 || before === undefined) return [];
  if (!tellsOfFractures(before) || !isOnlyAmounts(sentence, percents, besides)) return [];
  const known = new Set(before.mentions.flatMap(({ levels }) => levels));
  const isOfKnown = sentence.mentions.every(
    ({ kind, levels }) => kind === 'vertebrae' && levels.every((level) => known.has(level)),
  );
  return isOfKnown && (sentence.mentions.length > 0 || known.size === 1) ? percents : [];
}

const NONE: ReadonlySet<string> = new Set();

const NAME: FractureFindingName & 'heightLossPercent' = 'heightLossPercent';

function spanOf({ from, to }: Quantity): { from: number; to: number } {
  return { from, to };
}

function isOnlyAmounts(
  sentence: ReadSentence,
  percents: readonly Quantity[],
  besides: ReadonlySet<string>,
): boolean {
  const end = endOfAmounts(sentence, percents);
  const named = [...sentence.mentions, ...percents];
  for (let at = sentence.from; at < end; at += 1) {
    const isNamed = named.some(({ from, to }) => at >= from && at < to);
    if (!isNamed && !FILLERS.has(sentence.wordAt(at)) && !besides.has(sentence.wordAt(at))) return false;
  }
  return true;
}

const DENY = words(`
  no without nil
`);

/** "About 5-10 percent, no kyphosis.", "20 percent and there is no retropulsion": up to what is denied behind the amounts. */
function endOfAmounts(sentence: ReadSentence, percents: readonly Quantity[]): number {
  const last = percents.at(-1)?.to ?? sentence.to;
  if (![',', 'and'].includes(sentence.wordAt(last))) return sentence.to;
  let at = last + 1;
  while (['and', 'there', 'is', 'are', 'with'].includes(sentence.wordAt(at))) at += 1;
  return DENY.has(sentence.wordAt(at)) ? last : sentence.to;
}

/** Fractures stated, with nothing else the amounts could be of. */
export function tellsOfFractures(before: ReadSentence): boolean {
  const nouns = cuesOfAny(before, STRONG_OR_WEAK);
  const isStated = nouns.length > 0 && nouns.every((cue) => polarityOf(before, cue) === 'stated');
  return isStated && cuesOfAny(before, OF_SOMETHING_ELSE).length === 0;
}

/** "L1 40 %, 30 %": which of them nobody knows. */
function isTwiceOfOne(sentence: ReadSentence, percents: readonly Quantity[]): boolean {
  const owners = percents.map(({ from }) => sentence.ownerAt(from));
  return owners.some((owner, index) => {
    if (owner.kind !== 'mention') return index > 0;
    return owners.findIndex((other) => other.kind === 'mention' && other.mention === owner.mention) !== index;
  });
}
