/** An addendum that moves a fracture: "described as L1 is in fact L2", "the fracture is at L2, not L1". */
import type { Level } from '../level.js';
import type { Placed } from './discourse.js';
import type { SaidStatus } from './said.js';
import { cuesOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** Words that deny the vertebra behind them instead of the one before. */
const TAKES_BACK: ReadonlySet<string> = new Set(['rather', 'instead', 'not', 'and']);

/** What the sentence of an addendum says of the two vertebrae it compares: one is fractured, the other was named by mistake. */
export function correctionsIn(sentence: ReadSentence): readonly SaidStatus[] {
  const levels = sentence.mentions.filter((mention) => mention.levels.length === 1);
  for (const cue of cuesOf(sentence, 'correction')) {
    const before = levels.findLast((mention) => mention.to <= cue.from);
    const after = levels.find((mention) => mention.from >= cue.to && mention.from - cue.to <= 3);
    if (before === undefined || after === undefined || cue.from - before.to > 8) continue;
    if (NEEDS_A_REPORT.has(sentence.wordAt(cue.to - 1)) && !tellsOfTheReport(sentence, before.from)) continue;
    const isTakenBack = TAKES_BACK.has(sentence.wordAt(cue.from));
    const [right, wrong] = isTakenBack ? [before, after] : [after, before];
    const quote = { from: before.from, to: after.to };
    return [
      {
        kind: 'status',
        status: 'present',
        quote,
        owner: { kind: 'mention', mention: { ...right, kind: 'vertebrae' } },
      },
      {
        kind: 'status',
        status: 'absent',
        quote,
        owner: { kind: 'mention', mention: { ...wrong, kind: 'vertebrae' } },
      },
    ];
  }
  return [];
}

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
export function corrected(placed: readonly Placed[]): readonly Placed[] {
  const inAddendum = placed.filter(({ section }) => section === 'addendum');
  const before = placed.filter(({ section }) => section !== 'addendum');
  const fractured = levelsWith(before, ['present', 'possible']);
  const wrong = levelsWith(inAddendum, ['absent']).filter((level) => fractured.includes(level));
  const right = levelsWith(inAddendum, ['present', 'possible']).filter(
    (level) => !fractured.includes(level) && !wrong.includes(level),
  );
  const [from, to] = [wrong[0], right[0]];
  if (from === undefined || to === undefined || wrong.length > 1 || right.length > 1) return placed;
  return placed.map((one) =>
    one.section !== 'addendum' && one.level === from ? { ...one, level: to } : one,
  );
}

function levelsWith(placed: readonly Placed[], statuses: readonly string[]): readonly Level[] {
  const levels = placed.flatMap(({ said, level }) =>
    said.kind === 'status' && statuses.includes(said.status) && level !== undefined ? [level] : [],
  );
  return [...new Set(levels)];
}
