/** Heights that are kept, and losses that are denied. */
import { isKeptSince, isOfAPart } from './height-of-part.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { type Concept, cuesOf, distance, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const KEPT: ReadonlySet<string> = new Set(['maintained', 'preserved', 'normal', 'retained', 'intact']);
const MAY_STAND_BEFORE_KEPT = words(`
  of the at is are remains well fully vertebral body appears still vertebra
`);

/** "the height of L3 is maintained" */
function keptLater(sentence: ReadSentence): readonly Cue<Concept>[] {
  return cuesOf(sentence, 'height').flatMap((cue) => {
    for (let at = cue.to; at < Math.min(sentence.to, cue.to + 8); at += 1) {
      if (KEPT.has(sentence.wordAt(at))) return [{ ...cue, to: at + 1 }];
      const isNamed = sentence.mentions.some((mention) => at >= mention.from && at < mention.to);
      if (!isNamed && !MAY_STAND_BEFORE_KEPT.has(sentence.wordAt(at))) return [];
    }
    return [];
  });
}

/** "height is maintained" is no loss; "no loss of height" too; "no significant loss" may be a small one. */
export function kept(sentence: ReadSentence): readonly Said[] {
  const keeps = [...cuesOf(sentence, 'heightKept'), ...keptLater(sentence)].flatMap(
    (cue): readonly Said[] => {
      if (polarityOf(sentence, cue) !== 'stated') return [];
      if (cuesOf(sentence, 'discWord').some((disc) => distance(disc, cue) <= 2)) return [];
      if (isOfTheSpine(sentence, cue) || isOfAPart(sentence, cue) || isKeptSince(sentence, cue)) return [];
      return [
        value(
          'heightLossPercent',
          { min: 0, max: 0 },
          { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
          { firmness: 'graded', near: true },
        ),
      ];
    },
  );
  const denied = cuesOf(sentence, 'heightLoss').flatMap((cue): readonly Said[] => {
    const context = sentence.contextAt(cue.from);
    if (context.doubtful || context.hypothetical || context.historical || context.trigger === undefined)
      return [];
    if (cuesOf(sentence, 'notProgressed', 'noNew').some((other) => distance(other, cue) <= 3)) return [];
    if (isBetweenNewOnes(sentence, cue)) return [];
    if (sentence.quantities.some((quantity) => distance(quantity, cue) <= 6)) return [];
    const where = { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) };
    if (context.denied === 'yes') {
      if (isOfAPart(sentence, cue) || isKeptSince(sentence, cue)) return [];
      return [value('heightLossPercent', { min: 0, max: 0 }, where, { firmness: 'graded', near: true })];
    }
    const isHedge = context.denied === 'unclear' && sentence.wordAt(context.trigger.to - 1) !== 'no';
    return isHedge
      ? [value('heightLossPercent', { min: 0, max: 20 }, where, { firmness: 'graded', near: true })]
      : [];
  });
  return [...keeps, ...denied];
}

/** "Lumbar vertebral heights are normal" after one vertebra that was named: the heights are those of all. */
function isOfTheSpine(sentence: ReadSentence, cue: Cue): boolean {
  if (sentence.ownerAt(cue.from).kind !== 'topic' || cuesOf(sentence, 'both').length > 0) return false;
  for (let at = cue.from; at < cue.to; at += 1) {
    const token = sentence.tokens[at];
    if (token?.plural === true && (token.word === 'height' || token.word === 'body')) return true;
  }
  return false;
}

const NEW_ONES = words(`
  further more additional new interval
`);

/** "has not lost any further height" */
function isBetweenNewOnes(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = cue.from; at < cue.to; at += 1) if (NEW_ONES.has(sentence.wordAt(at))) return true;
  return false;
}
