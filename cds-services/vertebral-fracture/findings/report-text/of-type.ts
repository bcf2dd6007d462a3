/** The AO Spine-DGOU type of an osteoporotic fracture: "OF 3", "OF type 4"; the word "of" stands everywhere else. */
import type { OfType } from '../finding.js';
import { type Said, value } from './said.js';
import { polarityOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const TYPE = /^[1-5]$/;
const TYPED: ReadonlySet<string> = new Set(['type', 'class', 'classification', 'grade']);
const UNITS = words(`
  mm cm percent / year week month
`);

export function osteoporoticType(sentence: ReadSentence): readonly Said[] {
  const said: Said[] = [];
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const end = sentence.wordAt(at) === 'of' ? endOfType(sentence, at) : undefined;
    if (end === undefined) continue;
    const quote = { from: at, to: end };
    if (polarityOf(sentence, quote) !== 'stated') continue;
    const type = sentence.wordAt(end - 1) as OfType;
    said.push(value('ofType', type, { quote, owner: sentence.ownerAt(at) }));
  }
  return said;
}

/** Past the number of the type whose name begins at this "of". */
function endOfType(sentence: ReadSentence, at: number): number | undefined {
  const { tokens, wordAt } = sentence;
  let next = at + 1;
  while (next < at + 4 && (TYPED.has(wordAt(next)) || wordAt(next) === '-')) next += 1;
  if (!TYPE.test(wordAt(next)) || tokens[at]?.capitals !== true) return undefined;
  if (UNITS.has(wordAt(next + 1))) return undefined;
  const isTyped = TYPED.has(wordAt(next - 1)) || TYPED.has(wordAt(next - 2));
  const isName = isTyped || tokens[next]?.gap === 'none' || AFTER.has(wordAt(at - 1));
  return isName || !isInCapitals(sentence) || isOfOneFracture(sentence, at, next) ? next + 1 : undefined;
}

const AFTER = words(`
  dgou spine aospine ao
`);

/** "OF 3 FRACTURE OF L1" in a text without small letters; "OF 3 FRACTURES" counts. */
function isOfOneFracture({ from, tokens, wordAt }: ReadSentence, at: number, number: number): boolean {
  const noun = tokens[number + 1];
  const begins = at === from || wordAt(at - 1) === ',' || wordAt(at - 1) === '(';
  return begins && noun?.word === 'fracture' && !noun.plural;
}

/** Words of four letters and more tell; abbreviations are written in capitals everywhere. */
function isInCapitals({ tokens, from, to }: ReadSentence): boolean {
  let [long, shouted] = [0, 0];
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'word' || token.end - token.start < 4) continue;
    long += 1;
    if (token.capitals) shouted += 1;
  }
  return shouted * 2 > long;
}
