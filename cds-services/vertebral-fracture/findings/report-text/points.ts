/** Scores in points: "SINS 13", "SINS for T9 is 13", "TLICS: 4", and row by row "SINS T12 = 8, L2 = 5". */
import type { Mention } from './levels.js';
import type { Owner } from './owners.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { type Concept, cuesOf, polarityOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

interface Points {
  readonly min: number;
  readonly max: number;
  readonly to: number;
  /** The vertebra named between the score and its number. */
  readonly of: Mention | undefined;
}

export function pointsIn(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'gradeTlics', 'gradeSins').flatMap((cue): readonly Said[] => {
    const name = cue.concept === 'gradeSins' ? 'sinsScore' : 'tlicsScore';
    const most = name === 'sinsScore' ? 18 : 10;
    if (polarityOf(sentence, cue) !== 'stated') return [];
    return rowAfter(sentence, cue)
      .filter(({ max }) => max <= most)
      .map(({ min, max, to, of }) =>
        value(name, { min, max }, { quote: { from: cue.from, to }, owner: ownerOf(sentence, cue, of) }),
      );
  });
}

function ownerOf(sentence: ReadSentence, cue: Cue, of: Mention | undefined): Owner {
  return of?.kind === 'vertebrae' ? { kind: 'mention', mention: of } : sentence.ownerAt(cue.from);
}

/** The number behind the name of the score, and those of further vertebrae in the same row. */
function rowAfter(sentence: ReadSentence, cue: Cue<Concept>): readonly Points[] {
  const first = numberAfter(sentence, cue.to);
  if (first === undefined) return [];
  const row = [first];
  for (let last = first; last.of !== undefined && JOINTS.has(sentence.wordAt(last.to));) {
    const next = numberAfter(sentence, last.to + 1);
    if (next?.of === undefined) break;
    row.push(next);
    last = next;
  }
  return row;
}

const JOINTS = words(`
  , and ; &
`);
const BETWEEN = words(`
  score of is : = total points ( grade at was a approximately - today now estimated calculated to the
  therefore as fracture for in this that level here stands amounts adds up segment vertebra
`);
const FARTHEST = 9;

function numberAfter({ tokens, mentions, to, wordAt }: ReadSentence, from: number): Points | undefined {
  let of: Mention | undefined;
  let at = from;
  while (at < from + FARTHEST) {
    const mention = mentions.find((one) => at >= one.from && at < one.to);
    if (mention === undefined && !BETWEEN.has(wordAt(at))) break;
    of ??= mention;
    at = mention?.to ?? at + 1;
  }
  const first = tokens[at];
  if (first?.kind !== 'number' || at >= to || first.word.includes('.')) return undefined;
  const isRange = ['-', 'to'].includes(wordAt(at + 1)) && tokens[at + 2]?.kind === 'number';
  const [min, max] = [Number(first.word), Number(isRange ? wordAt(at + 2) : first.word)];
  return max >= min ? { min, max, to: at + (isRange ? 3 : 1), of } : undefined;
}
