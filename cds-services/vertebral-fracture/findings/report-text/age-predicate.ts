/** An age that is said of a fracture without standing before it: "it is acute", "L1: acute", "..., old.", "... and therefore old". */
import { AGES } from './age-words.js';
import { isNarrower } from './attributes.js';
import type { Context } from './context.js';
import type { Cue } from './phrases.js';
import { type Concept, cuesOf, cuesOfAny, type ReadSentence, sameOwner } from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

const ENDS = words(`
  , . in ) ( ; - -- and with without appearing looking but since there here by on from shows because given
  which as too also judging appearance nature
`);
/** "There is an old one at L2" */
const ARTICLES = words(`
  a an the
`);
const BEFORE_A_PREDICATE = words(`
  is are appears remains being : , ( as be has have still now also looks look therefore so hence thus
`);

/** The fracture an age without a noun belongs to, or the age itself where it is one of what was spoken of before. */
export function agedByItself(sentence: ReadSentence, cue: Cue<Concept>): Cue<Concept> | undefined {
  const isOne =
    sentence.wordAt(cue.to) === 'one' &&
    (ARTICLES.has(sentence.wordAt(cue.from - 1)) || cue.from === sentence.from);
  const next = sentence.wordAt(isOne ? cue.to + 1 : cue.to);
  if (next !== '' && !ENDS.has(next) && !isDated(sentence, cue)) return undefined;
  if (isOne) return cuesOfAny(sentence, STRONG_OR_WEAK).length > 0 ? undefined : cue;
  const before = sentence.wordAt(cue.from - 1);
  const own = fractureBefore(sentence, cue);
  if (own !== undefined && before !== 'still') return isApposed(sentence, cue, own) ? own : undefined;
  const owner = sentence.ownerAt(cue.from);
  const isAfterName =
    (owner.kind === 'rest' && owner.rest.to === cue.from) ||
    ['former', 'latter', 'both'].includes(before) ||
    cuesOf(sentence, 'others', 'someOf').some(({ to }) => to === cue.from) ||
    sentence.mentions.some((mention) => mention.to === cue.from);
  const isLastOfARow = before === 'and' && ['', '.'].includes(next);
  if (SIGNS.has(before) && isOfAnother(sentence, cue)) return undefined;
  const isPredicate =
    isAfterName ||
    BEFORE_A_PREDICATE.has(before) ||
    (ALL.has(before) &&
      BEFORE_A_PREDICATE.has(sentence.wordAt(beforeAdverbs(sentence.wordAt, cue.from - 1)))) ||
    isLastOfARow ||
    cue.from === sentence.from;
  return isPredicate ? cue : undefined;
}

const OF_A_FRACTURE: readonly Concept[] = [
  'severityMinimal',
  'severityMild',
  'severityModerate',
  'severitySevere',
  'height',
  'loss',
  'grade',
  'genant',
  'oedema',
  'oedemaSignal',
  'posteriorWall',
  'wallIntact',
  'retropulsion',
  'osteoporotic',
  'malignant',
  'traumatic',
  'both',
];

/** "Right hip replacement, recent." */
function isOfAnother(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (sentence.mentions.length > 0) return false;
  const isTold = cuesOf(sentence, ...OF_A_FRACTURE, ...AGES).some(({ to }) => to <= cue.from);
  return !isTold || standsSomethingElse(sentence, sentence.from, cue.from);
}

const BEFORE_A_DATE = words(`
  since in of from to least
`);

/** "has been there since 2016", "first seen on the film of 2016" */
export function isDated(sentence: ReadSentence, { from, to }: Cue): boolean {
  return to - from > 1 && BEFORE_A_DATE.has(sentence.wordAt(to - 1));
}

function fractureBefore(sentence: ReadSentence, cue: Cue<Concept>): Cue<Concept> | undefined {
  return cuesOfAny(sentence, STRONG_OR_WEAK).findLast(
    (other) =>
      other.to <= cue.from &&
      sameOwner(sentence, other, cue) &&
      !isNarrower(sentence.ownerAt(cue.from), sentence.ownerAt(other.from)),
  );
}

/** "wedge fracture, no marrow oedema, remote": what is denied between the two ends before the age. */
export function isBeyondTheDenial(
  sentence: ReadSentence,
  cue: Cue<Concept>,
  { trigger }: Pick<Context, 'trigger'>,
): boolean {
  const own = fractureBefore(sentence, cue);
  if (own === undefined || trigger === undefined || trigger.from < own.to) return false;
  const next = sentence.wordAt(cue.to);
  const isLast = next === '' || ENDS.has(next);
  const isSetOff = SIGNS.has(sentence.wordAt(cue.from - 1)) || isConcluded(sentence, trigger.to, cue.from);
  return isLast && isSetOff && trigger.to < cue.from - 1 && isApposed(sentence, cue, own);
}

/** "no oedema in either so these are old" */
function isConcluded({ wordAt }: ReadSentence, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (REASONS.has(wordAt(at))) return true;
  return false;
}

const ALL: ReadonlySet<string> = new Set(['all', 'both', 'each']);

const APPOSED_TO_NOTHING_ELSE = words(`
  disc canal cord nodule hematoma pain cyst hemorrhage tear infarct effusion thrombus stenosis listhesis
  spondylolisthesis anterolisthesis retrolisthesis hernia rib sacrum sacral process scoliosis spondylolysis
  hemangioma lesion metastasis mass prosthesis scar consolidation embolus embolism
`);
const SIGNS = words(`
  , ; - -- (
`);
/** What makes the age a conclusion of what stands before it. */
const REASONS = words(`
  so therefore thus hence
`);
const ADVERBS = words(`
  now also clearly definitely all both each of them therefore thus hence so
`);
const COPULAS = words(`
  is are looks look appears be
`);
/** "all mild and all chronic" */
const QUALITIES = words(`
  minimal slight mild moderate severe marked wedged wedge biconcave compressed osteoporotic benign traumatic
  unchanged stable sclerotic cold
`);
const PRONOUNS = words(`
  it they these which this that
`);

/** "wedge fracture without oedema on STIR, old." and "... lacks oedema and is therefore old" still speak of the fracture. */
function isApposed(sentence: ReadSentence, cue: Cue, own: Cue): boolean {
  return isJoined(sentence, cue) && !standsSomethingElse(sentence, own.to, cue.from);
}

function isJoined({ wordAt, mentions }: ReadSentence, { from }: Cue): boolean {
  const verbAt = beforeAdverbs(wordAt, from - 1);
  const hasVerb = COPULAS.has(wordAt(verbAt));
  const at = hasVerb ? beforeAdverbs(wordAt, verbAt - 1) : verbAt;
  for (let adverb = at + 1; adverb < from; adverb += 1) if (REASONS.has(wordAt(adverb))) return true;
  if (mentions.some(({ kind, to }) => kind === 'vertebrae' && to === at + 1)) return true;
  if (wordAt(at) === 'and' && !hasVerb) return QUALITIES.has(wordAt(at - 1));
  if (!hasVerb) return SIGNS.has(wordAt(at)) || isThatIs(wordAt, at) || CONCLUDES.has(wordAt(from));
  return PRONOUNS.has(wordAt(at)) || wordAt(at) === 'and' || wordAt(at) === ',';
}

function beforeAdverbs(wordAt: ReadSentence['wordAt'], from: number): number {
  let at = from;
  while (ADVERBS.has(wordAt(at))) at -= 1;
  return at;
}

/** "in keeping with recent injury" */
const CONCLUDES = words(`
  indicating indicates confirming confirms consistent in compatible representing represents
`);

/** "i.e. recent", "making it old" */
function isThatIs(wordAt: ReadSentence['wordAt'], at: number): boolean {
  if (wordAt(at) === 'it') return wordAt(at - 1) === 'making';
  return wordAt(at) === '.' && wordAt(at - 1) === 'e';
}

function standsSomethingElse(sentence: ReadSentence, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (APPOSED_TO_NOTHING_ELSE.has(sentence.wordAt(at))) return true;
  return false;
}
