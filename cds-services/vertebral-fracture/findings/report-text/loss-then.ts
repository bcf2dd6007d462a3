/** "35 % loss of height, previously 20 %": the loss an earlier examination showed, beside the one of today. */
import type { Quantity } from './quantities.js';
import { type Concept, cuesOfAny, distance, isBetween, type ReadSentence, sameOwner } from './sentence.js';
import { words } from './word-set.js';

const BEFORE_THEN = words(`
  was were previously formerly initially from versus vs against originally
`);
const COMPARED = words(`
  compared comparison relative up increased
`);
const AFTER_THEN = words(`
  previously formerly initially originally before ago then earlier baseline admission prior previous last
  january february march april june july august september october november december
`);
const YEAR = /^(19|20)\d\d$/;
const AFTER_NOW = words(`
  now today currently
`);
const BEFORE_NOW = words(`
  now today currently is
`);
const ANOTHER: readonly Concept[] = [
  'canal',
  'canalNarrowed',
  'canalNormal',
  'kyphosis',
  'retropulsion',
  'discWord',
];
const ENDS: ReadonlySet<string> = new Set([';', '.']);
const APPROXIMATE = words(`
  approximately ~ about only at the of to with
`);
const LONGEST_WAY = 12;
const LONGEST_DATE = 5;

/**
 * The loss told of an earlier examination, where its number stands next to the one of today.
 * @param percents every per cent of the sentence, in order
 */
export function lossThen(
  sentence: ReadSentence,
  today: Quantity,
  percents: readonly Quantity[],
): Quantity | undefined {
  const index = percents.indexOf(today);
  const [before, after] = [percents[index - 1], percents[index + 1]];
  if (after !== undefined && isThen(sentence, after) && isSameThing(sentence, today, after)) return after;
  if (before === undefined || !isNow(sentence, today)) return undefined;
  return isThen(sentence, before) && isSameThing(sentence, before, today) ? before : undefined;
}

function isSameThing(sentence: ReadSentence, first: Quantity, second: Quantity): boolean {
  if (distance(first, second) > LONGEST_WAY || !sameOwner(sentence, first, second)) return false;
  if (isBetween(sentence, first, second, ENDS)) return false;
  const end = Math.min(sentence.to, second.to + 4);
  return !cuesOfAny(sentence, ANOTHER).some(({ from }) => from >= first.from && from < end);
}

function isThen(sentence: ReadSentence, { from, to }: Quantity): boolean {
  let before = from - 1;
  while (APPROXIMATE.has(sentence.wordAt(before))) {
    if (COMPARED.has(sentence.wordAt(before - 1))) return true;
    before -= 1;
  }
  if (BEFORE_THEN.has(sentence.wordAt(before))) return true;
  for (let at = to; at < to + LONGEST_DATE; at += 1) {
    const word = sentence.wordAt(at);
    if (word === '' || word === ',' || word === ';' || word === ')') return false;
    if (AFTER_THEN.has(word) || YEAR.test(word)) return true;
  }
  return false;
}

function isNow(sentence: ReadSentence, { from, to }: Quantity): boolean {
  let before = from - 1;
  while (APPROXIMATE.has(sentence.wordAt(before))) before -= 1;
  return AFTER_NOW.has(sentence.wordAt(to)) || BEFORE_NOW.has(sentence.wordAt(before));
}
