/** What is seen at a fractured vertebra: oedema, posterior wall, retropulsion, canal, kyphosis, stability, cement. */
import { canal } from './canal.js';
import { oedema } from './oedema.js';
import type { Cue } from './phrases.js';
import { posteriorWall } from './posterior-wall.js';
import { retropulsion } from './retropulsion.js';
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

export function signsIn(sentence: ReadSentence): readonly Said[] {
  return [
    ...oedema(sentence),
    ...posteriorWall(sentence),
    ...retropulsion(sentence),
    ...canal(sentence),
    ...kyphosis(sentence),
    ...stability(sentence),
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

function stability(sentence: ReadSentence): readonly Said[] {
  const unstable = cuesOf(sentence, 'unstable', 'chance', 'translation').flatMap((cue): readonly Said[] => {
    if (polarityOf(sentence, cue) !== 'stated' || isOtherThanAFracture(sentence, cue)) return [];
    return [
      value('stability', 'unstable', { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) }),
    ];
  });
  const stable = [...cuesOf(sentence, 'stableFracture'), ...stableFractures(sentence)].flatMap(
    (cue): readonly Said[] => {
      if (polarityOf(sentence, cue) !== 'stated' || isUnchanged(sentence)) return [];
      return [
        value(
          'stability',
          'stable',
          { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
          { near: true },
        ),
      ];
    },
  );
  return [...unstable, ...stable];
}

/** AO Spine type A, whose own name makes "stable" a word about mechanics: "stable A1 compression fracture". */
const AO_COMPRESSION = /^a[0-4]$/;

/** "stable burst fracture", "a stable fracture"; "stable compression deformity" is one that did not change. */
export function stableFractures(sentence: ReadSentence): readonly Cue<Concept>[] {
  return cuesOf(sentence, 'unchanged').flatMap((cue) => {
    if (sentence.wordAt(cue.from) !== 'stable' || cue.to - cue.from > 1 || isUnchanged(sentence)) return [];
    const isGraded = AO_COMPRESSION.test(sentence.wordAt(cue.to));
    const after = isGraded ? cue.to + 1 : cue.to;
    const named = sentence.mentions.find((mention) => mention.from === after);
    const noun = sentence.cues.find((other) => other.from === (named?.to ?? after));
    const isPlain = noun?.concept === 'fracture' && (isGraded || noun.to - noun.from === 1);
    return noun !== undefined && (noun.concept === 'burst' || isPlain) ? [{ ...cue, to: noun.to }] : [];
  });
}

function isOtherThanAFracture(sentence: ReadSentence, cue: Cue): boolean {
  const before = sentence.wordAt(cue.from - 1);
  return (
    before === 'gait' || before === 'hemodynamic' || before === 'hemodynamically' || before === 'potentially'
  );
}

const COMPARES = words(`
  since compared prior previous interval chronic old unchanged healed remote comparison again earlier
`);

/** "stable fracture compared with 2023" is one that did not change. */
function isUnchanged(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1) if (COMPARES.has(sentence.wordAt(at))) return true;
  return false;
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
