/** "Acute fractures of T12 (A1) and L1 (A4)": one noun in the plural, and behind it vertebra by vertebra with an aside to each. */
import type { Span } from './context.js';
import type { Mention } from './levels.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const OF: ReadonlySet<string> = new Set(['of', 'at', 'in', 'involving']);
const JOINTS: ReadonlySet<string> = new Set([',', 'and', '&', ';']);

/** The vertebrae of the row but the first, which owns the noun anyway. */
export function restOfRow(sentence: ReadSentence, noun: Span): readonly Mention[] {
  const first = sentence.mentions.findIndex(({ from }) => from === noun.to + 1);
  const isPlural = sentence.tokens[noun.to - 1]?.plural === true;
  if (first < 0 || !isPlural || !OF.has(sentence.wordAt(noun.to))) return [];
  const rest: Mention[] = [];
  for (let index = first; index + 1 < sentence.mentions.length; index += 1) {
    const [own, next] = [sentence.mentions[index], sentence.mentions[index + 1]];
    if (own === undefined || next?.kind !== 'vertebrae' || !isAsideBetween(sentence, own, next)) break;
    rest.push(next);
  }
  return rest;
}

const BEFORE_THE_NOUN = words(`
  mild moderate severe marked minimal slight acute chronic old subacute healed osteoporotic a an the
  anterior and , new recent remote wedge compression burst longstanding fresh &
`);
const AO_TYPE = /^a[0-4]$/;

/** The vertebrae of a row before the noun but the last, which owns it: "T6 A1, T12 A3 and L1 A2 fractures". */
export function rowBefore(sentence: ReadSentence, noun: Span, last: Mention): readonly Mention[] {
  if (sentence.tokens[noun.to - 1]?.plural !== true || last.to > noun.from) return [];
  const row: Mention[] = [];
  let next = last;
  for (let index = sentence.mentions.indexOf(last) - 1; index >= 0; index -= 1) {
    const mention = sentence.mentions[index];
    if (mention?.kind !== 'vertebrae' || !isOnlyDescribed(sentence, mention.to, next.from)) break;
    row.push(mention);
    next = mention;
  }
  return row;
}

function isOnlyDescribed({ wordAt }: ReadSentence, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1)
    if (!BEFORE_THE_NOUN.has(wordAt(at)) && !AO_TYPE.test(wordAt(at))) return false;
  return true;
}

/** Only "( … )" and a joint stand between the two, and an aside follows the second too. */
function isAsideBetween(sentence: ReadSentence, own: Span, next: Span): boolean {
  const { wordAt } = sentence;
  if (isAmountBehind(sentence, own, next.from) && isAmountBehind(sentence, next, sentence.to)) return true;
  if (wordAt(own.to) !== '(' || wordAt(next.to) !== '(') return false;
  let end = next.from - 1;
  while (JOINTS.has(wordAt(end))) end -= 1;
  return end < next.from - 1 && wordAt(end) === ')';
}

const BESIDE_AN_AMOUNT = words(`
  , and & ; approximately about ~ around loss height of
`);

/** "T12, 20 %, and T11, 10 %": an amount, and nothing else, stands behind the vertebra. */
function isAmountBehind(sentence: ReadSentence, { to }: Span, end: number): boolean {
  const amount = sentence.quantities.find(({ from }) => from > to && from <= to + 2);
  if (amount === undefined || sentence.wordAt(to) !== ',') return false;
  if (end === sentence.to) return [',', '.', '', ';', 'and'].includes(sentence.wordAt(amount.to));
  for (let at = amount.to; at < end; at += 1) if (!BESIDE_AN_AMOUNT.has(sentence.wordAt(at))) return false;
  return amount.to < end;
}
