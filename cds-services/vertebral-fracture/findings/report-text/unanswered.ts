/** "Oedema: not applicable (CT)", "Retropulsion: -": a row of a form whose answer says nothing. */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const NO_ANSWER = words(`
  no not none nil n n/a na - -- ? unknown
`);

/** "Edema none" at the end of a line without a stop */
const ANSWERS = words(`
  none nil negative gone
`);

/** True for a sign with a colon behind it and no answer that is understood. */
export function isUnanswered(sentence: ReadSentence, { from, to }: Span): boolean {
  if (sentence.contextAt(from).denied === 'no' && isNegative(sentence, to)) return true;
  if (sentence.wordAt(to) !== ':' || !NO_ANSWER.has(sentence.wordAt(to + 1))) return false;
  return sentence.contextAt(from).denied === 'no';
}

/** "Oedema +, retropulsion -" */
function isNegative({ wordAt }: ReadSentence, at: number): boolean {
  const isMinus = wordAt(at) === '-' && ENDS.has(wordAt(at + 1));
  return isMinus || ANSWERS.has(wordAt(at));
}

const ENDS: ReadonlySet<string> = new Set(['', ',', ';', '.']);
