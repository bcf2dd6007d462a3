/** The back of the vertebral body: whether its wall is whole, bulges, or has sent a fragment into the canal. */
import type { Span } from './context.js';
import { noneAt } from './none-at.js';
import { OEDEMAS } from './oedema.js';
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
  sameOwner,
} from './sentence.js';

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
  if (polarity === 'open' || own === 'open') return [];
  const isDenied = polarity === 'denied' || own === 'denied';
  if (state.concept === 'bulging') return isDenied ? [] : [value('retropulsion', true, where)];
  return [value('posteriorWallDisrupted', (state.concept === 'wallBroken') !== isDenied, where)];
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
  const read = plain.map((cue) =>
    cue.concept === 'maintained' ? { ...cue, concept: 'wallIntact' as const } : cue,
  );
  const fractures = cuesOf(sentence, 'fracture').filter((cue) => {
    const next = sentence.wordAt(cue.to);
    return (
      (cue.from >= wall.to && cue.from - wall.to <= 2 && sentence.wordAt(wall.to) !== 'of') ||
      (next === 'of' && cue.to <= wall.from && wall.from - cue.to <= 2)
    );
  });
  return [...read, ...fractures.map((cue) => ({ ...cue, concept: 'wallBroken' as const }))];
}

/** @returns whether a fragment is pushed back, and how far */
export function retropulsion(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'retropulsion').flatMap((cue): readonly Said[] => {
    const polarity = polarityOf(sentence, cue, { throughAnd: true });
    const owner = sentence.ownerAt(cue.from);
    if (polarity === 'open') return [];
    const length = polarity === 'stated' ? lengthOf(sentence, cue) : undefined;
    const said: Said[] = [
      value('retropulsion', polarity === 'stated', { quote: quoteOf(sentence, cue, length), owner }),
    ];
    if (length !== undefined) {
      const { min, max } = length;
      said.push(
        value('retropulsionMillimetres', { min, max }, { quote: quoteOf(sentence, cue, length), owner }),
      );
    }
    if (polarity === 'stated') said.push(...noneElsewhere(sentence, cue));
    return said;
  });
}

function noneElsewhere(sentence: ReadSentence, cue: Cue): readonly Said[] {
  const signs = cuesOf(sentence, 'retropulsion', ...OEDEMAS);
  return noneAt(sentence, cue, signs).map((where) => value('retropulsion', false, where));
}

/** Farthest a fragment is pushed back, in millimetres; longer lengths are something else. */
const LONGEST_RETROPULSION = 25;

function lengthOf(sentence: ReadSentence, cue: Cue<Concept>) {
  return sentence.quantities
    .filter(({ unit, max }) => unit === 'mm' && max <= LONGEST_RETROPULSION)
    .filter((quantity) => distance(quantity, cue) <= 6 && sameOwner(sentence, quantity, cue))
    .sort((a, b) => distance(a, cue) - distance(b, cue))[0];
}

