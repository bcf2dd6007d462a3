/** What is seen at a fractured vertebra: oedema, posterior wall, retropulsion, canal, kyphosis, stability, cement. */
import type { Span } from './context.js';
import type { Cue } from './phrases.js';
import { noneAt } from './none-at.js';
import { stabilityIn } from './stability.js';
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
import type { Token } from './tokens.js';
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

const SOFT = words(`
  soft muscle muscles paraspinal prevertebral paravertebral ligament ligamentous interspinous supraspinous
  disc cord facet subcutaneous modic epidural psoas sacral sacrum pedicle iliac spinous process hip
  degenerative reactive multifidus plc fat tissues tissue musculature
`);

const OEDEMAS: readonly Concept[] = ['oedema', 'oedemaSignal', 'uptake'];

function elsewhereNone(
  sentence: ReadSentence,
  cue: Cue,
  name: 'marrowOedema' | 'retropulsion',
  signs: readonly Concept[],
): readonly Said[] {
  const others = name === 'marrowOedema' ? [...signs, 'retropulsion' as const] : [...signs, ...OEDEMAS];
  return noneAt(sentence, cue, cuesOf(sentence, ...others)).map((where) => value(name, false, where));
}

function oedema(sentence: ReadSentence): readonly Said[] {
  const seen = cuesOf(sentence, 'oedema', 'oedemaSignal', 'uptake').flatMap((cue): readonly Said[] => {
    if (isOfSoftTissue(sentence, cue)) return [];
    const polarity = polarityOf(sentence, cue);
    if (polarity === 'open' || (polarity === 'denied' && isOnlyUptake(sentence, cue))) return [];
    const where = { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) };
    return [
      value('marrowOedema', polarity === 'stated', where),
      ...(polarity === 'stated' ? elsewhereNone(sentence, cue, 'marrowOedema', OEDEMAS) : []),
    ];
  });
  const normal = cuesOf(sentence, 'marrowNormal').flatMap((cue): readonly Said[] => {
    if (polarityOf(sentence, cue) !== 'stated') return [];
    return [
      value(
        'marrowOedema',
        false,
        { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
        { near: true, firmness: 'implied' },
      ),
    ];
  });
  return [...seen, ...normal];
}

/** "without tracer uptake" on a PET says nothing of the marrow; a bone scan denies an increased one. */
function isOnlyUptake(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (cue.concept !== 'uptake') return false;
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (OF_A_BONE_SCAN.has(sentence.wordAt(at))) return false;
  return !isABoneScan(sentence.tokens);
}

const SCANS = new WeakMap<readonly Token[], boolean>();

/** True for a report that speaks of a bone scan and of no PET. */
function isABoneScan(tokens: readonly Token[]): boolean {
  const known = SCANS.get(tokens);
  if (known !== undefined) return known;
  const isScan = tokens.some(
    ({ word }, at) => SCINTIGRAPHY.has(word) || (word === 'bone' && tokens[at + 1]?.word === 'scan'),
  );
  const isOther = tokens.some(({ word }) => PET.has(word));
  SCANS.set(tokens, isScan && !isOther);
  return isScan && !isOther;
}

const SCINTIGRAPHY = words(`
  scintigraphy scintigraphic spect mdp hdp technetium
`);
const PET = words(`
  pet fdg psma suv suvmax dotatate
`);

const OF_A_BONE_SCAN = words(`
  increased bone scintigraphic osteoblastic mdp hdp technetium spect
`);

/** "oedema" alone is of the marrow unless the words next to it name something soft. */
function isOfSoftTissue(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const isOfBone = cue.to - cue.from > 1 && cue.concept === 'oedema';
  if (isOfBone) return false;
  for (let at = cue.from - 1; at >= Math.max(sentence.from, cue.from - 3); at -= 1) {
    const word = sentence.wordAt(at);
    if (word === ',' || word === 'with' || word === 'and' || word === 'no' || word === 'or') break;
    if (SOFT.has(word)) return true;
  }
  for (let at = cue.to; at < Math.min(sentence.to, cue.to + 7); at += 1) {
    const word = sentence.wordAt(at);
    if (word === ',' || word === 'with' || word === ';' || word === 'marrow' || word === 'vertebral')
      return false;
    if (SOFT.has(word)) return true;
  }
  return false;
}

const WALL_STOPS: ReadonlySet<string> = new Set([';', '.', ',', 'but', 'while', 'whereas', 'however']);

function posteriorWall(sentence: ReadSentence): readonly Said[] {
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

function retropulsion(sentence: ReadSentence): readonly Said[] {
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
    if (polarity === 'stated') said.push(...elsewhereNone(sentence, cue, 'retropulsion', ['retropulsion']));
    return said;
  });
}

/** Farthest a fragment is pushed back, in millimetres; longer lengths are something else. */
const LONGEST_RETROPULSION = 25;

function lengthOf(sentence: ReadSentence, cue: Cue<Concept>) {
  return sentence.quantities
    .filter(({ unit, max }) => unit === 'mm' && max <= LONGEST_RETROPULSION)
    .filter((quantity) => distance(quantity, cue) <= 6 && sameOwner(sentence, quantity, cue))
    .sort((a, b) => distance(a, cue) - distance(b, cue))[0];
}

const NARROWED = words(`
  narrowing narrowed stenosis compromise encroachment effaced effacement impingement compressed compression
`);

function canal(sentence: ReadSentence): readonly Said[] {
  const narrowed = [
    ...cuesOf(sentence, 'canalNarrowed').map((cue) => ({ cue, word: cue })),
    ...narrowedLater(sentence),
  ];
  const said = narrowed.flatMap(({ cue, word }): readonly Said[] => {
    const polarity = polarityOf(sentence, word, { throughAnd: true });
    if (polarity === 'open' || isDegenerative(sentence)) return [];
    const owner = sentence.ownerAt(cue.from);
    if (polarity === 'denied') {
      return [
        value(
          'canalCompromisePercent',
          { min: 0, max: 0 },
          { quote: quoteOf(sentence, cue), owner },
          { near: true, firmness: 'graded' },
        ),
      ];
    }
    return [
      value(
        'canalCompromisePercent',
        { min: 1, max: 100 },
        { quote: quoteOf(sentence, cue), owner },
        { near: true, firmness: 'implied' },
      ),
    ];
  });
  const normal = cuesOf(sentence, 'canalNormal').flatMap((cue): readonly Said[] => {
    if (polarityOf(sentence, cue) !== 'stated') return [];
    return [
      value(
        'canalCompromisePercent',
        { min: 0, max: 0 },
        { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
        { near: true, firmness: 'graded' },
      ),
    ];
  });
  return [...said, ...normal, ...canalPercents(sentence)];
}

/** "the canal is moderately narrowed" */
function narrowedLater(sentence: ReadSentence): readonly { cue: Cue; word: Span }[] {
  return cuesOf(sentence, 'canal').flatMap((cue) => {
    for (let at = cue.to; at < Math.min(sentence.to, cue.to + 5); at += 1) {
      const word = sentence.wordAt(at);
      if (word === ',' || word === 'and' || word === ';' || word === 'with') return [];
      if (NARROWED.has(word)) return [{ cue: { ...cue, to: at + 1 }, word: { from: at, to: at + 1 } }];
    }
    return [];
  });
}

/** Stenosis by discs, facets and ligaments is not the fracture's doing. */
function isDegenerative(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const word = sentence.wordAt(at);
    if (
      word === 'degenerative' ||
      word === 'bulge' ||
      word === 'protrusion' ||
      word === 'extrusion' ||
      word === 'hypertrophy' ||
      word === 'arthropathy' ||
      word === 'osteophyte'
    )
      return true;
  }
  return false;
}

function canalPercents(sentence: ReadSentence): readonly Said[] {
  const nouns = cuesOf(sentence, 'canal', 'canalNarrowed');
  if (nouns.length === 0 || isDegenerative(sentence)) return [];
  const heights = cuesOf(sentence, 'heightLoss', 'height', 'compressedBody', 'wedge');
  return sentence.quantities
    .filter(({ unit }) => unit === 'percent')
    .flatMap((quantity): readonly Said[] => {
      const cost = (cue: Cue) =>
        distance(cue, quantity) +
        (cue.from >= quantity.to ? 0 : 1) +
        (isBetween(sentence, cue, quantity, COMMAS) ? 4 : 0);
      const noun = [...nouns].sort((a, b) => cost(a) - cost(b))[0];
      const nearer = heights.some((height) => noun !== undefined && cost(height) < cost(noun));
      if (noun === undefined || nearer || cost(noun) > 12 || polarityOf(sentence, quantity) !== 'stated')
        return [];
      if (polarityOf(sentence, noun) !== 'stated') return [];
      const { min, max } = quantity;
      return [
        value(
          'canalCompromisePercent',
          { min, max },
          {
            quote: { from: Math.min(noun.from, quantity.from), to: Math.max(noun.to, quantity.to) },
            owner: sentence.ownerAt(noun.from),
          },
        ),
      ];
    });
}

const COMMAS: ReadonlySet<string> = new Set([',', 'with', 'and', ';']);
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
