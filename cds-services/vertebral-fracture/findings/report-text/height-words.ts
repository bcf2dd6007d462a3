/** Height loss in words that stand for a grade: "moderate", "severe", "near-complete". */
import type { Interval } from '../interval.js';
import { gradedByItself } from './bare-severity.js';
import type { Span } from './context.js';
import { gradedPlace } from './graded-places.js';
import { joined } from './height-common.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { type Concept, cuesOf, cuesOfAny, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

export const WORDS: Readonly<Partial<Record<Concept, Interval>>> = {
  severityMinimal: { min: 0, max: 25 },
  severityMild: { min: 20, max: 25 },
  severityModerate: { min: 25, max: 40 },
  severitySevere: { min: 40, max: 100, minExclusive: true },
  severityMildToModerate: { min: 20, max: 40 },
  severityModerateToSevere: { min: 25, max: 100 },
};

export const GRADES = Object.keys(WORDS) as readonly Concept[];

/** "moderate compression fracture", "loss of height is severe" */
export function inWords(sentence: ReadSentence): readonly Said[] {
  const words = cuesOfAny(sentence, GRADES).flatMap((cue): readonly Said[] => {
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
export function isGraded(sentence: ReadSentence, cue: Cue, noun: Span): boolean {
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
