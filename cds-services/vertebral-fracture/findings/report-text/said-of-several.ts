/** Whether a sentence that names no vertebra says something of several of those told before, or of one of them. */
import { type Group, groupIn } from './group.js';
import type { Said, SaidValue } from './said.js';
import { cuesOf, type ReadSentence } from './sentence.js';

/** Signs that one fracture shows and another does not. */
export const SAID_OF_ONE: ReadonlySet<string> = new Set([
  'marrowOedema',
  'retropulsion',
  'posteriorWallDisrupted',
]);

/** "All three fractures are myelomatous." is not said of the vertebra named last. */
export function isOfAllOfThem(sentence: ReadSentence, { quote }: Said): boolean {
  const isPlural = sentence.tokens.slice(quote.from, quote.to).some(({ plural }) => plural);
  return isPlural && cuesOf(sentence, 'both').some(({ to }) => to <= quote.from && quote.from - to <= 2);
}

/** "T12 and L4 acute fractures. Stable fractures by CT criteria." */
export function isOfTheseFractures(sentence: ReadSentence, said: Said): boolean {
  const isStability = said.kind === 'value' && said.finding.name === 'stability';
  const { from, to } = said.quote;
  return isStability && from === sentence.from && sentence.tokens[to - 1]?.plural === true;
}

/** A sign is said of several only by a word for the vertebrae: "both kidneys", "both sequences" are none. */
export function isOfSeveral(sentence: ReadSentence, said: Said): boolean {
  if (said.kind === 'value' && isOfEach(said)) return groupIn(sentence) !== undefined;
  return cuesOf(sentence, 'both', 'noneChanged').length > 0;
}

const OTHER_WALLS: ReadonlySet<string> = new Set(['anterior', 'lateral']);

/** "Posterior walls intact." under the last of several fractures, each with a line of its own */
export function wallsIn(sentence: ReadSentence, { finding }: SaidValue): Group | undefined {
  if (finding.name !== 'posteriorWallDisrupted' || !speaksOfSeveral(sentence)) return undefined;
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (OTHER_WALLS.has(sentence.wordAt(at))) return undefined;
  return { count: undefined, isOfAll: true };
}

/** "Posterior cortices intact." after several fractures */
export function speaksOfSeveral({ tokens, from, to }: ReadSentence): boolean {
  return tokens
    .slice(from, to)
    .some(({ word, plural }) => plural && (word === 'wall' || word === 'cortex' || word === 'margin'));
}

/** "All osteoporotic." */
export function isOfAllFractures({ mentions, wordAt, from }: ReadSentence): boolean {
  return mentions.length === 0 && wordAt(from) === 'all';
}

/** What a sentence about several may say of each: a sign, or that the canal is free. */
export function isOfEach({ finding }: SaidValue): boolean {
  if (finding.name === 'canalCompromisePercent') return finding.value.max === 0;
  return SAID_OF_ONE.has(finding.name);
}
