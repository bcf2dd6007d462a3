/** Kyphosis at a fracture, with its angle: of the vertebra named, of the one between the two it is measured from, or of the only fracture. */
import { LEVELS, type Level } from '../level.js';
import type { Mention } from './levels.js';
import type { Owner } from './owners.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { cuesOf, distance, isBetween, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const OF_AN_ANGLE: ReadonlySet<string> = new Set(['kyphosis', 'cobb', 'angle', 'angulation']);
const LONGEST_WAY_TO_THE_ANGLE = 8;

export function kyphosis(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'kyphosis').flatMap((cue): readonly Said[] => {
    if (polarityOf(sentence, cue) !== 'stated' || isOnlyNoMore(sentence, cue)) return [];
    const measured = measuredOver(sentence, cue);
    const owner = measured?.owner ?? sentence.ownerAt(cue.from);
    if (owner.kind === 'mention' && owner.mention.levels.length > 2) return [];
    const angle = sentence.quantities
      .filter(({ unit }) => unit === 'degree')
      .sort((a, b) => distance(a, cue) - distance(b, cue))[0];
    const isNear = angle !== undefined && distance(angle, measured?.over ?? cue) <= LONGEST_WAY_TO_THE_ANGLE;
    const isOfThis = isNear && !isScoliosis(sentence, angle, cue);
    const quote = quoteOf(sentence, cue, isOfThis ? angle : undefined);
    const near = !isLocal(sentence, cue);
    const said: Said[] = [value('kyphosis', true, { quote, owner }, { near })];
    if (isOfThis && hasAngleWord(sentence, cue)) {
      const { min, max } = angle;
      said.push(value('kyphosisDegrees', { min, max }, { quote, owner }, { near }));
    }
    if (sentence.wordAt(cue.from) === 'severe' || sentence.wordAt(cue.from - 1) === 'severe')
      said.push(value('severeDeformity', true, { quote, owner }, { near: true }));
    return said;
  });
}

function hasAngleWord(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = cue.from; at < cue.to; at += 1) if (OF_AN_ANGLE.has(sentence.wordAt(at))) return true;
  return false;
}

function isScoliosis(sentence: ReadSentence, angle: { from: number; to: number }, cue: Cue): boolean {
  return isBetween(sentence, angle, cue, new Set(['scoliosis', 'lordosis', 'slope']));
}

const LOCAL = words(`
  local localized focal segmental angular fracture
`);

/** "Local kyphosis measures 14 degrees.": of the fracture, wherever the text has been since. */
function isLocal({ wordAt }: ReadSentence, { from, to }: Cue): boolean {
  for (let at = from; at < to; at += 1) if (LOCAL.has(wordAt(at))) return true;
  return false;
}

const MORE = words(`
  increase change progression worsening progress
`);
const BEFORE_MORE = words(`
  no without further significant interval any
`);

/** "no increase in kyphosis" tells of none and denies none. */
function isOnlyNoMore({ wordAt }: ReadSentence, { from }: Cue): boolean {
  const at = wordAt(from - 1) === 'the' ? from - 2 : from - 1;
  return ['in', 'of'].includes(wordAt(at)) && MORE.has(wordAt(at - 1)) && BEFORE_MORE.has(wordAt(at - 2));
}

const TO_ITS_ENDS = words(`
  at from across over between of angle measured
`);
const LONGEST_WAY_TO_ITS_ENDS = 3;

interface Measured {
  readonly over: Mention;
  readonly owner: Owner;
}

/** "Kyphosis T12-L2 of 12 degrees" is measured from the vertebra above to the one below the fracture. */
function measuredOver(sentence: ReadSentence, cue: Cue): Measured | undefined {
  const over =
    sentence.mentions.find(({ from }) => from >= cue.to && consistsOf(sentence, cue.to, from)) ??
    sentence.mentions.find(({ to }) => to === cue.from);
  if (over?.kind !== 'vertebrae') return undefined;
  const middle = middleOf(over.levels);
  if (middle === undefined || !isARange(sentence, over, cue)) return undefined;
  return { over, owner: { kind: 'mention', mention: { ...over, levels: [middle] } } };
}

function consistsOf({ wordAt }: ReadSentence, from: number, to: number): boolean {
  if (to - from > LONGEST_WAY_TO_ITS_ENDS) return false;
  for (let at = from; at < to; at += 1) if (!TO_ITS_ENDS.has(wordAt(at))) return false;
  return true;
}

/** The vertebra between two that have one between them. */
function middleOf(levels: readonly Level[]): Level | undefined {
  const [first, last] = [levels[0], levels.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const top = LEVELS.indexOf(first);
  return LEVELS.indexOf(last) - top === 2 ? LEVELS[top + 1] : undefined;
}

const JOINTS = words(`
  - -- to through / until
`);

/** "T12-L2", "between T12 and L2"; not the vertebrae of a list */
function isARange({ wordAt }: ReadSentence, { from, to, levels }: Mention, cue: Cue): boolean {
  for (let at = from; at < to; at += 1) if (JOINTS.has(wordAt(at))) return true;
  return levels.length === 2 && from > cue.to && ['between', 'from'].includes(wordAt(from - 1));
}
