/** Oedema that was there before and is not any more, or nearly not: "the oedema seen in June has resolved", "interval resolution of oedema". */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

export interface Resolution {
  readonly quote: Span;
  /** `nearly` leaves open what is seen today. */
  readonly is: 'gone' | 'nearly';
}

const AUXILIARIES = words(`
  has have is are
`);
const ADVERBS = words(`
  now since completely entirely fully been all meanwhile subsequently totally
`);
const NEARLY = words(`
  nearly almost largely virtually mostly essentially practically partially partly incompletely
`);
/** Words a sign that is gone ends with. */
export const RESOLVED = words(`
  resolved gone disappeared subsided settled cleared vanished resolution normalized
`);
const GOES_ON = words(`
  from up down to into through beyond further
`);
/** What an oedema that is gone may be told with: when it was seen. */
const OF_ITS_PAST = words(`
  seen noted described present shown shows demonstrated demonstrates visible reported florid which that was were
  on in at the this previously earlier before prior previous last first initial scan mri study examination exam
  report image images imaging time then ago weeks months years days body vertebra vertebral of fracture interval
  january february march april may june july august september october november december spring summer autumn
  winter bone marrow within all any completely entirely fully now since
`);
const YEAR = /^(19|20)\d\d$/;
/** Longest aside between the oedema and its end, in tokens. */
const LONGEST_PAST = 12;

/** @returns what became of an oedema, where the sentence tells */
export function resolutionOf(sentence: ReadSentence, cue: Span): Resolution | undefined {
  return toldBehind(sentence, cue) ?? toldBefore(sentence, cue);
}

function toldBehind(sentence: ReadSentence, cue: Span): Resolution | undefined {
  let at = cue.to;
  while (at < Math.min(sentence.to, cue.to + LONGEST_PAST) && isOfItsPast(sentence, at)) at += 1;
  const isBare = at === cue.to && RESOLVED.has(sentence.wordAt(at)) && isEnd(sentence, at + 1);
  if (isBare) return { quote: { from: cue.from, to: at + 1 }, is: 'gone' };
  if (!AUXILIARIES.has(sentence.wordAt(at))) return undefined;
  at += 1;
  let is: Resolution['is'] = 'gone';
  while (ADVERBS.has(sentence.wordAt(at)) || NEARLY.has(sentence.wordAt(at))) {
    if (NEARLY.has(sentence.wordAt(at))) is = 'nearly';
    at += 1;
  }
  const isTold = RESOLVED.has(sentence.wordAt(at)) && !GOES_ON.has(sentence.wordAt(at + 1));
  return isTold ? { quote: { from: cue.from, to: at + 1 }, is } : undefined;
}

/** "oedema resolved." */
function isEnd({ wordAt, to }: ReadSentence, at: number): boolean {
  return at >= to || ['.', ',', ';', ')'].includes(wordAt(at));
}

/** "with interval resolution of the marrow oedema" */
function toldBefore(sentence: ReadSentence, cue: Span): Resolution | undefined {
  let at = cue.from - 1;
  while (at >= cue.from - 5 && isOfItsPast(sentence, at) && sentence.wordAt(at + 1) !== 'of') at -= 1;
  if (sentence.wordAt(at) !== 'resolution' || sentence.wordAt(at + 1) !== 'of') return undefined;
  const quote = { from: at, to: cue.to };
  for (let before = at - 1; before >= at - 3; before -= 1) {
    if (['partial', 'incomplete', 'near', 'nearly', 'almost', 'some'].includes(sentence.wordAt(before)))
      return { quote, is: 'nearly' };
  }
  return { quote, is: 'gone' };
}

/** True for a denial that tells what has gone. */
export function isOfAResolution({ wordAt }: ReadSentence, { from, to }: Span): boolean {
  return RESOLVED.has(wordAt(from)) || RESOLVED.has(wordAt(to - 1));
}

/** True for a word an oedema that is gone may be told with. */
export function isOfItsPast(sentence: ReadSentence, at: number): boolean {
  const word = sentence.wordAt(at);
  const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
  return isNamed || OF_ITS_PAST.has(word) || YEAR.test(word) || sentence.tokens[at]?.kind === 'number';
}
