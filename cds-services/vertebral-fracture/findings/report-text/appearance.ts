/** What kind of fracture it is: its shape and its cause. */
import type { Aetiology, Morphology } from '../finding.js';
import { fractureOf } from './attributes.js';
import { causesBehind } from './cause-behind.js';
import { isMeaningOfAShape } from './doubt-of-age.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import {
  type Concept,
  cuesOf,
  cuesOfAny,
  distance,
  isBetween,
  quoteOf,
  type ReadSentence,
  sameOwner,
  speaksOf,
} from './sentence.js';
import { STRONG, STRONG_OR_WEAK } from './status.js';

export function appearanceIn(sentence: ReadSentence): readonly Said[] {
  if (!speaksOf(sentence, OF_AN_APPEARANCE)) return [];
  const near = causes(sentence);
  return [...shapes(sentence), ...near, ...(near.length > 0 ? [] : causesBehind(sentence))];
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

const OF_A_SHAPE = Object.keys(SHAPES) as readonly Concept[];

function shapes(sentence: ReadSentence): readonly Said[] {
  return cuesOfAny(sentence, OF_A_SHAPE).flatMap((cue): readonly Said[] => {
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
  const firmFracture = cuesOfAny(sentence, STRONG).some(
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

const OF_A_CAUSE = Object.keys(CAUSES) as readonly Concept[];
const OF_AN_APPEARANCE: ReadonlySet<Concept> = new Set([...OF_A_SHAPE, ...OF_A_CAUSE, ...STRONG_OR_WEAK]);

function causes(sentence: ReadSentence): readonly Said[] {
  return cuesOfAny(sentence, OF_A_CAUSE).flatMap((cue): readonly Said[] => {
    const cause = CAUSES[cue.concept];
    const fracture = fractureOf(sentence, cue);
    if (cause === undefined || fracture === undefined || !isStatedOf(sentence, cue, fracture)) return [];
    if (isOneOfTwoCauses(sentence, cue)) return [];
    const said = value('aetiology', cause, {
      quote: quoteOf(sentence, cue, fracture),
      owner: sentence.ownerAt(isSaidOfEach(sentence, cue, fracture) ? cue.from : fracture.from),
    });
    return [isOnlySuspected(sentence, cue) ? { ...said, ofAPossibleOne: true } : said];
  });
}

/** "T5 compression, T6 compression, both malignant" */
function isSaidOfEach({ wordAt }: ReadSentence, cue: Cue, fracture: Cue): boolean {
  return cue.from > fracture.to && EACH.has(wordAt(cue.from - 1)) && wordAt(cue.from - 2) === ',';
}

const EACH: ReadonlySet<string> = new Set(['both', 'all', 'each']);

/** "collapse, suspicious for a pathologic fracture"; in "wedging s/o osteoporotic fractures" the shape tells the cause. */
function isOnlySuspected(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const context = sentence.contextAt(cue.from);
  return context.doubtful && !(cue.concept === 'osteoporotic' && isMeaningOfAShape(sentence, cue, context));
}

/** "insufficiency fracture or metastasis", "osteoporotic or metastatic" */
function isOneOfTwoCauses(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const others = cuesOf(sentence, 'osteoporotic', 'malignant', 'metastaticDisease', 'lesionWord').filter(
    ({ concept }) => concept !== cue.concept,
  );
  return others.some((other) => distance(other, cue) <= 6 && isBetween(sentence, other, cue, JOIN));
}

const JOIN: ReadonlySet<string> = new Set(['or', 'versus', 'vs', '/', 'over']);

/** A doubt about the fracture leaves its kind ("possible osteoporotic fracture"); a doubt about the kind does not. */
function isStatedOf(sentence: ReadSentence, cue: Cue, fracture: Cue): boolean {
  const [kind, shape] = [sentence.contextAt(cue.from), sentence.contextAt(fracture.from)];
  if (kind.denied !== 'no' || kind.hypothetical || shape.denied !== 'no') return false;
  return !kind.doubtful || (shape.doubtful && distance(cue, fracture) <= 2);
}
