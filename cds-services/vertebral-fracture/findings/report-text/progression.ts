/** Whether a fracture has changed since an earlier examination; one that has not for months is an old one. */
import { type Said, type SaidValue, value } from './said.js';
import type { Cue } from './phrases.js';
import {
  type Concept,
  cuesOf,
  type Polarity,
  polarityOf,
  quoteOf,
  type ReadSentence,
  speaksOf,
} from './sentence.js';
import { isOfAType, stableFractures } from './stability.js';
import { isOfAFracture } from './subject-of-change.js';
import { isAYear, isLongAgo, isRecentComparison } from './time-compared.js';
import { words } from './word-set.js';

const OF_A_CHANGE: ReadonlySet<Concept> = new Set<Concept>([
  'progressed',
  'notProgressed',
  'noneChanged',
  'unchanged',
  'heightLoss',
]);

/**
 * Further loss of height, or none.
 * @param isOfWeeks the report compares with an examination of days or weeks ago
 */
export function changesIn(sentence: ReadSentence, isOfWeeks: boolean): readonly Said[] {
  if (!speaksOf(sentence, OF_A_CHANGE)) return [];
  const changes = cuesOf(sentence, 'progressed', 'notProgressed', 'noneChanged', 'unchanged');
  const said = changes.flatMap((cue): readonly Said[] => {
    if (
      cue.concept === 'unchanged' &&
      ((sentence.wordAt(cue.from) === 'stable' && (isOfAType(sentence) || isOfThePatient(sentence, cue))) ||
        isOfCement(sentence, cue) ||
        isPerhapsMechanical(sentence, cue))
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
      case 'noneChanged':
        return isInDoubt(sentence, cue)
          ? []
          : unchanged(where, isLongAgo(sentence)).map((said) => ({ ...said, ofFracturesBefore: true }));
      default:
        return !isSaidOfToday(sentence, cue, polarity) ||
          isAStableFracture(sentence, cue) ||
          isOfAFreshOne(sentence, cue)
          ? []
          : unchanged(where, isAnOldOne(sentence, cue, isOfWeeks));
    }
  });
  return [...said, ...furtherLossesIn(sentence)];
}

/** "Prior fractures at T12 and L2, unchanged.": what is as it was is seen on these images too. */
function isSaidOfToday(sentence: ReadSentence, cue: Cue, polarity: Polarity): boolean {
  const { denied, doubtful, hypothetical } = sentence.contextAt(cue.from);
  return polarity === 'stated' || (denied === 'no' && !doubtful && !hypothetical);
}

const OF_THE_PATIENT = words(`
  neurologically haemodynamically hemodynamically clinically symptomatically medically neurology
`);

/** "L1 fracture, neurologically stable" */
function isOfThePatient({ wordAt }: ReadSentence, { from, to }: Cue): boolean {
  return OF_THE_PATIENT.has(wordAt(from - 1)) || wordAt(to) === 'patient';
}

const FURTHER = words(`
  further additional another increasing increased progressive ongoing continued continuing more
`);

/** "Further loss of L1 height", "has lost another 10 % of its height" */
function furtherLossesIn(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'heightLoss').flatMap((cue): readonly Said[] => {
    const isFurther = [cue.from - 1, cue.from + 1, cue.from + 2].some(
      (at) => at < cue.to && FURTHER.has(sentence.wordAt(at)),
    );
    if (!isFurther || polarityOf(sentence, cue) !== 'stated') return [];
    return [value('progression', true, { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) })];
  });
}

function unchanged(where: Parameters<typeof value>[2], isOld: boolean): readonly SaidValue[] {
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

const LONGEST_ROW = 3;

/** "Stable acute wedge fractures": nothing was there that could have changed; it holds. */
function isOfAFreshOne(sentence: ReadSentence, { from, to }: Cue): boolean {
  if (sentence.wordAt(from) !== 'stable') return false;
  return cuesOf(sentence, 'acute', 'subacute').some((age) => age.from >= to && age.from - to < LONGEST_ROW);
}

/** "The L2 vertebroplasty is unchanged in appearance" says nothing of a fracture. */
function isOfCement(sentence: ReadSentence, cue: Cue): boolean {
  if (isOfAHeight(sentence, cue)) return false;
  return cuesOf(sentence, 'augmentation').some(
    (cement) => cement.to <= cue.from && cue.from - cement.to <= 3,
  );
}

const BEFORE_A_HEIGHT = words(`
  mild moderate severe marked minimal slight vertebral body anterior central residual
`);

/** "Cement in L1 with unchanged mild loss of height", "with stable height of both" */
function isOfAHeight(sentence: ReadSentence, { to }: Cue): boolean {
  let at = to;
  while (BEFORE_A_HEIGHT.has(sentence.wordAt(at))) at += 1;
  return cuesOf(sentence, 'height', 'heightLoss').some(({ from }) => from >= to && from <= at);
}

/** What is unchanged is old, unless the comparison is of weeks or what is unchanged is the cement. */
function isAnOldOne(sentence: ReadSentence, cue: Cue, isOfWeeks: boolean): boolean {
  if (isRecentComparison(sentence)) return false;
  return isLongAgo(sentence) || !(isOfWeeks || isOnlyOfCement(sentence, cue));
}

const EARLIER: ReadonlySet<string> = new Set(['previous', 'prior', 'last', 'residual', 'since']);

/** "Unchanged augmented T12": the cement has not moved. "Cement in T12, 50 % height loss, unchanged": the height has not. */
function isOnlyOfCement(sentence: ReadSentence, cue: Cue): boolean {
  const cement = cuesOf(sentence, 'augmentation');
  if (cement.length === 0 || isALossAhead(sentence, cue)) return false;
  const losses = cuesOf(sentence, 'heightLoss').filter(({ to }) => to <= cue.from);
  if (losses.some((loss) => cement.every(({ to }) => to <= loss.from))) return false;
  if (isOfAHeight(sentence, cue)) return true;
  for (let at = sentence.from; at < sentence.to; at += 1) if (EARLIER.has(sentence.wordAt(at))) return false;
  return true;
}

/** "with unchanged mild loss of height" */
function isALossAhead(sentence: ReadSentence, cue: Cue): boolean {
  return isOfAHeight(sentence, cue) && cuesOf(sentence, 'heightLoss').some(({ from }) => from >= cue.to);
}

const COMPARED = words(`
  since compared prior previous interval chronic old unchanged healed remote comparison again earlier from
  over known previously redemonstrated
`);

const BEFORE_A_JUDGEMENT = words(`
  is are appears : considered , as deemed presumed thought be judged felt
`);

/** "The L1 fracture is stable": it has not changed, or it holds. */
function isPerhapsMechanical(sentence: ReadSentence, cue: Cue): boolean {
  if (cue.to - cue.from > 1 || sentence.wordAt(cue.from) !== 'stable') return false;
  if (!BEFORE_A_JUDGEMENT.has(sentence.wordAt(cue.from - 1))) return false;
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (COMPARED.has(sentence.wordAt(at)) || isAYear(sentence.wordAt(at))) return false;
  return true;
}
