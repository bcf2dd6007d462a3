/** What a number in per cent is of: the noun nearest to it decides. */
import type { Span } from './context.js';
import { JOINTS, OF_CANAL } from './height-common.js';
import type { Cue } from './phrases.js';
import type { Quantity } from './quantities.js';
import { type Concept, cuesOf, cuesOfAny, distance, isBetween, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const OF_HEIGHT: readonly Concept[] = [
  'heightLoss',
  'height',
  'heightRemains',
  'loss',
  'heightKept',
  'compressedBody',
  'wedge',
  'wedgeLoss',
  'biconcave',
  'crush',
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'burst',
  'progressed',
  'notProgressed',
];

/** What per cent may be of, when neither of the height nor of the canal. */
const OF_SOMETHING_ELSE = words(`
  disc slip listhesis anterolisthesis retrolisthesis spondylolisthesis marrow replaced replacement bmd
  density stenosis carotid confidence probability volume cross involvement infiltrated foramen translation
  tumor lesion sensitivity cement fill
`);

export interface Noun {
  readonly about: 'height' | 'other';
  readonly cue: Span | undefined;
  readonly cost: number;
}

/** "one third loss", "has lost 20 %": of the height, unless the sentence speaks of the canal. */
function isLossOfHeight(sentence: ReadSentence, cue: Cue, quantity: Quantity): boolean {
  if (cuesOfAny(sentence, OF_CANAL).length > 0 || speaksOfDensity(sentence)) return false;
  const word = sentence.wordAt(cue.from);
  return word === 'loss' || (word === 'lost' && quantity.from >= cue.to && quantity.from - cue.to <= 1);
}

const OF_DENSITY = words(`
  change density bmd bmc precision dxa
`);

/** "least significant change exceeded: 5.1 % loss since 2021" is of the bone's density. */
function speaksOfDensity(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (OF_DENSITY.has(sentence.wordAt(at))) return true;
  return false;
}

/** In tokens. */
const FARTHEST_NOUN = 14;

/** A noun after the number costs less than one before it; one beyond another number costs most. */
export function nounOf(
  sentence: ReadSentence,
  quantity: Quantity,
  before: Quantity | undefined,
  after: Quantity | undefined,
): Noun | undefined {
  const bound = boundNoun(sentence, quantity);
  if (bound !== undefined) return { about: 'height', cue: bound, cost: 0 };
  const nouns: Noun[] = [];
  const add = (about: Noun['about'], cue: Span, weight: number) => {
    const gap = distance(cue, quantity);
    const isAfter = cue.from >= quantity.to;
    const isBeyond = isAfter
      ? after !== undefined && cue.from >= after.to
      : before !== undefined && cue.to <= before.from;
    if (gap > FARTHEST_NOUN || isBetween(sentence, cue, quantity, STOPS)) return;
    if (isAfter && isBetween(sentence, cue, quantity, DENY)) return;
    if (about === 'other' && isAfter && isBetween(sentence, cue, quantity, CAUSES)) return;
    const joints = isBetween(sentence, cue, quantity, JOINTS) ? 3 : 0;
    nouns.push({ about, cue, cost: gap + weight + joints + (isAfter ? 0 : 1) + (isBeyond ? 6 : 0) });
  };
  for (const cue of cuesOfAny(sentence, OF_HEIGHT)) {
    if (cue.concept === 'loss' && !isLossOfHeight(sentence, cue, quantity)) continue;
    add('height', cue, FRACTURES.has(cue.concept) ? 3 : 0);
  }
  for (const cue of cuesOfAny(sentence, OF_CANAL)) add('other', cue, 0);
  for (const cue of cuesOf(sentence, 'nothing', 'uptake')) add('other', cue, 0);
  const first = Math.max(sentence.from, quantity.from - FARTHEST_NOUN - 1);
  const last = Math.min(sentence.to - 1, quantity.to + FARTHEST_NOUN);
  for (let at = first; at <= last; at += 1) {
    if (DEPRESSED.has(sentence.wordAt(at)) && !isInside(at, sentence.cues))
      add('height', { from: at, to: at + 1 }, 3);
    if (OF_SOMETHING_ELSE.has(sentence.wordAt(at)) && !isInside(at, sentence.cues))
      add('other', { from: at, to: at + 1 }, 0);
  }
  return nouns.sort((a, b) => a.cost - b.cost)[0];
}

/** "collapse of T2 of less than 50 %": the amount hangs on the noun, whatever is named behind it. */
function boundNoun(sentence: ReadSentence, { from }: Quantity): Cue | undefined {
  if (sentence.wordAt(from - 1) !== 'of' && sentence.wordAt(from - 1) !== 'by') return undefined;
  let at = from - 1;
  const mention = sentence.mentions.find(({ to }) => to === at);
  if (mention !== undefined && sentence.wordAt(mention.from - 1) === 'of') at = mention.from - 1;
  return cuesOf(sentence, 'fracture', 'compressedBody', 'heightLoss', 'wedge').find(({ to }) => to === at);
}

/** "endplate depression of 25 %" */
const DEPRESSED = words(`
  depression depressed
`);
const STOPS: ReadonlySet<string> = new Set([';']);
const DENY: ReadonlySet<string> = new Set(['no', 'without', 'not', 'but']);
/** "collapsed by 70 % from tumour" */
const CAUSES: ReadonlySet<string> = new Set(['from', 'by', 'due', 'because']);
const FRACTURES: ReadonlySet<string> = new Set(['fracture', 'burst', 'progressed', 'notProgressed']);

function isInside(at: number, cues: readonly Cue[]): boolean {
  return cues.some((cue) => at >= cue.from && at < cue.to);
}
