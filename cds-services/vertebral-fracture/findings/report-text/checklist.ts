/**
 * One finding told of vertebra after vertebra: "Marrow oedema: T12 yes, L1 no", "the posterior wall is intact at T12 and
 * breached at L1", "retropulsion: T9 none, L2 5 mm".
 */
import { isCertain } from './certainty.js';
import type { Span } from './context.js';
import type { Mention } from './levels.js';
import { OEDEMAS } from './oedema.js';
import type { Cue } from './phrases.js';
import { type SaidValue, value } from './said.js';
import { type Concept, cuesOf, cuesOfAny, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

type Name = 'marrowOedema' | 'retropulsion' | 'posteriorWallDisrupted';

interface Item extends Span {
  readonly mention: Mention;
  readonly isYes: boolean;
}

/** @returns what such rows say; a row that is not understood says nothing */
export function checklistsIn(sentence: ReadSentence): readonly SaidValue[] {
  if (sentence.mentions.length < 2) return [];
  return [
    ...rows(sentence, 'marrowOedema', cuesOfAny(sentence, OEDEMAS)),
    ...rows(sentence, 'retropulsion', cuesOf(sentence, 'retropulsion')),
    ...rows(sentence, 'posteriorWallDisrupted', cuesOf(sentence, 'posteriorWall')),
  ];
}

function rows(sentence: ReadSentence, name: Name, subjects: readonly Cue<Concept>[]): readonly SaidValue[] {
  return subjects.flatMap((subject) => {
    const items = itemsFrom(sentence, subject, name === 'posteriorWallDisrupted' ? OF_A_WALL : OF_A_SIGN);
    if (items.length < 2 || !isPlain(sentence, subject)) return [];
    return items
      .filter((item) => item.isYes || isSure(sentence, item))
      .map(({ from, to, mention, isYes }) =>
        value(name, isYes, { quote: { from, to }, owner: { kind: 'mention', mention } }),
      );
  });
}

function isSure(sentence: ReadSentence, { from, to, mention }: Item): boolean {
  const quote = { from, to };
  return isCertain(sentence, { quote, triggers: [quote], mention, of: 'sign' });
}

function isPlain(sentence: ReadSentence, { from }: Span): boolean {
  const { denied, doubtful, hypothetical, historical } = sentence.contextAt(from);
  const isStated = denied === 'no' || sentence.wordAt(from - 1) !== 'no';
  return isStated && !doubtful && !hypothetical && !historical;
}

const OF_A_SIGN: ReadonlyMap<string, boolean> = new Map([
  ...[...words(`yes present positive`)].map((word) => [word, true] as const),
  ...[...words(`no none absent nil negative`)].map((word) => [word, false] as const),
]);
const OF_A_WALL: ReadonlyMap<string, boolean> = new Map([
  ...[...words(`disrupted breached involved broken fracture interrupted violated`)].map(
    (word) => [word, true] as const,
  ),
  ...[...words(`intact preserved spared maintained uninvolved`)].map((word) => [word, false] as const),
]);
const JOINTS = words(`
  , ; and but while whereas : is are = - seen
`);
const PLACES = words(`
  at in of
`);

function itemsFrom(
  sentence: ReadSentence,
  { to }: Span,
  answers: ReadonlyMap<string, boolean>,
): readonly Item[] {
  const items: Item[] = [];
  let at = pastJoints(sentence, to);
  for (let item = itemAt(sentence, at, answers); item !== undefined; item = itemAt(sentence, at, answers)) {
    items.push(item);
    at = pastJoints(sentence, item.to);
  }
  return items;
}

function pastJoints({ wordAt }: ReadSentence, start: number): number {
  let at = start;
  while (JOINTS.has(wordAt(at))) at += 1;
  return at;
}

/** "T12 yes", "present at T12", "L2 5 mm" */
function itemAt(sentence: ReadSentence, at: number, answers: ReadonlyMap<string, boolean>): Item | undefined {
  const named = vertebraeAt(sentence, at);
  if (named !== undefined) {
    const start = sentence.wordAt(named.to) === ':' ? named.to + 1 : named.to;
    const isYes = answers.get(sentence.wordAt(start));
    if (isYes !== undefined) return { from: at, to: start + 1, mention: named, isYes };
    const length = sentence.quantities.find(
      ({ from, unit, min }) => from === start && unit === 'mm' && min > 0,
    );
    return length === undefined || answers !== OF_A_SIGN
      ? undefined
      : { from: at, to: length.to, mention: named, isYes: true };
  }
  const isYes = answers.get(sentence.wordAt(at));
  const mention = vertebraeAt(sentence, at + 2);
  if (isYes === undefined || mention === undefined || !PLACES.has(sentence.wordAt(at + 1))) return undefined;
  return { from: at, to: mention.to, mention, isYes };
}

function vertebraeAt({ mentions }: ReadSentence, at: number): Mention | undefined {
  return mentions.find(({ from, kind }) => from === at && kind === 'vertebrae');
}
