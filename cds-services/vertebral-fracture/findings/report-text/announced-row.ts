/** "Three fractures: T7 chronic, L1 acute and L3 subacute": the head in the plural speaks of every vertebra listed behind it. */
import type { Span } from './context.js';
import { countOf } from './counts.js';
import type { Mention } from './levels.js';
import type { Cue } from './phrases.js';
import type { Concept } from './concept.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

/** The words before the list, and all its vertebrae as one group. */
export interface RowHead {
  readonly to: number;
  readonly mention: Mention;
}

interface Row {
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly mentions: readonly Mention[];
  readonly cues: readonly Cue<Concept>[];
}

const NOUNS: ReadonlySet<Concept> = new Set<Concept>([
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'burst',
]);
const OF_ANOTHER_BONE: ReadonlySet<Concept> = new Set<Concept>(['otherFracture', 'notTheBody']);
/** Words that make a head deny, doubt or only recall. */
const TURN = words(`
  no not without nor neither none never negative free nil if whether or versus ? pelvis pelvic hip sacral
`);

export function rowHeadOf(row: Row): RowHead | undefined {
  const noun = row.cues.find(({ concept }) => NOUNS.has(concept));
  if (noun === undefined || row.tokens[noun.to - 1]?.plural !== true) return undefined;
  const [first, ...rest] = row.mentions;
  if (first === undefined || rest.length === 0 || first.from < noun.to || !isOpened(row, noun, first))
    return undefined;
  const isTurned = row.tokens.slice(row.from, first.from).some(({ word }) => TURN.has(word));
  if (isTurned || row.cues.some(({ concept, from }) => OF_ANOTHER_BONE.has(concept) && from < first.from))
    return undefined;
  const count = countBefore(row, noun);
  const items = itemsOf(row, count === undefined);
  const levels = [...new Set(items.flatMap((item) => item.levels))];
  if (items.length < 2 || (count !== undefined && count !== levels.length)) return undefined;
  const to = items.at(-1)?.to ?? first.to;
  return {
    to: endOfHead(row, noun, first),
    mention: { kind: 'vertebrae', levels, from: first.from, to, unusual: false },
  };
}

const OPENS = words(`
  : - -- , ; ( namely follows
`);
const BETWEEN = words(`
  : - -- , ; ( namely as follows at two three four five level vertebra are is seen noted present identified in the
  thoracic lumbar dorsal thoracolumbar spine and of different varying age a an one acute chronic old recent new
  subacute healed first there other mild moderate severe minimal marked slight evident found visible demonstrates
`);
const LONGEST_OPENING = 10;

/** A colon, a dash or a comma opens the list; without one the vertebra stands at the noun ("fractures of T8, old, and T9"). */
function isOpened({ tokens }: Row, noun: Span, first: Span): boolean {
  const between = tokens.slice(noun.to, first.from).map(({ word }) => word);
  if (between.length > LONGEST_OPENING || !between.every((word) => BETWEEN.has(word))) return false;
  return between.length <= 1 || between.some((word) => OPENS.has(word));
}

/** Past the last sign that opens the list: "moderate at T8" behind a colon is of T8. */
function endOfHead({ tokens }: Row, noun: Span, first: Span): number {
  for (let at = first.from - 1; at >= noun.to; at -= 1) if (OPENS.has(tokens[at]?.word ?? '')) return at + 1;
  return first.from;
}

const FARTHEST_COUNT = 6;

function countBefore({ tokens, from }: Row, noun: Span): number | undefined {
  for (let at = noun.from - 1; at >= Math.max(from, noun.from - FARTHEST_COUNT); at -= 1) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    const count = countOf(token.word);
    if (count !== undefined) return count;
    if (token.kind === 'number' && token.word.length === 1) return Number(token.word);
  }
  return undefined;
}

/** The vertebrae listed; a list that tells more of one than what fractures are told with is none. */
function itemsOf(row: Row, isPlainOnly: boolean): readonly Mention[] {
  const items: Mention[] = [];
  for (const [index, mention] of row.mentions.entries()) {
    const next = row.mentions[index + 1]?.from ?? row.to;
    if (mention.kind !== 'vertebrae' || (index > 0 && !isListed(row, mention))) break;
    const tail = { from: mention.to, to: next };
    if (isDenied(row, tail) || !(isPlainOnly ? isPlain(row, tail) : isHarmless(row, tail))) break;
    items.push(mention);
  }
  return items;
}

const JOINTS = words(`
  , ; and & + ( plus
`);
const BEFORE_A_VERTEBRA = words(`
  at of in the a an one other another second third acute chronic old recent new subacute healed mild moderate severe
`);

function isListed({ tokens, from }: Row, mention: Mention): boolean {
  let before = mention.from - 1;
  while (before > from && BEFORE_A_VERTEBRA.has(tokens[before]?.word ?? '')) before -= 1;
  return JOINTS.has(tokens[before]?.word ?? '') || tokens[mention.from]?.gap === 'wide';
}

const DENIES = words(`
  none no not normal intact spared preserved unremarkable negative absent unaffected ? possible questionable uninvolved
  doubtful equivocal
`);

function isDenied({ tokens }: Row, tail: Span): boolean {
  const first = tokens[tail.from]?.word ?? '';
  const second = tokens[tail.from + 1]?.word ?? '';
  if (tail.to <= tail.from) return false;
  return DENIES.has(first) || (tail.to > tail.from + 1 && LINKS.has(first) && DENIES.has(second));
}

const LINKS = words(`
  is : - -- ( , are appears was
`);

const TOLD_OF_A_FRACTURE: ReadonlySet<Concept> = new Set<Concept>([
  ...NOUNS,
  'compressedBody',
  'wedge',
  'wedgeLoss',
  'biconcave',
  'crush',
  'vertebraPlana',
  'heightLoss',
  'genant',
  'grade',
  'severityMinimal',
  'severityMild',
  'severityModerate',
  'severitySevere',
  'severityMildToModerate',
  'severityModerateToSevere',
  'acute',
  'subacute',
  'chronic',
  'healed',
  'unchanged',
  'osteoporotic',
  'malignant',
  'traumatic',
  'gradeAo',
  'both',
]);
const HARMLESS: ReadonlySet<Concept> = new Set<Concept>(['mimic', 'otherFracture', 'notTheBody']);
const VERBS = words(`
  is are was were has have shows demonstrates remains appears
`);

/** Only ages, grades, shapes and numbers stand between the vertebra and the next; nothing with a verb. */
function isPlain({ tokens, cues }: Row, { from, to }: Span): boolean {
  const own = cues.filter((cue) => cue.from >= from && cue.from < to);
  if (!own.every(({ concept }) => TOLD_OF_A_FRACTURE.has(concept))) return false;
  return !tokens.slice(from, to).some(({ word }) => VERBS.has(word) || DENIES.has(word));
}

function isHarmless({ cues }: Row, { from, to }: Span): boolean {
  return !cues.some((cue) => cue.from >= from && cue.from < to && HARMLESS.has(cue.concept));
}
