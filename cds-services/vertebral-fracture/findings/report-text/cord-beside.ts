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

/** Where a cord is moved or touched, and the same part says that it is not compressed. */
export function uncompressedCord(sentence: ReadSentence): readonly SaidOfPatient[] {
  return cuesOf(sentence, 'cord', 'cordCompression').flatMap((cue): readonly SaidOfPatient[] => {
    if (!isOfTheCord(sentence, cue)) return [];
    const to = endOfDenial(sentence, cue);
    return to === undefined ? [] : [{ sign: 'cordCompression', value: false, quote: { from: cue.from, to } }];
  });
}

function isOfTheCord({ wordAt }: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1) if (wordAt(at) === 'cord') return true;
  return false;
}

const ENDS = words(`
  . , ; ) and at
`);

function endOfDenial(sentence: ReadSentence, cue: Span): number | undefined {
  const { wordAt } = sentence;
  let isDenied = false;
  const start = wordAt(cue.to) === ':' && LABEL.has(wordAt(cue.to + 1)) ? cue.to + 1 : cue.to;
  for (let at = start; at < Math.min(sentence.to, cue.to + LONGEST); at += 1) {
    const word = wordAt(at);
    const isEnd = at + 1 >= sentence.to || ENDS.has(wordAt(at + 1));
    if (isDenied && COMPRESSED.has(word)) return isEnd && !isDoubtful(sentence, cue) ? at + 1 : undefined;
    isDenied ||= DENIES.has(word) || (word === 'no' && start > cue.to);
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
