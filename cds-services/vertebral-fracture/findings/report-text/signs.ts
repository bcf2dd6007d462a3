/** What is seen at a fractured vertebra: oedema, posterior wall, retropulsion, canal, kyphosis, stability, cement. */
import { canal } from './canal.js';
import { oedema } from './oedema.js';
import type { Cue } from './phrases.js';
import { stabilityIn } from './stability.js';
import { posteriorWall } from './posterior-wall.js';
import { retropulsion } from './retropulsion.js';
import { type Said, value } from './said.js';
import { cuesOf, distance, isBetween, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

export function signsIn(sentence: ReadSentence): readonly Said[] {
  return [
    ...oedema(sentence),
    ...posteriorWall(sentence),
    ...retropulsion(sentence),
    ...canal(sentence),
    ...kyphosis(sentence),
    ...stabilityIn(sentence),
    ...cement(sentence),
  ];
}

const OF_AN_ANGLE: ReadonlySet<string> = new Set(['kyphosis', 'cobb', 'angle', 'angulation']);

function kyphosis(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'kyphosis').flatMap((cue): readonly Said[] => {
    if (polarityOf(sentence, cue) !== 'stated') return [];
    const owner = sentence.ownerAt(cue.from);
    if (owner.kind === 'mention' && owner.mention.levels.length > 2) return [];
    const angle = sentence.quantities
      .filter(({ unit }) => unit === 'degree')
      .sort((a, b) => distance(a, cue) - distance(b, cue))[0];
    const isOfThis = angle !== undefined && distance(angle, cue) <= 8 && !isScoliosis(sentence, angle, cue);
    const quote = quoteOf(sentence, cue, isOfThis ? angle : undefined);
    const said: Said[] = [value('kyphosis', true, { quote, owner }, { near: true })];
    if (isOfThis && hasAngleWord(sentence, cue)) {
      const { min, max } = angle;
      said.push(value('kyphosisDegrees', { min, max }, { quote, owner }, { near: true }));
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

function cement(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'augmentation').flatMap((cue): readonly Said[] => {
    const context = sentence.contextAt(cue.from);
    if (context.denied !== 'no' || context.doubtful || context.hypothetical || isPlanned(sentence, cue))
      return [];
    const where = { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) };
    return [value('priorAugmentation', true, where), { kind: 'status', status: 'historical', ...where }];
  });
}

const PLANS = words(`
  recommended considered planned advised suggested candidate option may could would can benefit suitable
  should offered refused declined contraindicated request discussed consult consultation evaluation if warranted indicated possible scheduled proposed
`);

function isPlanned(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1) {
    if (PLANS.has(sentence.wordAt(at)) && Math.abs(at - cue.from) <= 10) return true;
  }
  return false;
}
