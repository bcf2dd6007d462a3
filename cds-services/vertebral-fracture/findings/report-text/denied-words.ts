/** Whether a denial is of what it seems to be of: the words between what denies and what is denied. */
import type { Span } from './context.js';
import type { Denial } from './denial.js';
import type { Cue } from './phrases.js';
import type { Concept, ReadSentence } from './sentence.js';
import { isOfTheFracture } from './denied-fracture.js';
import { endsThere } from './denied-tail.js';
import { isOfAResolution, isOfItsPast, RESOLVED } from './resolved.js';
import { words } from './word-set.js';

/** True when nothing but the finding itself is denied. */
export function deniesJustThat(sentence: ReadSentence, denial: Denial, part: Span): boolean {
  if (denial.of === 'change') return true;
  return (
    isUnbroken(sentence, denial) &&
    !isOfOthers(sentence, denial) &&
    !isAnException(sentence, denial) &&
    endsThere(sentence, denial, part) &&
    !isOfAHead(sentence, denial) &&
    (denial.of !== 'fracture' || isOfTheFracture(sentence, denial))
  );
}

/** Words that may stand between what denies and what is denied, or between a wall and "intact". */
const HARMLESS = words(`
  a an any the of its their this these that both all either and or nor & , / - : = ( )
  is are was were be been being has have having had do does did shows demonstrates reveals exhibits contains
  appears remains looks see seen find found i we there with at in on to cause caused causing
  evidence evid e/o sign feature indication suggestion finding pattern presence
  single one two three four low high signal intensity band hypointensity hyperintensity
  bone bony osseous vertebral vertebra body osteoporotic marrow posterior anterior superior inferior central
  cortical cortex wall line fragment component lesion level endplate adjacent associated accompanying
  underlying residual persistent remaining visible demonstrable identifiable discernible detectable
  mr ct mri stir t1 t2 radiographic scintigraphic tracer change abnormality abnormal increased
  thoracic lumbar dorsal thoracolumbar spine spinal column
  compression compressed collapse collapsed deformity deformed fracture retropulsed
  pathologic prevalent incident acute traumatic junctional
  cord conus cauda equina root roots nerve terminates ends well normal which same
  disease deposit distant recurrence skeletal none
  fat suppressed saturated sat fs suppression fluid sensitive sequence sequences images weighted fatty negative
  corresponding matching isointense cold inactive silent scintigraphically isotope normally w wi normalised normalized returned absent yes nil
  avid hot keeps contour straight smooth concave retains outline shape integrity continuity
`);

const AO_TYPE = /^a[0-4]$/;

const JOINTS = words(`
  and or nor & , / plus
`);

/** Nouns and adjectives of the thing denied; any other finding between has to be joined to it. */
const NEUTRAL: ReadonlySet<Concept> = new Set<Concept>([
  'acute',
  'osteoporotic',
  'malignant',
  'metastaticDisease',
  'both',
  'it',
  'former',
  'latter',
  'posteriorWall',
  'wallIntact',
  'wallBroken',
  'maintained',
  'canal',
  'cord',
  'cauda',
  'compressing',
  'compressWord',
]);
const FRACTURES: ReadonlySet<Concept> = new Set<Concept>([
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'burst',
  'compressedBody',
  'wedge',
]);

/** Only words of the list, vertebrae and findings in one row stand between the first word and the last. */
function isUnbroken(sentence: ReadSentence, denial: Denial): boolean {
  const { quote } = denial;
  for (let at = quote.from; at < quote.to; at += 1) {
    const known = spanAt(denial.triggers, at) ?? spanAt(sentence.mentions, at);
    if (known !== undefined) {
      at = known.to - 1;
      continue;
    }
    const cue = spanAt(sentence.cues, at);
    if (cue === undefined) {
      if (!mayStandBetween(sentence, denial, at)) return false;
    } else if (isApart(sentence, cue, denial)) return false;
    else at = Math.min(cue.to, quote.to) - 1;
  }
  return true;
}

const BESIDE_THE_WALL = words(`
  pedicle pedicles element elements facet facets
`);

function mayStandBetween(sentence: ReadSentence, { quote, triggers }: Denial, at: number): boolean {
  const word = sentence.wordAt(at);
  if (triggers.length === 0 && BESIDE_THE_WALL.has(word)) return true;
  if (HARMLESS.has(word) || AO_TYPE.test(word)) return true;
  return isOfAResolution(sentence, quote) && (RESOLVED.has(word) || isOfItsPast(sentence, at));
}

function spanAt<Found extends Span>(spans: readonly Found[], at: number): Found | undefined {
  return spans.find(({ from, to }) => at >= from && at < to);
}

/** Another finding that is neither the thing denied nor joined to it: "fracture retropulsion is absent". */
function isApart(sentence: ReadSentence, cue: Cue<Concept>, { quote, of }: Denial): boolean {
  const isTarget = cue.from <= quote.from || cue.to >= quote.to;
  if (isTarget || NEUTRAL.has(cue.concept) || (of !== 'fracture' && FRACTURES.has(cue.concept))) return false;
  for (let at = cue.to; at < quote.to; at += 1) if (JOINTS.has(sentence.wordAt(at))) return false;
  return true;
}

const NOT_ALL = words(`
  all both each every only just quite always
`);

/** What cannot be seen may be hidden. */
const CANNOT = words(`
  cannot can could
`);

/** "no new metastasis", "not all of them", "oedema rather than retropulsion" deny something else. */
function isOfOthers(sentence: ReadSentence, { quote, triggers }: Denial): boolean {
  if (
    sentence.cues.some(({ concept, from, to }) => concept === 'noNew' && from < quote.to && to > quote.from)
  )
    return true;
  return triggers.some(({ from, to }) => {
    const first = sentence.wordAt(from);
    if (NOT_ALL.has(sentence.wordAt(to)) || first === 'rather' || first === 'instead') return true;
    if (to >= quote.to && CANNOT.has(first)) return true;
    const isAbsence = first === 'absence' || first === 'lack';
    if (isAbsence && CONCLUDES.has(sentence.wordAt(quote.to)) && from === sentence.from) return false;
    return isAbsence && !['is', 'with', 'shows', 'the', 'by'].includes(sentence.wordAt(from - 1));
  });
}

/** "Absence of oedema suggests an old fracture." */
const CONCLUDES = words(`
  suggests indicates favor
`);

const EXCEPTS = words(`
  except excepting exception apart aside besides save barring beyond other than but bar
`);

/** "none retropulsed, L1 excepted" */
const EXCEPTED = words(`
  excepted excluded aside apart
`);

/** "all but L3 are free of oedema" */
const OF_MANY = words(`
  all none any each every everything nothing
`);

/** "Except for L1, no fracture", "no fracture at any level but L3" */
function isAnException(sentence: ReadSentence, { quote, mention }: Denial): boolean {
  if (mention === undefined) return false;
  if (EXCEPTED.has(sentence.wordAt(mention.to))) return true;
  for (let at = mention.from - 1; at >= mention.from - 4; at -= 1) {
    const word = sentence.wordAt(at);
    if (word === ',' || word === ';' || word === 'is') return false;
    const isTurn = word === 'but' && at < quote.to && !OF_MANY.has(sentence.wordAt(at - 1));
    if (EXCEPTS.has(word) && !isTurn) return true;
  }
  return false;
}

/** "alignment of the posterior wall is maintained" */
function isOfAHead(sentence: ReadSentence, { quote, triggers }: Denial): boolean {
  const isPlain = !triggers.some(({ from }) => from <= quote.from);
  const before = sentence.wordAt(quote.from - 1);
  if (!isPlain || (before !== 'the' && before !== 'of')) return false;
  const preposition = before === 'the' ? sentence.wordAt(quote.from - 2) : before;
  return ['of', 'behind', 'along', 'between'].includes(preposition);
}
