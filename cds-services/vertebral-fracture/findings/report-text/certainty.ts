/**
 * A denial is read only where it is certain. The word that denies has to stand at what it denies, with nothing but
 * words of a closed list between them, and nothing around it may turn it or leave it open: a condition, a comparison
 * of amounts, a quotation, another date, a doubt. A denial that is not read costs a question; a wrong one may cost a
 * patient.
 */
import { reportPhrases } from '../../knowledge.js';
import type { Span } from './context.js';
import type { Denial } from './denial.js';
import { deniesJustThat } from './denied-words.js';
import { cuesIn, phraseTable } from './phrases.js';
import { isOfAResolution } from './resolved.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const TURNS = phraseTable(reportPhrases.turns);

/** True when nothing in the sentence makes a denial less than it seems. */
export function isCertain(sentence: ReadSentence, denial: Denial): boolean {
  const part = partOf(sentence, denial.quote);
  return (
    (denial.of === 'amount' || deniesJustThat(sentence, denial, part)) &&
    !isQuoted(sentence, denial.quote) &&
    !isBeyond(sentence, denial.quote) &&
    !isTurned(sentence, denial, part) &&
    (denial.of === 'change' ||
      isOfAResolution(sentence, denial.quote) ||
      !isOfThePast(sentence, denial, part))
  );
}

const ABOVE = words(`
  above below
`);
const PLACES = words(`
  this it that the these them
`);

/** "no oedema above this" */
function isBeyond({ wordAt }: ReadSentence, { to }: Span): boolean {
  return ABOVE.has(wordAt(to)) && PLACES.has(wordAt(to + 1));
}

/** Between quotation marks stand the words of somebody else, or of another day. */
function isQuoted(sentence: ReadSentence, quote: Span): boolean {
  let marks = 0;
  for (let at = sentence.from; at < quote.from; at += 1) if (sentence.wordAt(at) === '"') marks += 1;
  return marks % 2 === 1;
}

const ENDS_A_PART = words(`
  ; . , -- ( ) period but however although though while whilst whereas yet so and
`);

/** The part of the sentence the words stand in; commas and "and" between them do not end it. */
function partOf(sentence: ReadSentence, quote: Span): Span {
  let { from, to } = quote;
  while (from > sentence.from && !endsAPart(sentence, from - 1)) from -= 1;
  while (to < sentence.to && !endsAPart(sentence, to)) to += 1;
  return { from, to };
}

function endsAPart(sentence: ReadSentence, at: number): boolean {
  return ENDS_A_PART.has(sentence.wordAt(at)) && mentionAt(sentence, at) === undefined;
}

function mentionAt(sentence: ReadSentence, at: number): Span | undefined {
  return sentence.mentions.find(({ from, to }) => at >= from && at < to);
}

/** Farthest a word turns a denial, in tokens; dictations without stops are one long sentence. */
const LONGEST_TURN = 30;

/** "only if ...", "no more than ...", "dictated in error" */
function isTurned(sentence: ReadSentence, { quote, triggers, of }: Denial, part: Span): boolean {
  const from = Math.max(sentence.from, quote.from - LONGEST_TURN);
  const to = Math.min(sentence.to, quote.to + LONGEST_TURN);
  return cuesIn(sentence.tokens, from, to, TURNS).some((turn) => {
    const isInside = [...sentence.mentions, ...triggers].some(
      (span) => turn.from >= span.from && turn.from < span.to,
    );
    if (isInside || turn.concept === 'none' || isAMonth(sentence, turn)) return false;
    const isAnAmount = COMPARES.has(sentence.wordAt(turn.from)) && sentence.wordAt(turn.from + 1) !== 'or';
    if (triggers.length === 0 && isAnAmount) return false;
    if (of === 'change' && turn.from >= quote.from && turn.to <= quote.to) return false;
    if (of === 'change' && turn.from === quote.to && sentence.wordAt(turn.from) === 'against') return false;
    if (turn.concept === 'fracture') return of === 'fracture';
    return turn.concept === 'sentence' || (turn.from >= part.from && turn.to <= part.to);
  });
}

/** Amounts beside words that deny without a "no" are of something else: "stable fracture with less than 20 % loss". */
const COMPARES = words(`
  more less fewer greater larger smaller higher lower
`);

/** "since May 2022" */
function isAMonth(sentence: ReadSentence, { from, to }: Span): boolean {
  if (sentence.wordAt(from) !== 'may') return false;
  return sentence.tokens[to]?.kind === 'number' || SINCE.has(sentence.wordAt(from - 1));
}

const SINCE = words(`
  since from compared than with to of in last
`);
const OF_THE_PAST = words(`
  previous previously prior earlier formerly then last yesterday ago initial initially original originally
  baseline admission presentation outside preliminary
  january february march april june july august september october november december spring summer autumn winter
`);
const YEAR = /^(19|20)\d\d$/;

/** "There was no retropulsion in January": what was not there may be there now. "Compared with January" denies today. */
function isOfThePast(sentence: ReadSentence, { quote }: Denial, part: Span): boolean {
  for (let at = part.from; at < part.to; at += 1) {
    const isDate = OF_THE_PAST.has(sentence.wordAt(at)) || YEAR.test(sentence.wordAt(at));
    if (isDate && (at < quote.from || at >= quote.to) && !isCompared(sentence, at, part)) return true;
    if (isPluperfect(sentence, at)) return true;
  }
  return isUnderAPastLead(sentence, quote);
}

/** "no retropulsion had been reported" */
function isPluperfect({ wordAt }: ReadSentence, at: number): boolean {
  return wordAt(at) === 'had' && (wordAt(at + 1) === 'been' || wordAt(at - 1) === 'retropulsion');
}

const LONGEST_LEAD = 6;
const OF_OTHERS = words(`
  yesterday's yesterdays preop preoperative preoperatively referring letter referral referrer clinic
`);
const OPENS_A_LEAD = words(`
  in on at by previously initially originally formerly earlier last yesterday prior previous before
`);
const TODAY = words(`
  now today currently current
`);

/** "L1 previously: no oedema, no retropulsion", "On the previous MRI, no oedema and no retropulsion" */
function isUnderAPastLead(sentence: ReadSentence, { from }: Span): boolean {
  let isPast = false;
  let isLead = false;
  for (let at = sentence.from; at < from; at += 1) {
    const word = sentence.wordAt(at);
    if (word === ';' || TODAY.has(word) || COMPARED.has(word)) return false;
    if (at < sentence.from + LONGEST_LEAD && !isLead)
      isPast ||= OF_THE_PAST.has(word) || OF_OTHERS.has(word) || YEAR.test(word);
    isLead ||= word === ':' || (word === ',' && OPENS_A_LEAD.has(sentence.wordAt(sentence.from)));
    if (isLead && !isPast) return false;
  }
  return isPast && isLead;
}

const COMPARED = words(`
  since compared comparison unchanged than
`);

function isCompared(sentence: ReadSentence, at: number, part: Span): boolean {
  for (let before = at - 1; before >= part.from && before >= at - 8; before -= 1)
    if (COMPARED.has(sentence.wordAt(before))) return true;
  return false;
}
