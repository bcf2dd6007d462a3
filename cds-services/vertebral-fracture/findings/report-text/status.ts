/** Whether a sentence states, doubts or denies a fracture of a vertebral body, or tells it as history. */
import {
  type Concept,
  cuesOf,
  cuesOfAny,
  distance,
  isBetween,
  polarityOf,
  quoteOf,
  type ReadSentence,
  sameOwner,
  speaksOf,
} from './sentence.js';
import type { Context, Span } from './context.js';
import type { Owner } from './owners.js';
import type { Cue } from './phrases.js';
import type { FractureStatus, SaidStatus } from './said.js';
import { isConfirmed } from './confirmed.js';
import { isHistory } from './history-of-fracture.js';
import { isDoubtOfTheAge, isMeaningOfAShape } from './doubt-of-age.js';
import { restOfRow } from './rows.js';
import { sharedNoun } from './shared-noun.js';
import { isOfOneUnnamed } from './unnamed-vertebra.js';
import { words } from './word-set.js';

/** Words that name a fracture of the body. */
export const STRONG: readonly Concept[] = [
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'vertebraPlana',
  'burst',
  'pincer',
  'chance',
  'translation',
];
/** Words that mean one where they speak of a vertebra. */
export const WEAK: readonly Concept[] = [
  'compressedBody',
  'wedge',
  'wedgeLoss',
  'biconcave',
  'crush',
  'heightLoss',
  'severityComplete',
];

export const STRONG_OR_WEAK: readonly Concept[] = [...STRONG, ...WEAK];

const OF_A_FRACTURE: ReadonlySet<Concept> = new Set<Concept>([...STRONG_OR_WEAK, 'progressed']);

/** Everything in the sentence that says "this vertebra is, or is not, fractured". */
export function statusesIn(sentence: ReadSentence): readonly SaidStatus[] {
  if (!speaksOf(sentence, OF_A_FRACTURE)) return [];
  const strong = cuesOfAny(sentence, STRONG).filter((cue) => isOfTheBody(sentence, cue));
  const weak = cuesOfAny(sentence, WEAK).filter((cue) => isOfAVertebra(sentence, cue));
  const progressed = cuesOf(sentence, 'progressed').filter(
    (cue) => namesAShape(sentence, cue) && isOfAVertebra(sentence, cue),
  );
  return [
    ...strong.flatMap((cue) => statusOf(sentence, cue, true)),
    ...[...weak, ...progressed].flatMap((cue) => statusOf(sentence, cue, false)),
    ...strong.flatMap((cue) => sharedNoun(sentence, cue)),
    ...strong.flatMap((cue) => ofARow(sentence, cue)),
    ...noneAt(sentence),
    ...butThatOneIs(sentence),
  ];
}

const OF_A_SHAPE: ReadonlySet<string> = new Set([
  'collapse',
  'collapsed',
  'compressed',
  'compression',
  'wedging',
  'wedged',
  'height',
]);

/** "further collapse" says that there is one; "progression" may be of anything. */
function namesAShape(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = cue.from; at < cue.to; at += 1) if (OF_A_SHAPE.has(sentence.wordAt(at))) return true;
  return false;
}

function ofARow(sentence: ReadSentence, cue: Cue): readonly SaidStatus[] {
  if (polarityOf(sentence, cue) !== 'stated') return [];
  return restOfRow(sentence, cue).map((mention) => ({
    kind: 'status',
    status: 'present',
    quote: { from: cue.from, to: mention.to },
    owner: { kind: 'mention', mention },
    byName: true,
  }));
}

/** "no L1 fracture is seen, and none at T12" */
function noneAt(sentence: ReadSentence): readonly SaidStatus[] {
  return sentence.mentions.flatMap((mention): readonly SaidStatus[] => {
    const isNone =
      sentence.wordAt(mention.from - 2) === 'none' &&
      ['at', 'of', 'in', 'involving'].includes(sentence.wordAt(mention.from - 1));
    const denied = cuesOfAny(sentence, STRONG).some(
      (cue) => cue.to <= mention.from && sentence.contextAt(cue.from).denied === 'yes',
    );
    if (!isNone || !denied) return [];
    return [
      {
        kind: 'status',
        status: 'absent',
        quote: { from: mention.from - 2, to: mention.to },
        owner: { kind: 'mention', mention },
      },
    ];
  });
}

/** "Neither T12 nor L1 is fractured, but L2 is." */
function butThatOneIs(sentence: ReadSentence): readonly SaidStatus[] {
  return sentence.mentions.flatMap((mention): readonly SaidStatus[] => {
    const isBut = sentence.wordAt(mention.from - 1) === 'but';
    const isLast = ['is', 'are'].includes(sentence.wordAt(mention.to)) && mention.to + 1 >= sentence.to - 1;
    const denied = cuesOfAny(sentence, STRONG).some(
      (cue) => cue.to <= mention.from && sentence.contextAt(cue.from).denied === 'yes',
    );
    if (!isBut || !isLast || !denied) return [];
    return [
      {
        kind: 'status',
        status: 'present',
        quote: { from: mention.from, to: mention.to + 1 },
        owner: { kind: 'mention', mention },
      },
    ];
  });
}

function statusOf(sentence: ReadSentence, cue: Cue<Concept>, isStrong: boolean): readonly SaidStatus[] {
  const context = sentence.contextAt(cue.from);
  const { trigger } = context;
  const owner = sentence.ownerAt(cue.from);
  if (context.hypothetical || owner.kind === 'others') return [];
  const said = (status: FractureStatus, more: Partial<SaidStatus> = {}): readonly SaidStatus[] => [
    { kind: 'status', status, quote: quoteOf(sentence, cue), owner, ...more },
  ];
  if (context.denied !== 'no') {
    if (isDoubtOfADenial(context)) return said('possible');
    if (isStrong && isPresupposed(sentence, cue, context)) return said('present');
    if (isStrong && isOnlyThePlace(sentence, cue, context)) return said('present');
    if (trigger !== undefined && isNoLonger(sentence, trigger)) return [];
    const isNamedShape = isStrong || isCompression(sentence, cue);
    if (!isNamedShape || deniesOnlyNewOnes(sentence, cue) || context.denied === 'unclear' || context.doubtful)
      return [];
    if (isOfAnotherPlace(sentence, cue, owner)) return [];
    const isOfAcute = cuesOf(sentence, 'acute').some((acute) => distance(acute, cue) <= 2);
    return said('absent', {
      ...(isOfAcute && { onlyOfAcute: true as const }),
      ...(owner.kind === 'topic' && !pointsBack(sentence) && { general: true as const }),
      ...(isStrong && !isOfAcute && isOfThatOne(sentence, cue, owner, trigger) && { byName: true as const }),
    });
  }
  const mayBeOther =
    isOneOfTwoThings(sentence, cue, isStrong && !isOnlyAShape(sentence, cue)) ||
    isOneOfTwoVertebrae(sentence, cue, owner);
  const isUnnamed =
    !isOfAnUnusualOne(owner) && !(isStrong && isSpinal(sentence, cue)) && !isOfOneUnnamed(sentence, cue);
  if (isStrong && context.doubtful && isMeaningOfAShape(sentence, cue, context)) return [];
  if ((context.doubtful && !isDoubtOfSomethingElse(sentence, cue, context)) || mayBeOther)
    return said('possible', {
      ...((!isStrong || mayBeOther) && { weak: true as const }),
      ...(isStrong && { byName: true as const }),
      ...(isUnnamed && { unnamedCountsNot: true as const }),
    });
  if (isHistory(sentence, cue, context)) return said('historical');
  return said('present', {
    ...(isUnnamed && { unnamedCountsNot: true as const }),
    ...(isStrong && { byName: true as const }),
  });
}

/** "no compression", "no wedge compression"; a vertebra that is not wedged may be compressed otherwise. */
function isCompression(sentence: ReadSentence, { concept, to }: Cue<Concept>): boolean {
  return concept === 'compressedBody' || (concept === 'wedge' && sentence.wordAt(to - 1) === 'compression');
}

/** How old it is, or what is asked of it, may be in doubt; and what was in doubt may be confirmed. */
function isDoubtOfSomethingElse(sentence: ReadSentence, cue: Cue, context: Context): boolean {
  return (
    isOnlyAskedOf(sentence, cue) || isDoubtOfTheAge(sentence, cue, context) || isConfirmed(sentence, cue)
  );
}

/** "whether the T9 compression fracture is recent cannot be determined": what is asked of it is in doubt, it is not. */
function isOnlyAskedOf(sentence: ReadSentence, cue: Cue): boolean {
  if (!isAskedAbout(sentence, cue)) return false;
  for (let at = cue.from - 1; at > sentence.from && at >= cue.from - LONGEST_NAME; at -= 1) {
    if (sentence.wordAt(at) === 'the') return sentence.wordAt(at - 1) === 'whether';
    const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
    if (!isNamed && !OF_A_KNOWN_ONE.has(sentence.wordAt(at))) return false;
  }
  return false;
}

const ASKED = words(`
  recent acute old chronic osteoporotic pathologic benign malignant metastatic stable unstable new healed
`);

function isAskedAbout(sentence: ReadSentence, { to }: Cue): boolean {
  return ['is', 'are'].includes(sentence.wordAt(to)) && ASKED.has(sentence.wordAt(to + 1));
}

/** "there is no fracture of L2", "L5: ... it has not fractured"; not of a whole range, nor of a fracture line. */
function isOfThatOne(sentence: ReadSentence, cue: Cue, owner: Owner, trigger: Span | undefined): boolean {
  if (owner.kind !== 'mention' || owner.mention.levels.length > 2) return false;
  if (trigger === undefined || trigger.to > cue.from) return false;
  if (holdsWord(sentence, cue.from, cue.to + 1, 'line')) return false;
  return !isBetween(sentence, owner.mention, cue, ANOTHER_PART);
}

const ANOTHER_PART: ReadonlySet<string> = new Set([';']);

/** Tokens between a denied fracture and the vertebra behind it; one named further on is of something else. */
const LONGEST_REACH = 7;

const OF_A_REGION = words(`
  thoracic lumbar dorsal thoracolumbar lumbosacral
`);

/**
 * "Haemangioma in L2, no vertebral fracture", "scoliosis centred at T8 … no fracture of the thoracic spine": the denial
 * is of the spine, the vertebra before it only the place of something else.
 */
function isOfAnotherPlace(sentence: ReadSentence, cue: Cue, owner: Owner): boolean {
  if (owner.kind !== 'mention') return false;
  if (owner.mention.from >= cue.to) return owner.mention.from - cue.to > LONGEST_REACH;
  if (owner.mention.to > cue.from || isPointedBackTo(sentence, cue)) return false;
  for (let at = cue.to; at < cue.to + 4; at += 1) {
    const isRegion = OF_A_REGION.has(sentence.wordAt(at)) && PREPOSITIONS.has(sentence.wordAt(at - 1));
    const isOfIt = OF_A_REGION.has(sentence.wordAt(at)) && sentence.wordAt(at - 1) === 'the';
    if (isRegion || isOfIt) return true;
  }
  const { from, to } = owner.mention;
  const isOfVertebrae = holdsWord(sentence, cue.from, cue.to, 'vertebral') && from > sentence.from;
  const isPlace =
    isOfVertebrae ||
    (['in', 'at', 'of', 'on'].includes(sentence.wordAt(from - 1)) && from - 1 > sentence.from);
  if (!isPlace && (isSaidOfIt(sentence, cue) || beginsAPart(sentence, from))) return false;
  for (let at = to; at < cue.from; at += 1) if ([',', ';'].includes(sentence.wordAt(at))) return true;
  return false;
}

/** "no fracture of either", "no fracture of this vertebra"; "no fracture at any level" is of the spine. */
function isPointedBackTo(sentence: ReadSentence, cue: Cue): boolean {
  return cuesOf(sentence, 'it', 'both').some(
    ({ from, to }) => from >= cue.to && from - cue.to <= 1 && !holdsWord(sentence, from, to, 'any'),
  );
}

function holdsWord(sentence: ReadSentence, from: number, to: number, word: string): boolean {
  for (let at = from; at < to; at += 1) if (sentence.wordAt(at) === word) return true;
  return false;
}

const BEGINS_A_PART = words(`
  , ; : but and while whereas the body vertebra vertebral
`);

const SAID_OF_THEM: ReadonlySet<string> = new Set(['not', 'neither']);

/** "L3 ... is a limbus vertebra, not a fracture", "no fracture at these levels" */
function isSaidOfIt(sentence: ReadSentence, cue: Cue): boolean {
  const { trigger } = sentence.contextAt(cue.from);
  if (trigger !== undefined && SAID_OF_THEM.has(sentence.wordAt(trigger.from))) return true;
  for (let at = cue.to; at < cue.to + 4; at += 1)
    if (['these', 'this', 'either', 'it', 'here', 'both'].includes(sentence.wordAt(at))) return true;
  return false;
}

/** "L5: spondylolysis, no fracture" is of L5; in "spondylolysis L5, no fracture" L5 is where something else is. */
function beginsAPart(sentence: ReadSentence, from: number): boolean {
  if (
    from - sentence.from <= 2 &&
    (from === sentence.from || PREPOSITIONS.has(sentence.wordAt(sentence.from)))
  )
    return true;
  const before = sentence.wordAt(from - 1);
  return before === 'the'
    ? from - 1 === sentence.from || BEGINS_A_PART.has(sentence.wordAt(from - 2))
    : BEGINS_A_PART.has(before);
}

const SPINAL = words(`
  compression vertebra vertebral burst wedge endplate thoracic lumbar thoracolumbar spine spinal
  insufficiency plana biconcave crush pincer osteoporotic vcf chance collapse
`);

/** A fracture whose vertebra is not named must at least be said to be of the spine. */
function isSpinal(sentence: ReadSentence, cue: Cue): boolean {
  if (sentence.mentions.some(({ kind, unusual }) => kind === 'either' || unusual)) return true;
  if (cuesOf(sentence, 'otherFracture').length > 0) return false;
  for (let at = Math.max(sentence.from, cue.from - 8); at < Math.min(sentence.to, cue.to + 8); at += 1)
    if (SPINAL.has(sentence.wordAt(at))) return true;
  return false;
}

/** "the fracture line is no longer visible": it has healed, and was there. */
function isNoLonger(sentence: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1) if (sentence.wordAt(at) === 'longer') return true;
  return false;
}

const PREPOSITIONS = words(`
  at of in from within to with by around near along beyond
`);
const DEFINITE: ReadonlySet<string> = new Set(['the', 'this', 'that', 'these', 'known', 'its', 'both']);
/** Words of a fracture's name before its noun. */
const LONGEST_NAME = 8;

/** A fracture in the reach of a denial that is of something else, and is there. */
export function isAtAFracture(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const context = sentence.contextAt(cue.from);
  const isStrong = STRONG.includes(cue.concept) && !isDoubtOfADenial(context);
  return isStrong && (isPresupposed(sentence, cue, context) || isOnlyThePlace(sentence, cue, context));
}

/** "no retropulsion at the L1 compression fracture": what is denied is the retropulsion, of a fracture that is there. */
function isPresupposed(sentence: ReadSentence, cue: Cue, { trigger }: Context): boolean {
  if (trigger === undefined || trigger.to > cue.from) return false;
  for (let at = cue.from - 1; at > trigger.to && at >= cue.from - LONGEST_NAME; at -= 1) {
    const isNamed = DEFINITE.has(sentence.wordAt(at)) || sentence.mentions.some(({ from }) => from === at);
    if (!isNamed || !PREPOSITIONS.has(sentence.wordAt(at - 1))) continue;
    return sentence.cues.some((other) => other.to > trigger.to && other.to <= at - 1);
  }
  return false;
}

const OF_A_KNOWN_ONE = words(`
  old acute chronic new compression wedge burst osteoporotic known vertebral recent healed two three four five
  2 3 4 5 mild moderate severe both
`);

/**
 * "no union of the T12 fracture", "none of the three fractures shows oedema", "at the L2 fracture retropulsion is
 * absent": something else is denied, of a fracture that is there.
 */
function isOnlyThePlace(sentence: ReadSentence, cue: Cue, { trigger }: Context): boolean {
  if (trigger === undefined) return false;
  if (trigger.from >= cue.to) return hasNearerTarget(sentence, cue, trigger) || isPlaceOfASign(sentence, cue);
  if (OF_VERTEBRA.has(sentence.wordAt(cue.to))) return false;
  for (let at = cue.from - 1; at >= trigger.from && at >= cue.from - LONGEST_NAME; at -= 1) {
    const word = sentence.wordAt(at);
    if (word === 'the' || word === 'these') return sentence.wordAt(at - 1) !== 'is';
    const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
    if (!isNamed && !OF_A_KNOWN_ONE.has(word)) return false;
  }
  return false;
}

const OF_VERTEBRA = words(`
  vertebra vertebral body level one segment
`);
const NEARER: ReadonlySet<Concept> = new Set<Concept>([
  'retropulsion',
  'oedema',
  'oedemaSignal',
  'canalNarrowed',
]);
const ROW: ReadonlySet<string> = new Set([',', 'and', 'or', 'nor', '/']);

/** "the oedema of the L2 compression fracture has resolved": the fracture is there. */
function isPlaceOfASign(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = cue.from - 1; at > sentence.from && at >= cue.from - LONGEST_NAME; at -= 1) {
    if (['of', 'in', 'at', 'within'].includes(sentence.wordAt(at)))
      return sentence.cues.some(({ concept, to }) => NEARER.has(concept) && to === at);
    const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
    if (!isNamed && sentence.wordAt(at) !== 'the' && !OF_A_KNOWN_ONE.has(sentence.wordAt(at))) return false;
  }
  return false;
}

function hasNearerTarget(sentence: ReadSentence, cue: Cue, trigger: Span): boolean {
  const nearer = sentence.cues.find(
    ({ concept, from, to }) => NEARER.has(concept) && from >= cue.to && to <= trigger.from,
  );
  return nearer !== undefined && !isBetween(sentence, cue, nearer, ROW);
}

/** "It cannot be said that L3 is not fractured" */
function isDoubtOfADenial({ doubtful, doubtAt, trigger }: Context): boolean {
  return doubtful && doubtAt !== undefined && trigger !== undefined && doubtAt < trigger.from;
}

/** "No fracture." alone denies nothing of the vertebra named before; "it is not fractured" does. */
function pointsBack(sentence: ReadSentence): boolean {
  return cuesOf(sentence, 'it', 'former', 'latter', 'both').length > 0;
}

/** "no new", "no other fracture" */
function deniesOnlyNewOnes(sentence: ReadSentence, cue: Cue): boolean {
  return cuesOf(sentence, 'noNew', 'notProgressed').some(
    (scope) => scope.from <= cue.from && distance(scope, cue) <= 6,
  );
}

const JOIN_EITHER: ReadonlySet<string> = new Set(['or', 'versus', 'vs', '/']);

/** "No oedema in L2 or T11; both fractures are old": the "or" is one of the denial, and of the fractures there are two. */
function isOfTwoDenied(sentence: ReadSentence, cue: Cue, mention: Span): boolean {
  return sentence.contextAt(mention.from).denied === 'yes' && sentence.contextAt(cue.from).denied === 'no';
}

/** "fracture of T11 or T12" */
function isOneOfTwoVertebrae(sentence: ReadSentence, cue: Cue, owner: Owner): boolean {
  if (owner.kind !== 'mention' || owner.mention.kind === 'either') return false;
  if (isOfTwoDenied(sentence, cue, owner.mention)) return false;
  for (let at = owner.mention.from; at < owner.mention.to; at += 1)
    if (sentence.wordAt(at) === 'or') return true;
  return false;
}

/** "endplate fracture or Schmorl's node"; a mere shape is in doubt wherever a harmless cause is named beside it. */
function isOneOfTwoThings(sentence: ReadSentence, cue: Cue, isStrong: boolean): boolean {
  return cuesOf(sentence, 'mimic').some((mimic) => {
    if (!sameOwner(sentence, mimic, cue)) return false;
    if (!isStrong) return distance(mimic, cue) <= 14 && !isBesides(sentence, mimic);
    if (distance(mimic, cue) > 6) return false;
    const isPredicate = cue.to <= mimic.from && distance(mimic, cue) <= 2;
    const isAttribute = mimic.to <= cue.from && distance(mimic, cue) <= 1;
    return isPredicate || isAttribute || isBetween(sentence, mimic, cue, JOIN_EITHER);
  });
}

/** "wedging of L6" */
function isOfAnUnusualOne(owner: Owner): boolean {
  return owner.kind === 'mention' && owner.mention.unusual;
}

const SHAPES = words(`
  deformity depression
`);

/** "wedge deformity", "endplate depression" */
function isOnlyAShape(sentence: ReadSentence, { to }: Cue): boolean {
  return SHAPES.has(sentence.wordAt(to - 1));
}

/** "wedging with multiple Schmorl's nodes" */
function isBesides(sentence: ReadSentence, { from }: Cue): boolean {
  return (
    ['multiple', 'several', 'additional', 'numerous'].includes(sentence.wordAt(from - 1)) &&
    ['with', 'and'].includes(sentence.wordAt(from - 2))
  );
}

/** False for the fracture of a process, an arch or another bone: "fractures of the left L1 and L2 transverse processes". */
export function isOfTheBody(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (cue.concept !== 'fracture') return true;
  if (sentence.wordAt(cue.from) === 'collapse' && NOT_A_BONE.has(sentence.wordAt(cue.from - 1))) return false;
  return !cuesOf(sentence, 'notTheBody').some((part) => isNamedWith(sentence, part, cue));
}

const BETWEEN_BONE_AND_FRACTURE = words(`
  is are was were has have been also of the left right lt rt r l bilateral both and a an at through
  involving tip tips base posterior anterior superior inferior lateral only nondisplaced undisplaced
  displaced minimal mild acute old healed comminuted on side to multiple several first second third fourth
  fifth sixth seventh eighth ninth tenth eleventh twelfth th st nd rd contiguous consecutive & -
`);

/** True when only such words, numbers and vertebrae stand between the bone and the fracture. */
function isNamedWith(sentence: ReadSentence, a: Cue, b: Cue): boolean {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  for (let at = first.to; at < second.from; at += 1) {
    const isNamed = sentence.mentions.some((mention) => at >= mention.from && at < mention.to);
    const isNumber = sentence.tokens[at]?.kind === 'number';
    if (!isNamed && !isNumber && !BETWEEN_BONE_AND_FRACTURE.has(sentence.wordAt(at))) return false;
  }
  return true;
}

const NOT_A_BONE = words(`
  cord cauda equina sac root roots nerve lung lobe bladder vein cava conus rml rll rul lll lul lingula lingular basal
  bibasal lobar airway segmental
`);

/** "compression", "wedging", "loss of height" mean a fracture only of a vertebra, and not of its disc. */
function isOfAVertebra(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const owner = sentence.ownerAt(cue.from);
  if (owner.kind === 'mention' && owner.mention.kind === 'disc') return false;
  for (let at = Math.max(sentence.from, cue.from - 6); at < cue.from; at += 1)
    if (NOT_A_BONE.has(sentence.wordAt(at))) return false;
  return !cuesOf(sentence, 'discWord').some((disc) => distance(disc, cue) <= 2);
}
