/** The back of the vertebral body: whether its wall is whole, and whether it bulges. */
import type { Span } from './context.js';
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
} from './sentence.js';
import { words } from './word-set.js';

const WALL_STOPS: ReadonlySet<string> = new Set([';', '.', ',', 'but', 'while', 'whereas', 'however']);

/** @returns what a sentence says of the posterior wall, a bulge of it included */
export function posteriorWall(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'posteriorWall').flatMap((wall): readonly Said[] => {
    return statesOfWall(sentence, wall).flatMap((state) => saidOfWall(sentence, wall, state));
  });
}

function saidOfWall(sentence: ReadSentence, wall: Cue<Concept>, state: Cue<Concept>): readonly Said[] {
  const isRunOn = state.concept === 'wallIntact' && isDeniedFromAfar(sentence, wall, state);
  const quote = isRunOn ? hullOf(state, wall) : quoteOf(sentence, state, wall);
  const where = { quote, owner: sentence.ownerAt(wall.from) };
  const polarity = isRunOn ? 'stated' : polarityOf(sentence, state.from < wall.from ? state : wall);
  const own = isRunOn ? 'stated' : polarityOf(sentence, state);
  if (polarity === 'open' || own === 'open' || isNearly(sentence, state)) return [];
  const isDenied = polarity === 'denied' || own === 'denied';
  if (isDenied && state.concept === 'wallIntact' && isWithout(sentence, state)) return [];
  if (state.concept === 'bulging') return isDenied ? [] : [value('retropulsion', true, where)];
  return [value('posteriorWallDisrupted', (state.concept === 'wallBroken') !== isDenied, where)];
}

/** "L3 without posterior wall intact", dictated without a stop, is no denial of the wall. */
function isWithout({ contextAt, wordAt }: ReadSentence, { from }: Span): boolean {
  const { trigger } = contextAt(from);
  return trigger !== undefined && wordAt(trigger.from) === 'without';
}

/** "the line almost reaches the posterior wall" */
function isNearly({ wordAt }: ReadSentence, { from }: Span): boolean {
  return ['almost', 'nearly', 'barely'].includes(wordAt(from - 1));
}

function hullOf(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

/** "no retropulsion posterior wall intact", dictated without a stop: the "no" belongs to the first. */
function isDeniedFromAfar(sentence: ReadSentence, wall: Cue, state: Cue): boolean {
  const { trigger } = sentence.contextAt(wall.from);
  if (trigger === undefined || trigger.to > wall.from) return false;
  return sentence.cues.some((cue) => cue !== state && cue.from >= trigger.to && cue.to <= wall.from);
}

/** The nearest word that says how the wall is, and one that says it bulges. */
function statesOfWall(sentence: ReadSentence, wall: Cue<Concept>): readonly Cue<Concept>[] {
  const states = statesOf(sentence, wall).filter(
    (state) => !isCutOff(sentence, state, wall) && distance(state, wall) <= 9,
  );
  const cost = (state: Cue<Concept>) =>
    distance(state, wall) + (state.from >= wall.to ? 0 : 1) + (isBetween(sentence, state, wall, AND) ? 4 : 0);
  const nearest = [...states].sort((a, b) => cost(a) - cost(b));
  const state = nearest.find(({ concept }) => concept !== 'bulging');
  const bulge = nearest.find(({ concept }) => concept === 'bulging');
  return [state, bulge].flatMap((cue) => cue ?? []);
}

/** A comma cuts, except before "which". */
function isCutOff(sentence: ReadSentence, state: Cue, wall: Cue): boolean {
  const [first, second] = state.from < wall.from ? [state, wall] : [wall, state];
  for (let at = first.to; at < second.from; at += 1) {
    if (WALL_STOPS.has(sentence.wordAt(at)) && sentence.wordAt(at + 1) !== 'which') return true;
  }
  return false;
}

const AND: ReadonlySet<string> = new Set(['and', 'with', 'or']);

/** "fracture" and "involving" break a wall only in certain places; everything else does so anywhere. */
function statesOf(sentence: ReadSentence, wall: Cue<Concept>): readonly Cue<Concept>[] {
  const plain = cuesOf(sentence, 'wallBroken', 'wallIntact', 'bulging', 'maintained');
  const seen = plain.filter((cue) => cue.concept !== 'bulging' || !OF_A_MASS.has(sentence.wordAt(cue.to)));
  const read = seen.map((cue) =>
    cue.concept === 'maintained' ? { ...cue, concept: 'wallIntact' as const } : cue,
  );
  const fractures = cuesOf(sentence, 'fracture').filter((cue) => {
    const next = sentence.wordAt(cue.to);
    return (
      (cue.from >= wall.to && cue.from - wall.to <= 2 && !isOf(sentence, wall)) ||
      (next === 'of' && cue.to <= wall.from && wall.from - cue.to <= 2)
    );
  });
  const losses = cuesOf(sentence, 'loss').filter(
    (cue) =>
      sentence.wordAt(cue.to) === 'of' &&
      sentence.wordAt(wall.to) !== 'height' &&
      wall.from >= cue.to &&
      wall.from - cue.to <= 2,
  );
  const broken = [...fractures, ...losses].map((cue) => ({ ...cue, concept: 'wallBroken' as const }));
  return [...read, ...broken];
}

/** "the posterior wall of the fractured T12" */
function isOf({ wordAt }: ReadSentence, { to }: Span): boolean {
  return wordAt(to) === 'of' || wordAt(to - 1) === 'of' || wordAt(to - 2) === 'of';
}

/** "wall destroyed with convex epidural tumour": it is not the wall that bulges. */
const OF_A_MASS = words(`
  epidural tumor soft mass component metastasis disc lesion
`);
