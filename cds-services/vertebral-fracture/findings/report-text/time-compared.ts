/** How long ago the examination was made a report compares with: days and weeks, or months and years. */
import type { ReadSentence } from './sentence.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

const YEAR = /^(19|20)\d\d$/;

export function isAYear(word: string): boolean {
  return YEAR.test(word);
}

const LONG_AGO: ReadonlySet<string> = new Set(['year', 'years', 'month', 'months']);

/** "no further height loss since 2021" */
export function isLongAgo(sentence: ReadSentence): boolean {
  if (isRecentComparison(sentence)) return false;
  for (let at = sentence.from; at < sentence.to; at += 1) {
    if (YEAR.test(sentence.wordAt(at)) || LONG_AGO.has(sentence.wordAt(at))) return true;
  }
  return false;
}

const DAYS_OR_WEEKS = words(`
  day days week weeks week's weeks' yesterday yesterday's yesterdays hours today fortnight admission
  postoperative preoperative intraoperative discharge supine
`);
/** Days told by their name; alone they may be those of a fall or of the pain. */
const NAMES_OF_DAYS = words(`
  monday tuesday wednesday thursday friday saturday sunday monday's tuesday's wednesday's thursday's friday's
  saturday's sunday's weekend weekend's overnight morning morning's evening night tonight
`);

/** "stable compared with the immediate post-operative films of last year" compares with a year ago. */
const OF_AN_OPERATION = words(`
  postoperative preoperative intraoperative discharge admission supine injury presentation
`);

function isAShortTime(wordAt: (at: number) => string, at: number): boolean {
  const word = wordAt(at);
  return DAYS_OR_WEEKS.has(word) || NAMES_OF_DAYS.has(word) || isAFraction(wordAt, at);
}

/** "2/52 ago", "10/7": weeks and days as British notes write them. */
function isAFraction(wordAt: (at: number) => string, at: number): boolean {
  return wordAt(at - 1) === '/' && (wordAt(at) === '52' || wordAt(at) === '7');
}

const OF_A_FOLLOW_UP = words(`
  comparison compared compare follow followup interval progress control check ago since prior previous
`);

/** "Follow-up at two weeks.", "Comparison: CT 10 days ago" */
export function comparesWithWeeksAgo(tokens: readonly Token[], from: number, to: number): boolean {
  return holdsOne(tokens, from, to, DAYS_OR_WEEKS) && holdsOne(tokens, from, to, OF_A_FOLLOW_UP);
}

function holdsOne(tokens: readonly Token[], from: number, to: number, some: ReadonlySet<string>): boolean {
  for (let at = from; at < to; at += 1) if (some.has(tokens[at]?.word ?? '')) return true;
  return false;
}

/** "unchanged from Tuesday's film", "stable since the film two weeks ago" */
export function isRecentComparison(sentence: ReadSentence): boolean {
  let isOfAnOperation = false;
  let isOld = false;
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const word = sentence.wordAt(at);
    if (OF_AN_OPERATION.has(word)) isOfAnOperation = true;
    else if (isAShortTime(sentence.wordAt, at)) return true;
    isOld ||= YEAR.test(word) || word === 'year' || word === 'years';
  }
  return isOfAnOperation && !isOld;
}
