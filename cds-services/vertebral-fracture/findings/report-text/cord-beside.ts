/** "the cord is displaced but not compressed", "nowhere is the cord compressed", "Spinal cord: no compression": words of the cord that deny. */
import type { Span } from './context.js';
import type { SaidOfPatient } from './said.js';
import { cuesOf, polarityOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const COMPRESSED = words(`
  compressed compression impingement deformed squashed
`);
const BETWEEN = words(`
  is are was not but and yet though although without it being displaced deviated shifted moved contacted touched
  indented abutted posteriorly posterior anteriorly slightly minimally mildly dorsally to the left right backwards
  nowhere any itself does however frank actual
`);
const LABEL = words(`
  no not
`);
const LONGEST = 12;

export interface UncompressedCord {
  readonly said: SaidOfPatient;
  /** From the cord to past what is denied. */
  readonly span: Span;
}

/** Where a cord is moved or touched, and the same part says that it is not compressed. */
export function uncompressedCord(sentence: ReadSentence): readonly UncompressedCord[] {
  return cuesOf(sentence, 'cord', 'cordCompression').flatMap((cue): readonly UncompressedCord[] => {
    if (!isOfTheCord(sentence, cue)) return [];
    const denial = denialBehind(sentence, cue);
    if (denial === undefined) return [];
    const said = { sign: 'cordCompression' as const, value: false, quote: denial };
    return [{ said, span: { from: cue.from, to: denial.to } }];
  });
}

function isOfTheCord({ wordAt }: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1) if (wordAt(at) === 'cord') return true;
  return false;
}

const ENDS = words(`
  . , ; ) and at
`);

function denialBehind(sentence: ReadSentence, cue: Span): Span | undefined {
  const { wordAt } = sentence;
  let from: number | undefined;
  const start = wordAt(cue.to) === ':' && LABEL.has(wordAt(cue.to + 1)) ? cue.to + 1 : cue.to;
  for (let at = start; at < Math.min(sentence.to, cue.to + LONGEST); at += 1) {
    const word = wordAt(at);
    const isEnd = at + 1 >= sentence.to || ENDS.has(wordAt(at + 1));
    if (from !== undefined && COMPRESSED.has(word))
      return isEnd && !isDoubtful(sentence, cue) ? { from, to: at + 1 } : undefined;
    if (DENIES.has(word) || (word === 'no' && start > cue.to)) from ??= at;
    if (!BETWEEN.has(word) && word !== 'no') return undefined;
  }
  return undefined;
}

const DENIES = words(`
  not without nowhere
`);

function isDoubtful(sentence: ReadSentence, cue: Span): boolean {
  const { doubtful, hypothetical, historical } = sentence.contextAt(cue.from);
  return doubtful || hypothetical || historical || polarityOf(sentence, cue) === 'open';
}
