/** What kind of fracture it is: shape, cause, age, and whether it has changed. */
import type { Acuity, Aetiology, Morphology } from '../finding.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import {
  type Concept,
  cuesOf,
  distance,
  isBetween,
  polarityOf,
  quoteOf,
  type ReadSentence,
  sameOwner,
} from './sentence.js';
import { stableFractures } from './signs.js';
import { STRONG, WEAK } from './status.js';
import { words } from './word-set.js';

export function appearanceIn(sentence: ReadSentence): readonly Said[] {
  return [...shapes(sentence), ...causes(sentence), ...ages(sentence), ...changes(sentence)];
}

const SHAPES: Readonly<Partial<Record<Concept, Morphology>>> = {
  wedge: 'wedge',
  wedgeLoss: 'wedge',
  wedgeFracture: 'wedge',
  biconcave: 'biconcave',
  biconcaveFracture: 'biconcave',
  crush: 'crush',
  crushFracture: 'crush',
  vertebraPlana: 'crush',
  burst: 'burst',
  pincer: 'pincer',
  chance: 'chance',
  translation: 'translation',
};

function shapes(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, ...(Object.keys(SHAPES) as Concept[])).flatMap((cue): readonly Said[] => {
    const shape = SHAPES[cue.concept];
    if (shape === undefined || !isShown(sentence, cue) || isOtherThing(sentence, cue)) return [];
    return [value('morphology', shape, { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) })];
  });
}

/** "possible wedge fracture" doubts the fracture and tells its shape; "fracture, possibly burst" doubts the shape. */
function isShown(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const { denied, doubtful, hypothetical } = sentence.contextAt(cue.from);
  if (denied !== 'no' || hypothetical) return false;
  if (!doubtful) return true;
  const isBurst = cue.concept === 'burst' || cue.concept === 'chance' || cue.concept === 'translation';
  const firmFracture = cuesOf(sentence, ...STRONG).some(
    (other) =>
      other.from !== cue.from && sameOwner(sentence, other, cue) && !sentence.contextAt(other.from).doubtful,
  );
  return !firmFracture && !isBurst;
}

function isOtherThing(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  return cuesOf(sentence, 'mimic').some(
    (mimic) => distance(mimic, cue) <= 1 && sameOwner(sentence, mimic, cue),
  );
}

const CAUSES: Readonly<Partial<Record<Concept, Aetiology>>> = {
  osteoporotic: 'osteoporotic',
  malignant: 'malignant',
  traumatic: 'traumatic',
};

const BREAKS: ReadonlySet<string> = new Set([',', ';', 'with', '.', 'no', 'without', '(']);

function causes(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, ...(Object.keys(CAUSES) as Concept[])).flatMap((cue): readonly Said[] => {
    const cause = CAUSES[cue.concept];
    const fracture = fractureOf(sentence, cue);
    if (cause === undefined || fracture === undefined || !isStatedOf(sentence, cue, fracture)) return [];
    if (isOneOfTwoCauses(sentence, cue)) return [];
    return [
      value('aetiology', cause, {
        quote: quoteOf(sentence, cue, fracture),
        owner: sentence.ownerAt(fracture.from),
      }),
    ];
  });
}

/** "insufficiency fracture or metastasis", "osteoporotic or metastatic" */
function isOneOfTwoCauses(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const others = cuesOf(sentence, 'osteoporotic', 'malignant', 'metastaticDisease', 'lesionWord').filter(
    ({ concept }) => concept !== cue.concept,
  );
  return others.some((other) => distance(other, cue) <= 6 && isBetween(sentence, other, cue, JOIN));
}

const JOIN: ReadonlySet<string> = new Set(['or', 'versus', 'vs', '/', 'over']);

/** The fracture an adjective stands before, or a predicate after. */
function fractureOf(sentence: ReadSentence, cue: Cue<Concept>, reach = 6): Cue<Concept> | undefined {
  const fractures = cuesOf(sentence, ...STRONG, ...WEAK).filter((other) => other.from !== cue.from);
  const after = fractures.find(
    (other) =>
      other.from >= cue.to && distance(cue, other) <= reach && !isBetween(sentence, cue, other, BREAKS),
  );
  if (after !== undefined) return after;
  return fractures.findLast(
    (other) =>
      other.to <= cue.from &&
      distance(cue, other) <= reach + 2 &&
      sameOwner(sentence, cue, other) &&
      isPredicate(sentence, other, cue),
  );
}

/** A doubt about the fracture leaves its kind ("possible osteoporotic fracture"); a doubt about the kind does not. */
function isStatedOf(sentence: ReadSentence, cue: Cue, fracture: Cue): boolean {
  const [kind, shape] = [sentence.contextAt(cue.from), sentence.contextAt(fracture.from)];
  if (kind.denied !== 'no' || kind.hypothetical || shape.denied !== 'no') return false;
  return !kind.doubtful || (shape.doubtful && distance(cue, fracture) <= 2);
}

const LINKS = words(`
  is are appears remains , of in ( nature the a consistent compatible with keeping likely due secondary to
  looks most morphology appearance which both all be considered as at being represents has acute subacute
  chronic old healed and was were related - -- : well here new remote fracture vertebra vertebral body now
  still since and both age clearly with currently by contrast there however itself definitely one probably
  appearing
`);

function isPredicate(sentence: ReadSentence, fracture: Cue, cue: Cue): boolean {
  for (let at = fracture.to; at < cue.from; at += 1) {
    const isNamed = sentence.mentions.some((mention) => at >= mention.from && at < mention.to);
    const isMeasured = sentence.quantities.some((quantity) => at >= quantity.from && at < quantity.to);
    if (!isNamed && !isMeasured && !LINKS.has(sentence.wordAt(at))) return false;
  }
  return true;
}

const AGES: Readonly<Partial<Record<Concept, Acuity>>> = {
  acute: 'acute',
  subacute: 'subacute',
  chronic: 'chronic',
  healed: 'healed',
  acuteOnChronic: 'acute-on-chronic',
};
const AGE_CONCEPTS: readonly Concept[] = [...(Object.keys(AGES) as Concept[]), 'ageIndeterminate'];
const EITHER: ReadonlySet<string> = new Set(['or', 'to', '/', 'versus', 'vs', '-']);
const NOT_A_DATE: ReadonlySet<string> = new Set(['since', 'from']);

function ages(sentence: ReadSentence): readonly Said[] {
  const all = cuesOf(sentence, ...AGE_CONCEPTS);
  return all.flatMap((cue): readonly Said[] => {
    const age = AGES[cue.concept];
    if (age === undefined || isOneOfTwo(sentence, cue, all)) return [];
    if (age === 'acute' && ['new', 'recent'].includes(sentence.wordAt(cue.from)) && isDated(sentence, cue))
      return [];
    const context = sentence.contextAt(cue.from);
    if (context.doubtful || context.hypothetical || context.denied !== 'no') return [];
    const fracture = fractureOf(sentence, cue, 7) ?? agedByItself(sentence, cue);
    if (fracture === undefined || sentence.contextAt(fracture.from).denied !== 'no') return [];
    return [
      value('acuity', age, {
        quote: quoteOf(sentence, cue, distance(cue, fracture) <= 4 ? fracture : undefined),
        owner: sentence.ownerAt(fracture.from),
      }),
    ];
  });
}

/** "It is acute", "L1: acute", "the latter is chronic": nothing before it in its part of the sentence names a fracture. */
function agedByItself(sentence: ReadSentence, cue: Cue<Concept>): Cue<Concept> | undefined {
  const isNamed = cuesOf(sentence, ...STRONG, ...WEAK).some(
    (other) => other.to <= cue.from && sameOwner(sentence, other, cue),
  );
  const before = sentence.wordAt(cue.from - 1);
  if (isNamed && before !== 'still') return undefined;
  const isAfterName =
    ['former', 'latter', 'both'].includes(before) ||
    sentence.mentions.some((mention) => mention.to === cue.from);
  const isPredicate =
    isAfterName ||
    ['is', 'are', 'appears', 'remains', ':', ',', 'as', 'be', 'has', 'have', 'still'].includes(before) ||
    (before === 'and' && ['', '.'].includes(sentence.wordAt(cue.to))) ||
    cue.from === sentence.from;
  const next = sentence.wordAt(cue.to);
  const isLast = [
    '',
    ',',
    '.',
    'in',
    ')',
    ';',
    'and',
    'with',
    'without',
    'appearing',
    'but',
    'since',
  ].includes(next);
  return isPredicate && isLast ? cue : undefined;
}

/** "acute or subacute", "acute to subacute", "age-indeterminate": none of them is said. */
function isOneOfTwo(sentence: ReadSentence, cue: Cue<Concept>, all: readonly Cue<Concept>[]): boolean {
  return all.some((other) => {
    if (other === cue || !sameOwner(sentence, cue, other)) return false;
    if (other.concept === 'ageIndeterminate') return distance(cue, other) <= 12;
    return distance(cue, other) <= 2 && isBetween(sentence, cue, other, EITHER);
  });
}

const YEAR = /^(19|20)\d\d$/;

/** "new since 2024": how old it is depends on a date the words alone don't give. */
function isDated(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = cue.to; at < Math.min(sentence.to, cue.to + 16); at += 1) {
    if (!NOT_A_DATE.has(sentence.wordAt(at))) continue;
    for (let date = at + 1; date < Math.min(sentence.to, at + 14); date += 1) {
      const token = sentence.tokens[date];
      if (token !== undefined && (YEAR.test(token.word) || token.word === 'years' || MONTHS.has(token.word)))
        return true;
      if (token?.kind === 'number' && sentence.wordAt(date + 1) === '/') return true;
    }
  }
  return false;
}

const MONTHS = words(`
  january february march april june july august september october november december
`);
const DAYS_OR_WEEKS = words(`
  day days week weeks week's yesterday yesterday's yesterdays hours today
`);

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

function changes(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'progressed', 'notProgressed', 'unchanged').flatMap((cue): readonly Said[] => {
    if (cue.concept === 'unchanged' && (isOfAType(sentence, cue) || isOfCement(sentence, cue))) return [];
    const where = { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) };
    if (cue.concept === 'notProgressed') {
      const context = sentence.contextAt(cue.from);
      if (context.doubtful || context.hypothetical) return [];
      return [
        value('progression', false, where),
        ...(isLongAgo(sentence) ? [value('acuity', 'chronic', where, { firmness: 'implied' })] : []),
      ];
    }
    const polarity = polarityOf(sentence, cue);
    if (cue.concept === 'progressed') {
      if (!speaksOfAFracture(sentence, cue) || polarity === 'open') return [];
      return [value('progression', polarity === 'stated', where)];
    }
    if (
      polarity !== 'stated' ||
      !speaksOfAFracture(sentence, cue) ||
      stableFractures(sentence).some((stable) => stable.from === cue.from)
    )
      return [];
    const said: Said[] = [value('progression', false, where)];
    if (!isRecentComparison(sentence)) said.push(value('acuity', 'chronic', where, { firmness: 'implied' }));
    return said;
  });
}

/** "unchanged" of alignment, hardware or a lung nodule says nothing here. */
function speaksOfAFracture(sentence: ReadSentence, cue: Cue): boolean {
  const fractures = cuesOf(sentence, ...STRONG, ...WEAK, 'height', 'it', 'augmentation', 'former', 'latter');
  return fractures.some((other) => sameOwner(sentence, other, cue) && distance(other, cue) <= 25);
}

/** "no further height loss since 2021" */
function isLongAgo(sentence: ReadSentence): boolean {
  if (isRecentComparison(sentence)) return false;
  for (let at = sentence.from; at < sentence.to; at += 1) {
    if (YEAR.test(sentence.wordAt(at)) || LONG_AGO.has(sentence.wordAt(at))) return true;
  }
  return false;
}

const LONG_AGO: ReadonlySet<string> = new Set(['year', 'years', 'month', 'months']);

function isRecentComparison(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (DAYS_OR_WEEKS.has(sentence.wordAt(at))) return true;
  return false;
}
