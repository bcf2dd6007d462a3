/** Height loss of a vertebra: measured, graded by Genant, or in words that stand for a grade (clinical.md 6 and 3). */
import type { Interval } from '../interval.js';
import { gradedByItself } from './bare-severity.js';
import { gradedPlace } from './graded-places.js';
import type { Span } from './context.js';
import type { Cue } from './phrases.js';
import { isKeptSince, isOfAPart } from './height-of-part.js';
import { lossThen } from './loss-then.js';
import type { Quantity } from './quantities.js';
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
import { words } from './word-set.js';

const OF_HEIGHT: readonly Concept[] = [
  'heightLoss',
  'height',
  'heightRemains',
  'loss',
  'heightKept',
  'compressedBody',
  'wedge',
  'wedgeLoss',
  'biconcave',
  'crush',
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'burst',
  'progressed',
  'notProgressed',
];
const OF_CANAL: readonly Concept[] = ['canal', 'canalNarrowed', 'canalNormal'];

/** What per cent may be of, when neither of the height nor of the canal. */
const OF_SOMETHING_ELSE = words(`
  disc slip listhesis anterolisthesis retrolisthesis spondylolisthesis marrow replaced replacement bmd
  density stenosis carotid confidence probability volume cross involvement infiltrated foramen translation
  tumor lesion sensitivity cement fill
`);

export function heightsIn(sentence: ReadSentence): readonly Said[] {
  return [
    ...measured(sentence),
    ...inMillimetres(sentence),
    ...graded(sentence),
    ...inWords(sentence),
    ...kept(sentence),
  ];
}

/** Per cent given of the height; the nearest noun decides what they are of. */
function measured(sentence: ReadSentence): readonly Said[] {
  const percents = sentence.quantities.filter(({ unit }) => unit === 'percent');
  let last: 'height' | 'other' | undefined;
  const said: Said[] = [];
  const earlier = new Set(percents.map((quantity) => earlierLoss(sentence, quantity, percents)));
  percents.forEach((quantity, index) => {
    const noun = nounOf(sentence, quantity, percents[index - 1], percents[index + 1]);
    const isNow = last === 'height' && earlierLoss(sentence, quantity, percents) !== undefined;
    const about = noun === undefined || isNow ? last : noun.about;
    last = about ?? last;
    if (about !== 'height' || earlier.has(quantity)) return;
    const remains =
      isWhatRemains(sentence, quantity) ||
      isOfNormal(sentence, quantity, noun?.cue) ||
      isOfTheBack(sentence, quantity);
    if (!remains && noun !== undefined && isBareHeight(sentence, quantity, noun.cue)) return;
    if (!isGiven(sentence, quantity) || isOfOneOfThem(sentence, quantity)) return;
    if (isPartOfTheBody(sentence, quantity)) return;
    const loss = remains ? rest(quantity) : span(quantity);
    const owner = sentence.ownerAt(quantity.from);
    const shown = noun?.cue !== undefined && distance(noun.cue, quantity) <= 8 ? noun.cue : undefined;
    const quote = joined(quantity, shown);
    said.push(value('heightLossPercent', loss, { quote, owner }));
    if (loss.min > 0) said.push({ kind: 'status', status: statusOfLoss(sentence, quantity), quote, owner });
    const then = earlierLoss(sentence, quantity, percents) ?? lossThen(sentence, quantity, percents);
    const before = quantity.before ?? (remains ? undefined : then?.max);
    if (before !== undefined && loss.min > before) said.push(value('progression', true, { quote, owner }));
  });
  return said;
}

const NOW = words(`
  now currently today
`);
const THEN = words(`
  against previously was were earlier compared before prior ago then
`);
const NEAR = 6;

/** "now 40 % against 30 %", "was 20 % and is now 35 %", "now 45 % (30 % at two weeks)": the loss there was before. */
function earlierLoss(
  sentence: ReadSentence,
  quantity: Quantity,
  percents: readonly Quantity[],
): Quantity | undefined {
  if (!isMarked(sentence, quantity.from - NEAR, quantity.from, NOW)) return undefined;
  const others = percents.filter(
    (other) =>
      other !== quantity &&
      sameOwner(sentence, other, quantity) &&
      !isWordBetween(sentence, other, quantity, OF_CANAL),
  );
  const [earlier] = others;
  if (others.length !== 1 || earlier === undefined || distance(earlier, quantity) > 12) return undefined;
  const since = Math.max(quantity.from - NEAR, earlier.to <= quantity.from ? earlier.to : 0);
  if (!isMarked(sentence, since, quantity.from, NOW)) return undefined;
  const isThen =
    isMarked(sentence, earlier.from - NEAR, earlier.from, THEN) ||
    isMarked(sentence, earlier.to, earlier.to + NEAR, THEN) ||
    sentence.wordAt(earlier.from - 1) === '(';
  return isThen && isGiven(sentence, quantity) && !isWordBetween(sentence, earlier, quantity, OF_CANAL)
    ? earlier
    : undefined;
}

function isMarked(sentence: ReadSentence, from: number, to: number, marks: ReadonlySet<string>): boolean {
  for (let at = from; at < to; at += 1) if (marks.has(sentence.wordAt(at))) return true;
  return false;
}

function isWordBetween(sentence: ReadSentence, a: Span, b: Span, concepts: readonly Concept[]): boolean {
  const [from, to] = [Math.min(a.to, b.to), Math.max(a.from, b.from)];
  return cuesOf(sentence, ...concepts).some((cue) => cue.from >= from && cue.to <= to);
}

/** Neither denied, nor of an earlier examination, nor only thought of. */
function isGiven(sentence: ReadSentence, { from }: Quantity): boolean {
  const { denied, hypothetical, historical, earlier } = sentence.contextAt(from);
  return denied === 'no' && !hypothetical && !historical && !earlier;
}

const REPLACES = words(`
  replaces replacing replaced occupies occupying occupied involves involving involved fills filling filled
  affects affecting affected infiltrates infiltrating spares sparing through in across along over within on
`);
const HEIGHT = words(`
  height compression collapse compressed collapsed loss
`);

/** "replaces two thirds of the body", "oedema in a third of it": a share of the body is no loss of its height. */
function isPartOfTheBody(sentence: ReadSentence, { from, to }: Quantity): boolean {
  if (sentence.wordAt(to) === 'of') {
    let at = to + 1;
    while (['the', 'its', 'this', 'vertebra', 'vertebral'].includes(sentence.wordAt(at))) at += 1;
    const isBody = ['body', 'marrow', 'endplate', 'wall', 'circumference', 'width', 'depth'].includes(
      sentence.wordAt(at),
    );
    if (isBody && !HEIGHT.has(sentence.wordAt(at + 1))) return true;
  }
  let before = from - 1;
  while (['the', 'about', 'approximately', 'nearly', 'over'].includes(sentence.wordAt(before))) before -= 1;
  return (
    REPLACES.has(sentence.wordAt(before)) &&
    !HEIGHT.has(sentence.wordAt(before - 1)) &&
    isAFraction(sentence, { from, to })
  );
}

function isAFraction(sentence: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1) if (sentence.wordAt(at) === 'percent') return false;
  return true;
}

const COMPARES: ReadonlySet<string> = new Set([
  'greater',
  'greatest',
  'worst',
  'maximum',
  'maximal',
  'most',
  'largest',
  'highest',
]);

/** "fractures of T8 and L4; the greater height loss is 45 %": nobody knows of which. */
function isOfOneOfThem(sentence: ReadSentence, quantity: Quantity): boolean {
  const owner = sentence.ownerAt(quantity.from);
  if (owner.kind !== 'mention' || owner.mention.levels.length < 2) return false;
  for (let at = Math.max(sentence.from, quantity.from - 8); at < quantity.from; at += 1)
    if (COMPARES.has(sentence.wordAt(at))) return true;
  return false;
}

function statusOfLoss(sentence: ReadSentence, { from }: Quantity): 'present' | 'possible' {
  return sentence.contextAt(from).doubtful ? 'possible' : 'present';
}

function span({ min, max, minExclusive, maxExclusive }: Quantity): Interval {
  return { min, max, ...(minExclusive && { minExclusive }), ...(maxExclusive && { maxExclusive }) };
}

/** What is lost when the quantity is what is left. */
function rest({ min, max, minExclusive, maxExclusive }: Quantity): Interval {
  return {
    min: 100 - max,
    max: 100 - min,
    ...(maxExclusive && { minExclusive: true as const }),
    ...(minExclusive && { maxExclusive: true as const }),
  };
}

function joined(a: Span, b: Span | undefined): Span {
  return b === undefined
    ? { from: a.from, to: a.to }
    : { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

interface Noun {
  readonly about: 'height' | 'other';
  readonly cue: Span | undefined;
  readonly cost: number;
}

/** "one third loss", "has lost 20 %": of the height, unless the sentence speaks of the canal. */
function isLossOfHeight(sentence: ReadSentence, cue: Cue, quantity: Quantity): boolean {
  if (cuesOf(sentence, ...OF_CANAL).length > 0 || speaksOfDensity(sentence)) return false;
  const word = sentence.wordAt(cue.from);
  return word === 'loss' || (word === 'lost' && quantity.from >= cue.to && quantity.from - cue.to <= 1);
}

const OF_DENSITY = words(`
  change density bmd bmc precision dxa
`);

/** "least significant change exceeded: 5.1 % loss since 2021" is of the bone's density. */
function speaksOfDensity(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (OF_DENSITY.has(sentence.wordAt(at))) return true;
  return false;
}

/** A noun after the number costs less than one before it; one beyond another number costs most. */
function nounOf(
  sentence: ReadSentence,
  quantity: Quantity,
  before: Quantity | undefined,
  after: Quantity | undefined,
): Noun | undefined {
  const bound = boundNoun(sentence, quantity);
  if (bound !== undefined) return { about: 'height', cue: bound, cost: 0 };
  const nouns: Noun[] = [];
  const add = (about: Noun['about'], cue: Span, weight: number) => {
    const gap = distance(cue, quantity);
    const isAfter = cue.from >= quantity.to;
    const isBeyond = isAfter
      ? after !== undefined && cue.from >= after.to
      : before !== undefined && cue.to <= before.from;
    if (gap > 14 || isBetween(sentence, cue, quantity, STOPS)) return;
    if (isAfter && isBetween(sentence, cue, quantity, DENY)) return;
    if (about === 'other' && isAfter && isBetween(sentence, cue, quantity, CAUSES)) return;
    const joints = isBetween(sentence, cue, quantity, JOINTS) ? 3 : 0;
    nouns.push({ about, cue, cost: gap + weight + joints + (isAfter ? 0 : 1) + (isBeyond ? 6 : 0) });
  };
  for (const cue of cuesOf(sentence, ...OF_HEIGHT)) {
    if (cue.concept === 'loss' && !isLossOfHeight(sentence, cue, quantity)) continue;
    add('height', cue, FRACTURES.has(cue.concept) ? 3 : 0);
  }
  for (const cue of cuesOf(sentence, ...OF_CANAL)) add('other', cue, 0);
  for (const cue of cuesOf(sentence, 'nothing', 'uptake')) add('other', cue, 0);
  for (let at = sentence.from; at < sentence.to; at += 1) {
    if (DEPRESSED.has(sentence.wordAt(at)) && !isInside(at, sentence.cues))
      add('height', { from: at, to: at + 1 }, 3);
    if (OF_SOMETHING_ELSE.has(sentence.wordAt(at)) && !isInside(at, sentence.cues))
      add('other', { from: at, to: at + 1 }, 0);
  }
  return nouns.sort((a, b) => a.cost - b.cost)[0];
}

/** "collapse of T2 of less than 50 %": the amount hangs on the noun, whatever is named behind it. */
function boundNoun(sentence: ReadSentence, { from }: Quantity): Cue | undefined {
  if (sentence.wordAt(from - 1) !== 'of' && sentence.wordAt(from - 1) !== 'by') return undefined;
  let at = from - 1;
  const mention = sentence.mentions.find(({ to }) => to === at);
  if (mention !== undefined && sentence.wordAt(mention.from - 1) === 'of') at = mention.from - 1;
  return cuesOf(sentence, 'fracture', 'compressedBody', 'heightLoss', 'wedge').find(({ to }) => to === at);
}

/** "endplate depression of 25 %" */
const DEPRESSED = words(`
  depression depressed
`);
const STOPS: ReadonlySet<string> = new Set([';']);
const DENY: ReadonlySet<string> = new Set(['no', 'without', 'not', 'but']);
/** "collapsed by 70 % from tumour" */
const CAUSES: ReadonlySet<string> = new Set(['from', 'by', 'due', 'because']);
const JOINTS: ReadonlySet<string> = new Set([',', 'and', 'with', 'but']);
const FRACTURES: ReadonlySet<string> = new Set(['fracture', 'burst', 'progressed', 'notProgressed']);

function isInside(at: number, cues: readonly Cue[]): boolean {
  return cues.some((cue) => at >= cue.from && at < cue.to);
}

const MADE_LESS = words(`
  reduced decreased diminished compressed collapsed down crushed squashed flattened
`);
const LEADS_TO = words(`
  reduced compressed collapsed decreased down diminished height narrowed flattened loss
`);
const REMAINING = words(`
  preservation preserves preserving keeps keeping maintains maintaining residual remaining remains retained retains retaining left preserved maintained remain
`);

/** "60 % of the height remains", "compressed to 40 % of its height" */
function isWhatRemains(sentence: ReadSentence, quantity: Quantity): boolean {
  let before = quantity.from - 1;
  while (
    ['approximately', '~', 'only', 'nearly', 'about', 'around', 'roughly'].includes(sentence.wordAt(before))
  )
    before -= 1;
  const isMadeLess = sentence.wordAt(before) === 'to' && MADE_LESS.has(sentence.wordAt(before - 1));
  const isALoss = cuesOf(sentence, 'heightLoss').some((cue) => distance(cue, quantity) <= 2);
  if (isALoss && !isMadeLess) return false;
  const isReducedTo =
    isMadeLess ||
    (sentence.wordAt(before) === 'to' &&
      [before - 1, before - 2].some((at) => LEADS_TO.has(sentence.wordAt(at))));
  if (isReducedTo && isFurtherLoss(sentence, quantity)) return false;
  if (isReducedTo && !isBetweenValues(sentence, quantity)) return true;
  for (let at = sinceLastJoint(sentence, quantity); at < Math.min(sentence.to, quantity.to + 8); at += 1) {
    const word = sentence.wordAt(at);
    if (word === ',' || word === ';' || word === 'and') {
      if (at >= quantity.to) return false;
      continue;
    }
    const isVerb = word === 'remains' || word === 'remain';
    if (isVerb && at < quantity.from) continue;
    if (isOfALoss(sentence, at)) continue;
    if (REMAINING.has(word)) return true;
  }
  return false;
}

/** "further height loss to 60 %": what is lost by now. */
function isFurtherLoss(sentence: ReadSentence, { from, to }: Quantity): boolean {
  if (sentence.wordAt(to) === 'of') return false;
  for (let at = from - 7; at < from - 1; at += 1)
    if (['further', 'progressive', 'increased', 'progressed', 'additional'].includes(sentence.wordAt(at)))
      return true;
  return false;
}

/** "residual wedging of 25 %": the deformity remains, not the height. */
function isOfALoss(sentence: ReadSentence, remaining: number): boolean {
  if (!['residual', 'remaining', 'retained'].includes(sentence.wordAt(remaining))) return false;
  for (let at = remaining + 1; at <= remaining + 4; at += 1) {
    const word = sentence.wordAt(at);
    if (OF_LOSS.has(word) || word === 'deformity') return true;
    if (word === 'height') return OF_LOSS.has(sentence.wordAt(at + 1));
  }
  return false;
}

/** At most four words before the number, none beyond a comma. */
function sinceLastJoint(sentence: ReadSentence, { from }: Quantity): number {
  let at = from;
  while (at > sentence.from && at > from - 4 && !JOINTS.has(sentence.wordAt(at - 1))) at -= 1;
  return at;
}

/** "its height is now 80 % of normal" */
function isOfNormal(sentence: ReadSentence, quantity: Quantity, noun: Span | undefined): boolean {
  if (noun === undefined || !isPlainHeight(sentence, noun) || sentence.wordAt(quantity.to) !== 'of')
    return false;
  return (
    [1, 2].some((step) =>
      ['normal', 'original', 'expected', 'native'].includes(sentence.wordAt(quantity.to + step)),
    ) && !hasLossWord(sentence, quantity, noun)
  );
}

/** "the anterior height is two thirds that of the posterior" */
function isOfTheBack({ wordAt }: ReadSentence, { to }: Quantity): boolean {
  const isThat = wordAt(to) === 'that' && wordAt(to + 1) === 'of';
  const noun = (isThat ? to + 2 : to + 1) + (wordAt(isThat ? to + 2 : to + 1) === 'the' ? 1 : 0);
  return (isThat || wordAt(to) === 'of') && wordAt(noun) === 'posterior';
}

/** A height in per cent without a word of loss may be what is left or what is lost. */
function isBareHeight(sentence: ReadSentence, quantity: Quantity, noun: Span | undefined): boolean {
  return noun !== undefined && isPlainHeight(sentence, noun) && !hasLossWord(sentence, quantity, noun);
}

function isPlainHeight(sentence: ReadSentence, noun: Span): boolean {
  return cuesOf(sentence, 'height').some((cue) => cue.from === noun.from);
}

const OF_LOSS = words(`
  loss lost reduced reduction decreased decrease diminished down less lower inferior gone missing deficit
  compression collapse wedging lowered shortened compressed collapsed reduces by cost costing forfeited
  sacrificed
`);

function hasLossWord(sentence: ReadSentence, quantity: Quantity, noun: Span): boolean {
  const [from, to] = [Math.min(quantity.from, noun.from) - 5, Math.max(quantity.to, noun.to) + 4];
  for (let at = from; at < to; at += 1) if (OF_LOSS.has(sentence.wordAt(at))) return true;
  return false;
}

/** "increased from 20 % to 40 %" */
function isBetweenValues(sentence: ReadSentence, quantity: Quantity): boolean {
  return sentence.quantities.some(
    (other) => other !== quantity && other.to <= quantity.from && quantity.from - other.to <= 3,
  );
}

const FRONT: ReadonlySet<string> = new Set(['anterior', 'central', 'mid', 'middle', 'front', 'avh']);
const BACK: ReadonlySet<string> = new Set(['posterior', 'behind', 'back', 'pvh']);

/** Two heights of one vertebra in millimetres, before and behind: what the smaller one lacks of the larger. */
function inMillimetres(sentence: ReadSentence): readonly Said[] {
  if (cuesOf(sentence, 'discWord').length > 0) return [];
  const lengths = sentence.quantities.filter(
    ({ unit, min, max }) => unit === 'mm' && min === max && min >= 3 && min <= 50,
  );
  const first = lengths.find((one) => isBeside(sentence, one, FRONT));
  const second = lengths.find((one) => one !== first && isBeside(sentence, one, BACK));
  if (
    first === undefined ||
    second === undefined ||
    !sameOwner(sentence, first, second) ||
    !isGiven(sentence, first) ||
    sentence.contextAt(second.from).denied !== 'no'
  )
    return [];
  const [small, large] = [Math.min(first.min, second.min), Math.max(first.min, second.min)];
  const loss = Math.round((100 * (large - small)) / large);
  const where = { quote: joined(first, second), owner: sentence.ownerAt(first.from) };
  return [
    value('heightLossPercent', { min: loss, max: loss }, where),
    { kind: 'status', status: 'present', ...where },
  ];
}

const REACH = 8;

function isBeside(sentence: ReadSentence, { from, to }: Quantity, words: ReadonlySet<string>): boolean {
  for (let at = to; at < to + REACH_AFTER; at += 1) {
    if (JOINTS.has(sentence.wordAt(at)) || isMeasured(sentence, at)) break;
    if (words.has(sentence.wordAt(at))) return true;
  }
  for (let at = from - 1; at >= from - REACH; at -= 1) {
    if (isMeasured(sentence, at)) return false;
    if (words.has(sentence.wordAt(at))) return true;
  }
  return false;
}

const REACH_AFTER = 5;

function isMeasured(sentence: ReadSentence, at: number): boolean {
  return sentence.quantities.some((quantity) => at >= quantity.from && at < quantity.to);
}

const LISTHESIS: ReadonlySet<string> = new Set([
  'anterolisthesis',
  'retrolisthesis',
  'spondylolisthesis',
  'listhesis',
  'slip',
  'sprain',
]);

const GENANT: readonly Interval[] = [
  { min: 0, max: 20, maxExclusive: true },
  { min: 20, max: 25 },
  { min: 25, max: 40 },
  { min: 40, max: 100, minExclusive: true },
];
const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, one: 1, two: 2, three: 3, zero: 0 };

/** "Genant 2", "semiquantitative grade III", "grade 1 wedge deformity" (clinical.md C2, Genant 1993). */
function graded(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'genant', 'grade').flatMap((cue) => {
    let at = cue.to;
    while (
      [
        'grade',
        'gr',
        'type',
        'score',
        ':',
        '=',
        '-',
        '(',
        'a',
        'classification',
        'class',
        'of',
        'sq',
      ].includes(sentence.wordAt(at)) &&
      at < cue.to + 3
    )
      at += 1;
    const first = gradeAt(sentence, at);
    if (first === undefined) return [];
    const secondAt = ['-', 'to', '/'].includes(sentence.wordAt(at + 1)) ? at + 2 : undefined;
    const second = secondAt === undefined ? undefined : gradeAt(sentence, secondAt);
    const end = second === undefined ? at + 1 : (secondAt ?? at) + 1;
    const isGenant =
      cuesOf(sentence, 'genant').length > 0 &&
      !LISTHESIS.has(sentence.wordAt(end)) &&
      !LISTHESIS.has(sentence.wordAt(end + 1));
    if (cue.concept === 'grade' && !isGenant && !isOfADeformity(sentence, { from: cue.from, to: end }))
      return [];
    const [low, high] = [GENANT[first], GENANT[second ?? first]];
    const quote = { from: cue.from, to: end };
    if (low === undefined || high === undefined || !isOfThatShape(sentence, cue)) return [];
    return [
      value(
        'heightLossPercent',
        fromTo(low, high),
        { quote, owner: sentence.ownerAt(cue.from) },
        { firmness: 'graded' },
      ),
    ];
  });
}

/** "questionable grade 1 deformity": the doubt is of the fracture, which is of that grade if there is one. */
function isOfThatShape(sentence: ReadSentence, cue: Cue): boolean {
  if (polarityOf(sentence, cue) === 'stated') return true;
  const shape = cuesOf(sentence, ...SHAPES).find(({ from }) => from >= cue.to && from - cue.to <= 3);
  return shape !== undefined && isGraded(sentence, cue, shape);
}

function fromTo(low: Interval, high: Interval): Interval {
  return {
    min: low.min,
    max: high.max,
    ...(low.minExclusive && { minExclusive: true }),
    ...(high.maxExclusive && { maxExclusive: true }),
  };
}

function gradeAt(sentence: ReadSentence, at: number): number | undefined {
  const word = sentence.wordAt(at);
  const grade = Object.hasOwn(ROMAN, word) ? ROMAN[word] : /^[0-3]$/.test(word) ? Number(word) : undefined;
  return sentence.wordAt(at + 1) === 'percent' ||
    (sentence.wordAt(at + 1) === '/' &&
      /^\d+$/.test(sentence.wordAt(at + 2)) &&
      Number(sentence.wordAt(at + 2)) > 3)
    ? undefined
    : grade;
}

/** "grade 1" alone may be a listhesis, a sprain or an epidural disease. */
function isOfADeformity(sentence: ReadSentence, grade: Span): boolean {
  return cuesOf(sentence, ...SHAPES).some(
    (cue) => distance(cue, grade) <= 3 && !isBetween(sentence, cue, grade, NOT_BETWEEN),
  );
}

const SHAPES: readonly Concept[] = [
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'wedge',
  'biconcave',
  'crush',
  'compressedBody',
  'heightLoss',
];
const NOT_BETWEEN: ReadonlySet<string> = new Set([
  'anterolisthesis',
  'retrolisthesis',
  'spondylolisthesis',
  ';',
  'and',
  'of',
]);

const WORDS: Readonly<Partial<Record<Concept, Interval>>> = {
  severityMinimal: { min: 0, max: 25 },
  severityMild: { min: 20, max: 25 },
  severityModerate: { min: 25, max: 40 },
  severitySevere: { min: 40, max: 100, minExclusive: true },
  severityMildToModerate: { min: 20, max: 40 },
  severityModerateToSevere: { min: 25, max: 100 },
};

/** "moderate compression fracture", "loss of height is severe" */
function inWords(sentence: ReadSentence): readonly Said[] {
  const words = cuesOf(sentence, ...(Object.keys(WORDS) as Concept[])).flatMap((cue): readonly Said[] => {
    const loss = WORDS[cue.concept];
    const noun = nounAfter(sentence, cue) ?? nounBefore(sentence, cue);
    if (loss !== undefined && noun === undefined)
      return atAPlace(sentence, cue, loss) ?? bare(sentence, cue, loss);
    if (loss === undefined || noun === undefined || !isGraded(sentence, cue, noun)) return [];
    const own = sentence.ownerAt(cue.from);
    const isOwn = own.kind === 'mention' || own.kind === 'rest';
    const owner = isOwn ? own : sentence.ownerAt(noun.from);
    return [value('heightLossPercent', loss, { quote: joined(cue, noun), owner }, { firmness: 'graded' })];
  });
  const complete = cuesOf(sentence, 'severityComplete', 'vertebraPlana', 'crushFracture').flatMap(
    (cue): readonly Said[] => {
      const isFlat = cue.concept !== 'crushFracture' || sentence.wordAt(cue.from) === 'pancake';
      if (!isFlat || polarityOf(sentence, cue) !== 'stated' || isOfTheCord(sentence, cue)) return [];
      return [
        value(
          'heightLossPercent',
          { min: 80, max: 100, minExclusive: true },
          { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
          { firmness: 'graded' },
        ),
      ];
    },
  );
  return [...words, ...complete];
}

/** "mild at D11, moderate at D12" */
function atAPlace(sentence: ReadSentence, cue: Cue<Concept>, loss: Interval): readonly Said[] | undefined {
  const place = gradedPlace(sentence, cue);
  if (place === undefined || !isGraded(sentence, cue, place.noun)) return undefined;
  const owner = { kind: 'mention', mention: place.mention } as const;
  return [
    value('heightLossPercent', loss, { quote: joined(cue, place.mention), owner }, { firmness: 'graded' }),
  ];
}

/** "T12 is moderate" */
function bare(sentence: ReadSentence, cue: Cue<Concept>, loss: Interval): readonly Said[] {
  const graded = gradedByItself(sentence, cue, GRADED);
  if (graded === undefined || !isGraded(sentence, cue, graded.noun)) return [];
  const own = sentence.ownerAt(cue.from);
  const isOwn = own.kind === 'mention' || own.kind === 'rest';
  const owner = isOwn ? own : sentence.ownerAt(graded.at);
  return [
    value('heightLossPercent', loss, { quote: joined(cue, graded.noun), owner }, { firmness: 'graded' }),
  ];
}

/** "the cord is flattened" */
function isOfTheCord(sentence: ReadSentence, cue: Cue): boolean {
  if (sentence.wordAt(cue.from) !== 'flattened') return false;
  for (let at = sentence.from; at < sentence.to; at += 1) if (NOT_BONE.has(sentence.wordAt(at))) return true;
  return false;
}

const NOT_BONE = words(`
  cord sac theca thecal conus root roots disc
`);

/** A doubt about the fracture leaves its grade ("possible mild wedging"); a doubt about the grade does not. */
function isGraded(sentence: ReadSentence, cue: Cue, noun: Span): boolean {
  const [grade, shape] = [sentence.contextAt(cue.from), sentence.contextAt(noun.from)];
  if (
    grade.denied !== 'no' ||
    grade.hypothetical ||
    grade.historical ||
    grade.earlier ||
    shape.denied === 'yes'
  )
    return false;
  return !grade.doubtful || shape.doubtful;
}

const GRADED: ReadonlySet<Concept> = new Set<Concept>([
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'burst',
  'wedge',
  'wedgeLoss',
  'biconcave',
  'crush',
  'compressedBody',
  'heightLoss',
  'pincer',
]);
/** Words that may stand between a grade and what it grades. */
const MAY_STAND_BETWEEN = words(`
  anterior posterior superior inferior central lateral left right endplate vertebral body osteoporotic
  insufficiency fragility acute subacute chronic old healed healing recent new remote wedge biconcave
  compression type degree of the appearing pathologic traumatic benign unchanged stable associated mid
  residual diffuse focal interval further partial to lumbar thoracic age indeterminate ( ) grade loss
  reduction in asymmetric global single vertebra and concave shaped - uniform overall height decrease
  amount mild moderate severe marked minimal slight
`);

function nounAfter(sentence: ReadSentence, cue: Cue<Concept>): Cue<Concept> | undefined {
  for (let at = cue.to; at < Math.min(sentence.to, cue.to + 8); at += 1) {
    const noun = sentence.cues.find((other) => other.from === at && GRADED.has(other.concept));
    if (noun !== undefined) return noun;
    const isNamed = sentence.mentions.some((mention) => at >= mention.from && at < mention.to);
    if (!isNamed && !MAY_STAND_BETWEEN.has(sentence.wordAt(at))) return undefined;
  }
  return undefined;
}

const COPULAS = words(`
  is are appears , ( of remains graded as which that at now to a be : - considered still being has remained
  was both each them all and mild moderate severe minimal slight only since again noted seen identified found
  present there also these those vertebral body vertebra spine mid thoracic lumbar thoracolumbar lower upper superior inferior region junction
  today one
`);
const AFTER_A_PREDICATE: ReadonlySet<string> = new Set([
  '',
  ',',
  '.',
  ')',
  ';',
  'in',
  'and',
  'at',
  'degree',
  'but',
  'with',
  'no',
  'without',
  'respectively',
  'severity',
]);

/** "loss of height is moderate", "wedging at T8, mild"; not "fracture, severe stenosis" */
function nounBefore(sentence: ReadSentence, cue: Cue<Concept>): Cue<Concept> | undefined {
  const isEnded = AFTER_A_PREDICATE.has(sentence.wordAt(cue.to)) || sentence.ownerAt(cue.to).kind === 'rest';
  if (!isEnded && sentence.tokens[cue.to]?.kind !== 'sign') return undefined;
  let at = cue.from - 1;
  while (at >= sentence.from && cue.from - at <= 12) {
    const noun = sentence.cues.find((other) => other.to === at + 1 && GRADED.has(other.concept));
    if (noun !== undefined) return noun;
    const isNamed = sentence.mentions.some((mention) => at >= mention.from && at < mention.to);
    const isYear = /^(19|20)\d\d$/.test(sentence.wordAt(at));
    if (!isNamed && !isYear && !COPULAS.has(sentence.wordAt(at))) return undefined;
    at -= 1;
  }
  return undefined;
}

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
function kept(sentence: ReadSentence): readonly Said[] {
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
