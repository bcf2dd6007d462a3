/** "The wedging of T12 is projectional", "mild wedging within physiological limits": a shape that is told to be no fracture. */
import type { Span } from './context.js';
import { isCertain } from './certainty.js';
import { denialIn } from './denial.js';
import type { Owner } from './owners.js';
import type { Cue } from './phrases.js';
import type { Said, SaidStatus } from './said.js';
import { type Concept, cuesOf, cuesOfAny, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const SHAPES: readonly Concept[] = [
  'compressedBody',
  'wedge',
  'wedgeLoss',
  'biconcave',
  'crush',
  'heightLoss',
  'severityComplete',
  'height',
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
];
const FRACTURES: ReadonlySet<Concept> = new Set<Concept>(['fracture', 'wedgeFracture', 'biconcaveFracture']);
/** Of the phrases that name a fracture these name a shape only. */
const ONLY_A_SHAPE = words(`
  deformity depression irregularity buckling collapse
`);

export interface HarmlessShape {
  /** From the shape to past what it is. */
  readonly span: Span;
  readonly owner: Owner;
  /** "deformed by a Schmorl's node": told of a part, of which "No fracture." is not said. */
  readonly isOfAPart: boolean;
}

/** The shapes of a sentence that are told to be harmless, without a doubt. */
export function harmlessShapes(sentence: ReadSentence): readonly HarmlessShape[] {
  const named = cuesOfAny(sentence, SHAPES);
  if (named.length === 0) return [];
  return named.flatMap((cue): readonly HarmlessShape[] => {
    if (!isAShape(sentence, cue)) return [];
    const to = endOfMeaning(sentence, cue);
    if (to === undefined || isAQuestion(sentence, cue)) return [];
    const isOfAPart = sentence.wordAt(cue.to) === 'by';
    return [{ span: { from: cue.from, to }, owner: sentence.ownerAt(cue.from), isOfAPart }];
  });
}

const LESS = words(`
  short reduced borderline decreased diminished low lower
`);

/** "deformity", "short anterior height"; a fracture by its name is none. */
function isAShape(sentence: ReadSentence, { concept, from, to }: Cue<Concept>): boolean {
  if (concept === 'height') return [1, 2, 3].some((step) => LESS.has(sentence.wordAt(from - step)));
  return !FRACTURES.has(concept) || ONLY_A_SHAPE.has(sentence.wordAt(to - 1));
}

/** What a sentence says, without the fracture such a shape is not; denied where the sentence denies it. */
export function withoutHarmless(
  sentence: ReadSentence,
  said: readonly Said[],
  shapes: readonly HarmlessShape[],
): readonly Said[] {
  if (shapes.length === 0) return said;
  const ended = shapes.map((shape) => ({ ...shape, notTo: endOfNotAFracture(sentence, shape.span.to) }));
  const isOfIt = ({ owner, quote }: Said) =>
    ended.some((shape) => isSame(shape.owner, owner) && quote.from < (shape.notTo ?? shape.span.to));
  const denied = ended.flatMap(({ span: { from }, owner, notTo }) =>
    notTo === undefined ? [] : absent({ from, to: notTo }, owner),
  );
  return [...said.filter((one) => !isOfIt(one) || !isOfAFracture(one)), ...denied];
}

function absent(quote: Span, owner: Owner): readonly SaidStatus[] {
  if (owner.kind !== 'mention' || owner.mention.kind !== 'vertebrae') return [];
  return [{ kind: 'status', status: 'absent', quote, owner, byName: true }];
}

const BEFORE_NOT = words(`
  , and is are thus therefore hence -- ( rather for age his her this level
`);
const AFTER_NOT = words(`
  a an any true real genuine acute compression vertebral be considered of
`);

/** "..., not a fracture", "and is not considered a fracture", "rather than a fracture" */
function endOfNotAFracture(sentence: ReadSentence, from: number): number | undefined {
  let at = from;
  while (BEFORE_NOT.has(sentence.wordAt(at))) at += 1;
  if (!['not', 'than', 'no'].includes(sentence.wordAt(at))) return undefined;
  at += 1;
  while (AFTER_NOT.has(sentence.wordAt(at))) at += 1;
  const isEnd = ['', '.', ',', ';', ')'].includes(sentence.wordAt(at + 1));
  return sentence.wordAt(at) === 'fracture' && isEnd ? at + 1 : undefined;
}

function isAQuestion(sentence: ReadSentence, { from }: Span): boolean {
  for (let at = sentence.from; at < from; at += 1) if (sentence.wordAt(at) === 'whether') return true;
  return false;
}

/** "No fracture." beside such a shape is said of it. */
export function deniedOfShapes(
  shapes: readonly HarmlessShape[],
  neighbour: ReadSentence | undefined,
): readonly SaidStatus[] {
  if (neighbour === undefined || !deniesInGeneral(neighbour)) return [];
  return shapes.flatMap(({ span, owner, isOfAPart }) => (isOfAPart ? [] : absent(span, owner)));
}

const OF_A_PLAIN_DENIAL = words(`
  no fracture compression vertebral wedge i we see seen is are there evidence of any identified demonstrates
  shows shown either here present thoracic lumbar spine in the body osteoporotic insufficiency convincing definite
  . ,
`);

/** "I see no compression fracture." */
function deniesInGeneral(sentence: ReadSentence): boolean {
  if (sentence.mentions.length > 0 || cuesOf(sentence, 'noNew', 'others').length > 0) return false;
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (!OF_A_PLAIN_DENIAL.has(sentence.wordAt(at))) return false;
  const [noun, another] = cuesOf(sentence, 'fracture', 'wedgeFracture');
  if (noun === undefined || another !== undefined || polarityOf(sentence, noun) !== 'denied') return false;
  if (cuesOf(sentence, 'otherFracture', 'notTheBody', 'acute').length > 0) return false;
  return isCertain(sentence, denialIn(sentence, quoteOf(sentence, noun), 'fracture'));
}

function isSame(a: Owner, b: Owner): boolean {
  if (a.kind === 'mention' && b.kind === 'mention') return a.mention === b.mention;
  return a.kind === 'topic' && b.kind === 'topic';
}

const OF_A_FRACTURE: ReadonlySet<string> = new Set(['heightLossPercent', 'morphology', 'progression']);

function isOfAFracture(said: Said): boolean {
  return said.kind === 'status' ? said.status !== 'absent' : OF_A_FRACTURE.has(said.finding.name);
}

const LINKS = words(`
  is are was reflects represents within
`);
const LONGEST_NAME = 12;
const ENDS = words(`
  ; . and but or while whereas with whether
`);

function endOfMeaning(sentence: ReadSentence, { to }: Span): number | undefined {
  for (let at = to; at < Math.min(sentence.to, to + LONGEST_NAME); at += 1) {
    const word = sentence.wordAt(at);
    const isNamed = sentence.mentions.some((mention) => at >= mention.from && at < mention.to);
    if (isNamed) continue;
    if (ENDS.has(word)) return undefined;
    const end = meansBy(sentence, at) ?? harmlessBehind(sentence, at);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** "in keeping with a normal variant", "due to projection", "deformed by a Schmorl's node" */
function meansBy({ wordAt, ...sentence }: ReadSentence, at: number): number | undefined {
  const isKeeping = wordAt(at) === 'keeping' && wordAt(at + 1) === 'with';
  const isDue = wordAt(at) === 'due' && wordAt(at + 1) === 'to';
  if (wordAt(at) === 'by') return harmlessAt({ wordAt, ...sentence }, at + 1);
  return isKeeping || isDue ? harmlessAt({ wordAt, ...sentence }, at + 2) : undefined;
}

function harmlessBehind(sentence: ReadSentence, at: number): number | undefined {
  return LINKS.has(sentence.wordAt(at))
    ? harmlessAt(sentence, sentence.wordAt(at) === 'within' ? at : at + 1)
    : undefined;
}

const LEADS = words(`
  a an the of in to due purely only merely simply entirely clearly just therefore considered consistent with
  represents her his their patient's nature rather also be known old chronic small large broad
`);
const HARMLESS = words(`
  projection projectional positional artifact artifactual artefact artefactual rotational physiologic
  physiological developmental congenital constitutional dysplastic dysplasia
`);
const RANGES = words(`
  limits range
`);
const LONGEST_LEAD = 5;

function harmlessAt(sentence: ReadSentence, start: number): number | undefined {
  for (let at = start; at < start + LONGEST_LEAD; at += 1) {
    const word = sentence.wordAt(at);
    const end = endOfHarmless(sentence, at);
    if (end !== undefined) return isSure(sentence, at) ? end : undefined;
    if (!LEADS.has(word)) return undefined;
  }
  return undefined;
}

function endOfHarmless({ wordAt, cues }: ReadSentence, at: number): number | undefined {
  const word = wordAt(at);
  const isRange =
    word === 'within' &&
    ['normal', 'physiologic', 'physiological'].includes(wordAt(at + 1)) &&
    RANGES.has(wordAt(at + 2));
  if (isRange) return at + 3;
  const mimic = cues.find(({ concept, from }) => concept === 'mimic' && from === at);
  return mimic?.to ?? (HARMLESS.has(word) ? at + 1 : undefined);
}

/** "the apparent wedging is positional": only the shape was in doubt. */
const OF_THE_SHAPE = words(`
  borderline apparent questionable questioned suspected queried
`);

function isSure(sentence: ReadSentence, at: number): boolean {
  const { denied, doubtful, doubtAt, hypothetical, historical } = sentence.contextAt(at);
  const isInDoubt = doubtful && !OF_THE_SHAPE.has(sentence.wordAt(doubtAt ?? at));
  return denied === 'no' && !isInDoubt && !hypothetical && !historical;
}
