/** The vertebrae a sentence names, as groups: one, a list, a range, or a disc between two. */
import { LEVELS, type Level } from '../level.js';
import { levelOfVertebra, MOST, type NamedVertebra, positionOfVertebra, vertebraAt } from './level-words.js';
import { isLowerOfADisc } from './spoken-discs.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

export interface Mention {
  readonly kind:
    | 'vertebrae'
    /** The space between two vertebrae, with disc, canal and foramina. */
    | 'disc'
    /** Cervical, sacral, or no vertebra everybody has (T13, L6). */
    | 'outside'
    /** Two neighbours, and nothing says whether the disc between them or one of them is meant. */
    | 'either'
    /** Named only to compare or to place something else: "adjacent to L2", "conus at L1". */
    | 'reference';
  readonly levels: readonly Level[];
  readonly from: number;
  readonly to: number;
  /** T13 or L6. */
  readonly unusual: boolean;
}

/** All mentions between two tokens, in order. */
export function mentionsIn(tokens: readonly Token[], from: number, to: number): readonly Mention[] {
  const mentions: Mention[] = [];
  let at = from;
  while (at < to) {
    const mention = mentionAt(tokens, at, from, to);
    if (mention === undefined) {
      at += 1;
      continue;
    }
    mentions.push(mention);
    at = mention.to;
  }
  return mentions.length === 0 ? mentions : related(withoutTakenBack(mentions, tokens), tokens);
}

const TAKES_BACK: ReadonlySet<string> = new Set(['sorry', 'correction', 'scratch']);
const BESIDE_TAKING_BACK = words(`
  , . - -- no that make i mean its it's it is should be
`);
const LONGEST_TAKING_BACK = 5;

/** "fracture of L3 sorry correction L4": the dictation puts the second vertebra in the place of the first. */
function withoutTakenBack(mentions: readonly Mention[], tokens: readonly Token[]): readonly Mention[] {
  const kept: Mention[] = [];
  for (const mention of mentions) {
    const before = kept.at(-1);
    if (before === undefined || !isTakenBack(tokens, before.to, mention.from)) kept.push(mention);
    else kept[kept.length - 1] = { ...mention, from: before.from };
  }
  return kept;
}

function isTakenBack(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from > LONGEST_TAKING_BACK) return false;
  const between = tokens.slice(from, to).map(({ word }) => word);
  const isOnlyThat = between.every((word) => TAKES_BACK.has(word) || BESIDE_TAKING_BACK.has(word));
  return isOnlyThat && between.some((word) => TAKES_BACK.has(word));
}

function mentionAt(tokens: readonly Token[], at: number, from: number, to: number): Mention | undefined {
  const whole = wholeRegionAt(tokens, at, to);
  if (whole !== undefined) return whole;
  const first = vertebraAt(tokens, at);
  if (first === undefined || first.to > to || isSequence(tokens, at, first, from, to)) return undefined;
  const items = listFrom(tokens, at, first, to, from);
  return asMention(items, tokens, at, from, to);
}

/** One vertebra of a list, and how it is joined to the one before. */
interface Item {
  readonly vertebra: NamedVertebra;
  readonly joinedBy: 'start' | 'list' | 'dash' | 'slash' | 'range';
}

function listFrom(
  tokens: readonly Token[],
  at: number,
  first: NamedVertebra,
  to: number,
  from = at,
): readonly Item[] {
  const items: Item[] = [{ vertebra: first, joinedBy: 'start' }];
  let last = first;
  for (;;) {
    const joint = isLowerOfADisc(tokens, last.to, last, from)
      ? { kind: 'dash' as const, to: last.to }
      : jointAt(tokens, last.to, to);
    if (joint === undefined) return items;
    const next = vertebraAt(tokens, joint.to) ?? bareNumberAt(tokens, joint, last, to);
    const isOrdinal = next !== undefined && tokens[joint.to]?.kind === 'number' && next.to - joint.to > 1;
    const isListOfOrdinals = isOrdinal && tokens[at]?.kind === 'number';
    if (next === undefined || next.to > to || (isOrdinal && !isListOfOrdinals)) return items;
    if (next.region === 'T' && next.number <= 2 && isSequence(tokens, joint.to, next, at, to)) return items;
    if (items.some(({ vertebra }) => vertebra.region === next.region && vertebra.number === next.number))
      return items;
    if (joint.kind === 'list' && isOwnSubject(tokens, joint, next.to)) return items;
    items.push({ vertebra: next, joinedBy: isJuxtaposed(joint, last, next) ? 'dash' : joint.kind });
    last = next;
  }
}

/** "disc space narrowing at L four L five": neighbours with nothing between them are written as a pair. */
function isJuxtaposed(joint: Joint, last: NamedVertebra, next: NamedVertebra): boolean {
  const isBare = joint.kind === 'list' && joint.to === last.to;
  return isBare && Math.abs(positionOfVertebra(next) - positionOfVertebra(last)) === 1;
}

const SINGULAR: ReadonlySet<string> = new Set(['is', 'has', 'was']);
const STATES = words(`
  unremarkable normal intact negative ok not no preserved spared maintained
`);

/** "fracture of L3, L4 unremarkable", "... and L4 is": the last one begins a statement of its own. */
function isOwnSubject(tokens: readonly Token[], joint: Joint, to: number): boolean {
  const after = tokens[to]?.word ?? '';
  if (SINGULAR.has(after) && STATES.has(tokens[to + 1]?.word ?? '')) return true;
  return tokens[joint.to - 1]?.word === ',' && STATES.has(after) && after !== 'not' && after !== 'no';
}

interface Joint {
  readonly kind: Exclude<Item['joinedBy'], 'start'>;
  readonly to: number;
}

function jointAt(tokens: readonly Token[], at: number, to: number): Joint | undefined {
  const [a, b, c] = [tokens[at]?.word, tokens[at + 1]?.word, tokens[at + 2]?.word];
  if (at >= to) return undefined;
  if (a === '-' || a === '--') return { kind: 'dash', to: at + 1 };
  if (a === '/') return { kind: 'slash', to: at + 1 };
  if (a === 'to' || a === 'through' || a === 'thru' || a === 'thrugh' || a === 'until') {
    return { kind: 'range', to: at + (b === 'to' ? 2 : 1) };
  }
  if (a === 'down' && b === 'to') return { kind: 'range', to: at + 2 };
  if (a === 'as' && b === 'well' && c === 'as') return { kind: 'list', to: at + 3 };
  if (a === ',' && (b === 'and' || b === 'or' || b === '&')) return { kind: 'list', to: at + 2 };
  if ((a === 'or' || a === 'nor') && (b === 'at' || b === 'in' || b === 'of'))
    return { kind: 'list', to: at + 2 };
  if (a === 'and' && b === 'at') return { kind: 'list', to: at + 2 };
  if (tokens[at]?.gap === 'blank' && vertebraAt(tokens, at) !== undefined) return { kind: 'list', to: at };
  if (a === ',' || a === 'and' || a === '&' || a === 'or' || a === '+' || a === 'nor') {
    return { kind: 'list', to: at + 1 };
  }
  return undefined;
}

/** "T11-12", "L1/2", "L1, 2 and 3": a number that takes the letter of the vertebra before. */
function bareNumberAt(
  tokens: readonly Token[],
  joint: Joint,
  last: NamedVertebra,
  to: number,
): NamedVertebra | undefined {
  const token = tokens[joint.to];
  if (token?.kind !== 'number' || joint.to >= to || token.word.includes('.') || token.word.length > 2)
    return undefined;
  const number = Number(token.word);
  const next = tokens[joint.to + 1]?.word ?? '';
  const isOfARow =
    joint.kind === 'slash' && next === '/' && tokens[joint.to + 2]?.word === String(number + 1);
  if (isOfARow && number === last.number + 1) return { region: last.region, number, to: joint.to + 1 };
  if (NOT_AFTER_A_LEVEL.has(next) || tokens[joint.to + 1]?.kind === 'number') return undefined;
  if (tokens[joint.to + 1]?.gap === 'none' && tokens[joint.to + 1]?.kind === 'word') return undefined;
  const isClose = tokens[joint.to - 1]?.gap === 'none' && token.gap === 'none';
  if (joint.kind === 'list' && number <= last.number && !isClose) return undefined;
  if (number > last.number && number <= MOST[last.region]) {
    return { region: last.region, number, to: joint.to + 1 };
  }
  return undefined;
}

const NOT_AFTER_A_LEVEL = words(`
  percent mm cm degree level fracture vertebra other year years month months week weeks day days / x of
  column view views adjacent more separate
`);

function asMention(
  items: readonly Item[],
  tokens: readonly Token[],
  at: number,
  from: number,
  to: number,
): Mention {
  const end = items.at(-1)?.vertebra.to ?? at + 1;
  const exceptions = exceptionsAfter(tokens, end, to);
  const last = exceptions?.to ?? end;
  const unusual = items.some(
    ({ vertebra: { region, number } }) => (region === 'T' && number > 12) || (region === 'L' && number > 5),
  );
  const bounds = { from: at, to: last, unusual };
  const runs = runsOf(items);
  const kind = kindOf(runs, tokens, at, end, from, to);
  if (kind !== 'vertebrae') return { kind, levels: levelsOfRuns(runs), ...bounds };
  const levels = levelsOfRuns(runs).filter((level) => exceptions?.levels.includes(level) !== true);
  return { kind: levels.length > 0 ? 'vertebrae' : 'outside', levels, ...bounds };
}

/** A single vertebra, or two of them joined as a pair or range. */
interface Run {
  readonly first: NamedVertebra;
  readonly last: NamedVertebra;
  readonly joinedBy: 'single' | 'dash' | 'slash' | 'range';
}

function runsOf(items: readonly Item[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { vertebra, joinedBy } of items) {
    const before = runs.at(-1);
    const isJoined = joinedBy !== 'start' && joinedBy !== 'list';
    if (isJoined && before?.joinedBy === 'single') {
      runs[runs.length - 1] = { first: before.first, last: vertebra, joinedBy };
    } else runs.push({ first: vertebra, last: vertebra, joinedBy: 'single' });
  }
  return runs;
}

const PLACES_OF_LEVELS = LEVELS.map((level) => ({
  level,
  position: positionOfVertebra({ region: level.startsWith('T') ? 'T' : 'L', number: Number(level.slice(1)) }),
}));

/** A single vertebra and a pair joined by a slash are themselves; a range is everything between its ends. */
function levelsOfRuns(runs: readonly Run[]): readonly Level[] {
  const [only] = runs;
  if (runs.length === 1 && only?.joinedBy === 'single') {
    const level = levelOfVertebra(only.first);
    return level === undefined ? [] : [level];
  }
  const levels = new Set<Level>();
  for (const run of runs) {
    const ends = [positionOfVertebra(run.first), positionOfVertebra(run.last)];
    const isEachEnd = run.joinedBy === 'single' || run.joinedBy === 'slash';
    for (const { level, position } of PLACES_OF_LEVELS) {
      const isWithin = position >= Math.min(...ends) && position <= Math.max(...ends);
      if (isEachEnd ? ends.includes(position) : isWithin) levels.add(level);
    }
  }
  return [...levels];
}

function isNeighbours(run: Run): boolean {
  return (
    run.joinedBy !== 'single' && Math.abs(positionOfVertebra(run.last) - positionOfVertebra(run.first)) === 1
  );
}

const OF_A_DISC = words(`
  disc level foramen space joint interspinous bulge protrusion extrusion facet neural central laminectomy
  discectomy segment spondylolisthesis anterolisthesis retrolisthesis fusion left right bilateral there
  degenerative canal posterior broad mild moderate severe no
`);
const OF_VERTEBRAE = words(`
  vertebra vertebral compression wedge burst fracture insufficiency osteoporotic body deformity endplate
  inclusive collapse transverse spinous superior inferior
`);
const BEFORE_VERTEBRAE = words(`
  of involving between from affecting fracture deformity at in through both
`);

function kindOf(
  runs: readonly Run[],
  tokens: readonly Token[],
  at: number,
  end: number,
  from: number,
  to: number,
): Mention['kind'] {
  if (levelsOfRuns(runs).length === 0) return 'outside';
  if (!runs.every((run) => isNeighbours(run) && run.joinedBy !== 'range')) return 'vertebrae';
  const after = end < to ? (tokens[end]?.word ?? '') : '';
  if (isDislocation(tokens, end)) return 'either';
  if (OF_VERTEBRAE.has(after) || isLabelOfADenial(tokens, end, to)) return 'vertebrae';
  if (after === 'disc' || after === 'level' || after === 'foramen') return 'disc';
  const before = wordsBefore(tokens, at, from, 6);
  const fractureBefore = before.some((token) => FRACTURE_WORDS.has(token.word));
  const isObject = BEFORE_VERTEBRAE.has(before.at(-1)?.word ?? '');
  if (!fractureBefore || !isObject || OF_A_DISC.has(after)) return 'disc';
  const isPlural = before.some((token) => FRACTURE_WORDS.has(token.word) && token.plural);
  return isPlural ? 'vertebrae' : 'either';
}

/** "T12/L1 fracture-dislocation": of the segment, and one of the two bodies may be whole. */
function isDislocation(tokens: readonly Token[], end: number): boolean {
  const noun = tokens[end + 1];
  return tokens[end]?.word === 'fracture' && noun?.word === 'dislocation' && !noun.plural;
}

/** "L4-L5: no fracture", "L4-L5   no fracture" */
function isLabelOfADenial(tokens: readonly Token[], end: number, to: number): boolean {
  const at = tokens[end]?.word === ':' ? end + 1 : end;
  if (at === end && tokens[end]?.gap !== 'wide') return false;
  return tokens[at]?.word === 'no' && tokens[at + 1]?.word === 'fracture' && at + 1 < to;
}

const FRACTURE_WORDS: ReadonlySet<string> = new Set([
  'fracture',
  'deformity',
  'collapse',
  'vcf',
  'compression',
  'wedging',
]);

function wordsBefore(tokens: readonly Token[], at: number, from: number, count: number): readonly Token[] {
  return tokens.slice(Math.max(from, at - count), at);
}

/** "all lumbar levels except L3", "every thoracic vertebra" */
function wholeRegionAt(tokens: readonly Token[], at: number, to: number): Mention | undefined {
  const quantifier = tokens[at]?.word;
  if (quantifier !== 'all' && quantifier !== 'every' && quantifier !== 'each') return undefined;
  let next = at + 1;
  while (next < to && ['of', 'the', 'five', 'twelve', '5', '12'].includes(tokens[next]?.word ?? ''))
    next += 1;
  const region = { thoracic: 'T', lumbar: 'L' }[tokens[next]?.word ?? ''];
  if (region === undefined) return undefined;
  const noun = tokens[next + 1]?.word ?? '';
  if (noun !== 'level' && noun !== 'vertebra' && noun !== 'vertebral' && noun !== 'body') return undefined;
  const isBody = tokens[next + 2]?.word === 'body';
  const end = next + (isBody ? 3 : 2);
  const exceptions = exceptionsAfter(tokens, end, to);
  const levels = LEVELS.filter(
    (level) => level.startsWith(region) && exceptions?.levels.includes(level) !== true,
  );
  return { kind: 'vertebrae', levels, from: at, to: exceptions?.to ?? end, unusual: false };
}

/** "... except L3", "... other than T9 and T10" */
function exceptionsAfter(
  tokens: readonly Token[],
  at: number,
  to: number,
): { levels: readonly Level[]; to: number } | undefined {
  const [a, b, c] = [tokens[at]?.word, tokens[at + 1]?.word, tokens[at + 2]?.word];
  let start: number | undefined;
  if (a === 'except' || a === 'excepting' || a === 'excluding' || a === 'sparing')
    start = at + (b === 'for' || b === 'at' ? 2 : 1);
  else if (
    (a === 'other' && b === 'than') ||
    (a === 'apart' && b === 'from') ||
    (a === 'aside' && b === 'from') ||
    (a === 'but' && b === 'not')
  )
    start = at + 2;
  else if (a === 'with' && b === 'the' && c === 'exception') start = at + 4;
  if (start === undefined || start >= to) return undefined;
  const first = vertebraAt(tokens, start);
  if (first === undefined) return undefined;
  const items = listFrom(tokens, start, first, to);
  return { levels: levelsOfRuns(runsOf(items)), to: items.at(-1)?.vertebra.to ?? first.to };
}

const OF_A_SEQUENCE = words(`
  weighted w wi signal hyperintensity hypointensity isointense sequence sequences fat fs stir image images
  imaging sagittal axial flair tse fse prolongation shortening weighting contrast postcontrast high low
  tirm spin star relaxation hypo hyper mapping dixon spair w/o
`);
const BEFORE_A_SEQUENCE = words(`
  sagittal axial coronal on high low increased decreased abnormal bright hyperintensity hypointensity fat
  saturated suppressed fs stir weighted intermediate reduced diminished elevated isointense intrinsic
`);

/** T1 and T2 are also magnetic resonance sequences. */
function isSequence(
  tokens: readonly Token[],
  at: number,
  named: NamedVertebra,
  from: number,
  to: number,
): boolean {
  if (named.region !== 'T' || named.number > 2) return false;
  const before = at > from ? (tokens[at - 1]?.word ?? '') : '';
  if (BEFORE_A_SEQUENCE.has(before) || before === 'signal') return true;
  for (let next = named.to; next < Math.min(to, named.to + 4); next += 1) {
    const word = tokens[next]?.word ?? '';
    if (OF_A_SEQUENCE.has(word)) return true;
    const isPartner = word === 't1' || word === 't2' || ['/', 'and', '-', ',', 'or', '&'].includes(word);
    if (!isPartner) break;
  }
  if (!MAKES_A_VERTEBRA.has(before) && !FOLLOWS_A_VERTEBRA.has(tokens[named.to]?.word ?? '')) return true;
  const partner = tokens[at - 2]?.word;
  return (partner === 't1' || partner === 't2') && BEFORE_A_SEQUENCE.has(tokens[at - 3]?.word ?? '');
}

/** Words that make a bare T1 or T2 a vertebra; without one beside it, it is taken for a sequence. */
const MAKES_A_VERTEBRA: ReadonlySet<string> = new Set([
  'of',
  'at',
  'in',
  'and',
  'to',
  'through',
  '-',
  ',',
  'involving',
  'from',
  '',
  'the',
  'or',
  'fracture',
  'wedge',
  'compression',
  'level',
]);
const FOLLOWS_A_VERTEBRA = words(`
  vertebra vertebral body fracture compression through to - superior inferior endplate level burst wedge
  collapse : and , is has or deformity insufficiency pathologic
`);

const NOT_THE_BONE = words(`
  nerve root roots dermatome radiculopathy exiting traversing pedicle screw screws nerves
`);
const PLACES: ReadonlySet<string> = new Set(['conus', 'terminates', 'termination', 'ends', 'tip', 'filum']);
const COMPARES: ReadonlySet<string> = new Set(['above', 'below', 'than', 'beneath', 'between', 'unlike']);
const COMPARES_WITH_TO: ReadonlySet<string> = new Set([
  'adjacent',
  'caudal',
  'cranial',
  'cephalad',
  'next',
  'inferior',
  'superior',
]);

/** Marks mentions that place or compare something and say nothing of the vertebra. */
function related(mentions: readonly Mention[], tokens: readonly Token[]): readonly Mention[] {
  return mentions.map((mention, index) => {
    const isSlipped =
      isSlipOn(tokens, mention, mentions[index + 1]) || isSlipOn(tokens, mentions[index - 1], mention);
    return isSlipped || isOnlyAReference(tokens, mention) ? { ...mention, kind: 'reference' } : mention;
  });
}

const ON_ANOTHER: ReadonlySet<string> = new Set(['on', 'over', 'upon']);

/** "L4 on L5" */
function isSlipOn(tokens: readonly Token[], upper: Mention | undefined, lower: Mention | undefined): boolean {
  if (upper === undefined || lower?.from !== upper.to + 1) return false;
  return ON_ANOTHER.has(tokens[upper.to]?.word ?? '');
}

const RELATES: ReadonlySet<string> = new Set(['compared', 'relative', 'comparison']);
const NAMES_AS: ReadonlySet<string> = new Set(['reported', 'described', 'labelled', 'labeled']);
const ENDS_AN_OPPOSITION: ReadonlySet<string> = new Set([',', '.', ';']);

function isOnlyAReference(tokens: readonly Token[], mention: Mention): boolean {
  const behind = tokens[mention.to]?.word ?? '';
  if (NOT_THE_BONE.has(behind) || isInstabilityCriterion(tokens, mention)) return true;
  const [first, second] = [tokens[mention.from - 2]?.word ?? '', tokens[mention.from - 1]?.word ?? ''];
  if (COMPARES.has(second) || (COMPARES_WITH_TO.has(first) && second === 'to')) return true;
  if (RELATES.has(first) && (second === 'to' || second === 'with')) return true;
  if (NAMES_AS.has(first) && second === 'as') return true;
  if (second === 'not' && first === ',' && ENDS_AN_OPPOSITION.has(behind)) return true;
  return followsPlaceWord(tokens, mention.from);
}

const OF_THE_SINS: ReadonlySet<string> = new Set(['mobile', 'semirigid', 'rigid', 'junctional']);

/** "location (L2-L4, mobile) 2": the ranges of the SINS. */
function isInstabilityCriterion(tokens: readonly Token[], { to }: Mention): boolean {
  const at = tokens[to]?.word === ',' ? to + 1 : to;
  return OF_THE_SINS.has(tokens[at]?.word ?? '');
}

/** "conus medullaris terminates at the level of L1" */
function followsPlaceWord(tokens: readonly Token[], at: number): boolean {
  for (let before = at - 1; before >= Math.max(0, at - 8); before -= 1) {
    const word = tokens[before]?.word ?? '';
    if (PLACES.has(word)) return true;
    if (word === '.' || word === ',' || word === ';' || word === 'and' || word === 'with') return false;
  }
  return false;
}
