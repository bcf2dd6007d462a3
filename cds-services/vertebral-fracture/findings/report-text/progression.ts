/** Whether a fracture has changed since an earlier examination; one that has not for months is an old one. */
import { type Said, value } from './said.js';
import type { Cue } from './phrases.js';
import { type Concept, cuesOf, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { stableFractures } from './signs.js';
import { isOfAFracture } from './subject-of-change.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

/**
 * Further loss of height, or none.
 * @param isOfWeeks the report compares with an examination of days or weeks ago
 */
export function changesIn(sentence: ReadSentence, isOfWeeks: boolean): readonly Said[] {
  return cuesOf(sentence, 'progressed', 'notProgressed', 'unchanged').flatMap((cue): readonly Said[] => {
    if (
      cue.concept === 'unchanged' &&
      (isOfAType(sentence, cue) || isOfCement(sentence, cue) || isPerhapsMechanical(sentence, cue))
    )
      return [];
    if (!isOfAFracture(sentence, cue)) return [];
    const where = { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) };
    const polarity = polarityOf(sentence, cue);
    switch (cue.concept) {
      case 'progressed':
        return polarity !== 'stated' ? [] : [value('progression', true, where)];
      case 'notProgressed':
        return isInDoubt(sentence, cue) ? [] : unchanged(where, isLongAgo(sentence));
      default:
        return polarity !== 'stated' || isAStableFracture(sentence, cue)
          ? []
          : unchanged(where, isAnOldOne(sentence, isOfWeeks));
    }
  });
}

function unchanged(where: Parameters<typeof value>[2], isOld: boolean): readonly Said[] {
  return [
    value('progression', false, where),
    ...(isOld ? [value('acuity', 'chronic', where, { firmness: 'implied' })] : []),
  ];
}

function isInDoubt(sentence: ReadSentence, cue: Cue): boolean {
  const { doubtful, hypothetical } = sentence.contextAt(cue.from);
  return doubtful || hypothetical;
}

function isAStableFracture(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  return stableFractures(sentence).some((stable) => stable.from === cue.from);
}

/** "The L2 vertebroplasty is unchanged in appearance" says nothing of a fracture. */
function isOfCement(sentence: ReadSentence, cue: Cue): boolean {
  return cuesOf(sentence, 'augmentation').some(
    (cement) => cement.to <= cue.from && cue.from - cement.to <= 3,
  );
}

/** "Stable compression fracture, AO A1": of a classified injury, stable means that it holds. */
function isOfAType(sentence: ReadSentence, cue: Cue): boolean {
  if (sentence.wordAt(cue.from) !== 'stable') return false;
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (/^a[0-4]$/.test(sentence.wordAt(at))) return true;
  return false;
}

const YEAR = /^(19|20)\d\d$/;
const LONG_AGO: ReadonlySet<string> = new Set(['year', 'years', 'month', 'months']);

/** "no further height loss since 2021" */
function isLongAgo(sentence: ReadSentence): boolean {
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

/** What is unchanged is old, unless the comparison is of weeks or what is unchanged is the cement. */
function isAnOldOne(sentence: ReadSentence, isOfWeeks: boolean): boolean {
  if (isRecentComparison(sentence)) return false;
  return isLongAgo(sentence) || !(isOfWeeks || isOnlyOfCement(sentence));
}

const EARLIER: ReadonlySet<string> = new Set(['previous', 'prior', 'last', 'residual', 'since']);

/** "Unchanged augmented T12": the cement has not moved. */
function isOnlyOfCement(sentence: ReadSentence): boolean {
  if (cuesOf(sentence, 'augmentation').length === 0) return false;
  for (let at = sentence.from; at < sentence.to; at += 1) if (EARLIER.has(sentence.wordAt(at))) return false;
  return true;
}

const OF_A_FOLLOW_UP = words(`
  comparison compared compare follow followup interval progress control check ago since prior previous
`);

/** "Follow-up at two weeks.", "Comparison: CT 10 days ago" */
export function comparesWithWeeksAgo(tokens: readonly Token[], from: number, to: number): boolean {
  let isOfWeeks = false;
  let isAFollowUp = false;
  for (let at = from; at < to; at += 1) {
    const word = tokens[at]?.word ?? '';
    isOfWeeks ||= DAYS_OR_WEEKS.has(word);
    isAFollowUp ||= OF_A_FOLLOW_UP.has(word);
  }
  return isOfWeeks && isAFollowUp;
}

const COMPARED = words(`
  since compared prior previous interval chronic old unchanged healed remote comparison again earlier from
  over known
`);

/** "The L1 fracture is stable": it has not changed, or it holds. */
function isPerhapsMechanical(sentence: ReadSentence, cue: Cue): boolean {
  if (cue.to - cue.from > 1 || sentence.wordAt(cue.from) !== 'stable') return false;
  if (!['is', 'are', 'appears', ':', 'considered', ','].includes(sentence.wordAt(cue.from - 1))) return false;
  for (let at = sentence.from; at < sentence.to; at += 1) if (COMPARED.has(sentence.wordAt(at))) return false;
  return true;
}

function isRecentComparison(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (DAYS_OR_WEEKS.has(sentence.wordAt(at))) return true;
  return false;
}
