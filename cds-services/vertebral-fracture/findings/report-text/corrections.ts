/** An addendum that moves a fracture: "described as L1 is in fact L2", "the fracture is at L2, not L1". */
import type { Level } from '../level.js';
import type { Placed } from './placed.js';
import type { Mention } from './levels.js';
import type { Cue } from './phrases.js';
import type { SaidStatus } from './said.js';
import { cuesOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** Words that deny the vertebra behind them instead of the one before. */
const TAKES_BACK: ReadonlySet<string> = new Set(['rather', 'instead', 'not', 'and']);

/**
 * What the sentence of an addendum says of the vertebrae it compares: one is fractured; the other was named by mistake,
 * and nothing is said of it any more.
 */
export function correctionsIn(sentence: ReadSentence): readonly SaidStatus[] {
  const levels = sentence.mentions.filter((mention) => mention.levels.length === 1);
  const taken = new Set<Mention>();
  return cuesOf(sentence, 'correction').flatMap((cue): readonly SaidStatus[] => {
    const pair = rightAndWrong(sentence, cue, levels);
    if (pair === undefined || taken.has(pair.right) || taken.has(pair.wrong)) return [];
    taken.add(pair.right).add(pair.wrong);
    const { right, wrong } = pair;
    const quote = { from: Math.min(right.from, wrong.from), to: Math.max(right.to, wrong.to) };
    const [replaces] = wrong.levels;
    return [
      {
        kind: 'status',
        status: speaksOfCement(sentence) ? 'historical' : 'present',
        quote,
        owner: { kind: 'mention', mention: { ...right, kind: 'vertebrae' } },
        ...(replaces !== undefined && { replaces }),
      },
    ];
  });
}

/** "The augmented level is L3 and not L4" */
function speaksOfCement(sentence: ReadSentence): boolean {
  if (cuesOf(sentence, 'augmentation').length > 0) return true;
  for (let at = sentence.from; at < sentence.to; at += 1) if (CEMENTED.has(sentence.wordAt(at))) return true;
  return false;
}

const CEMENTED: ReadonlySet<string> = new Set(['augmented', 'cemented', 'treated']);

function rightAndWrong(
  sentence: ReadSentence,
  cue: Cue,
  levels: readonly Mention[],
): { readonly right: Mention; readonly wrong: Mention } | undefined {
  const after = levels.find((mention) => mention.from >= cue.to && mention.from - cue.to <= 3);
  if (after === undefined) return undefined;
  const opposed = levels.find((mention) => mention.from >= after.to && isOpposed(sentence, after, mention));
  if (opposed !== undefined && READS.has(sentence.wordAt(cue.to - 1)))
    return { right: after, wrong: opposed };
  const inside = levels.find((mention) => mention.from >= cue.from && mention.to <= cue.to);
  if (inside !== undefined) return { right: after, wrong: inside };
  const before = levels.findLast((mention) => mention.to <= cue.from);
  if (before === undefined || cue.from - before.to > 8) return undefined;
  if (NEEDS_A_REPORT.has(sentence.wordAt(cue.to - 1)) && !tellsOfTheReport(sentence, before.from))
    return undefined;
  return TAKES_BACK.has(sentence.wordAt(cue.from))
    ? { right: before, wrong: after }
    : { right: after, wrong: before };
}

const READS: ReadonlySet<string> = new Set(['read', 'be', 'state', 'say', 'as', 'is']);

/** "should read L3, not L2", "is to be read as D7 and not D6" */
function isOpposed(sentence: ReadSentence, right: Mention, wrong: Mention): boolean {
  if (wrong.from - right.to > 4) return false;
  for (let at = right.to; at < wrong.from; at += 1) if (OPPOSES.has(sentence.wordAt(at))) return true;
  return false;
}

const OPPOSES: ReadonlySet<string> = new Set(['not', 'instead', 'rather']);

const NEEDS_A_REPORT: ReadonlySet<string> = new Set(['at', 'for', 'to']);
const REPORTED = words(`
  reported described labelled labeled called given dictated said named
`);

/** "the fracture reported at L2 is at L3" */
function tellsOfTheReport(sentence: ReadSentence, to: number): boolean {
  for (let at = sentence.from; at < to; at += 1) if (REPORTED.has(sentence.wordAt(at))) return true;
  return false;
}

/** Gives what was said of a vertebra named by mistake to the one the addendum puts in its place. */
export function corrected(all: readonly Placed[], isRecounted: boolean): readonly Placed[] {
  const placed = isRecounted ? all.filter((one) => !isAnEarlierDenial(one)) : all;
  const inAddendum = placed.filter(({ section }) => section === 'addendum');
  if (inAddendum.length === 0) return placed;
  const before = placed.filter(({ section }) => section !== 'addendum');
  const fractured = levelsWith(before, ['present', 'possible', 'historical']);
  const moved = movedIn(inAddendum, fractured);
  if (moved.size === 0) return placed;
  return placed.map((one) => {
    const to = one.section === 'addendum' || one.level === undefined ? undefined : moved.get(one.level);
    return to === undefined ? one : { ...one, level: to };
  });
}

/** Once the vertebrae are counted anew, nobody knows which one had no fracture. */
function isAnEarlierDenial({ said, section }: Placed): boolean {
  return section !== 'addendum' && said.kind === 'status' && said.status === 'absent';
}

const RECOUNTED = words(`
  misnumbered renumbered numbering recounted recount counted miscounted relabelled mislabelled mislabeled
  sacralization lumbarization transitional
`);

/** "All levels given above are one too low", "the numbering is off by one" */
export function speaksOfRecounting(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const isAll = sentence.wordAt(at) === 'all' && sentence.wordAt(at + 1) === 'level';
    if (isAll || RECOUNTED.has(sentence.wordAt(at))) return true;
  }
  return false;
}

/** Told pair by pair, or by one vertebra that is denied and one that is new. */
function movedIn(inAddendum: readonly Placed[], fractured: readonly Level[]): ReadonlyMap<Level, Level> {
  const pairs = inAddendum.flatMap(({ said, level }): readonly (readonly [Level, Level])[] =>
    said.kind === 'status' &&
    said.replaces !== undefined &&
    level !== undefined &&
    fractured.includes(said.replaces)
      ? [[said.replaces, level]]
      : [],
  );
  if (pairs.length > 0) return new Map(pairs);
  const wrong = levelsWith(inAddendum, ['absent']).filter((level) => fractured.includes(level));
  const right = levelsWith(inAddendum, ['present', 'possible']).filter(
    (level) => !fractured.includes(level) && !wrong.includes(level),
  );
  const [from, to] = [wrong[0], right[0]];
  if (from === undefined || to === undefined || wrong.length > 1 || right.length > 1) return new Map();
  return new Map([[from, to]]);
}

function levelsWith(placed: readonly Placed[], statuses: readonly string[]): readonly Level[] {
  const levels = placed.flatMap(({ said, level }) =>
    said.kind === 'status' && statuses.includes(said.status) && level !== undefined ? [level] : [],
  );
  return [...new Set(levels)];
}
