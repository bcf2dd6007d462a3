/** Oedema of the marrow: by its name, by the signal of a sequence that shows water, by uptake on a bone scan. */
import { isAPet, isOfABoneScan } from './bone-scan.js';
import { signalsIn, type Signal } from './bone-signal.js';
import type { Span } from './context.js';
import { isDoubtOfTheFracture } from './doubted-fracture.js';
import { noneAt } from './none-at.js';
import type { Cue } from './phrases.js';
import { resolutionOf } from './resolved.js';
import { type Said, value } from './said.js';
import {
  type Concept,
  cuesOf,
  cuesOfAny,
  type Polarity,
  polarityOf,
  quoteOf,
  type ReadSentence,
} from './sentence.js';
import { isOfSoftTissue } from './soft-tissue.js';
import { isUnanswered } from './unanswered.js';
import { words } from './word-set.js';

/** Phrases that stand for oedema. */
export const OEDEMAS: readonly Concept[] = ['oedema', 'oedemaSignal', 'uptake'];

/** @returns what a sentence says of the marrow */
export function oedema(sentence: ReadSentence): readonly Said[] {
  const cues = cuesOfAny(sentence, OEDEMAS);
  const normals = cuesOf(sentence, 'marrowNormal');
  const told = signalsIn(sentence);
  if (cues.length === 0 && normals.length === 0 && told.length === 0) return [];
  const signals = told.filter(({ head }) => !cues.some(({ from, to }) => head.from < to && head.to > from));
  return [
    ...cues.flatMap((cue) => saidOfCue(sentence, cue)),
    ...signals.flatMap((signal) => saidOfSignal(sentence, signal)),
    ...normals.flatMap((cue) => saidOfNormal(sentence, cue, cue)),
  ];
}

function saidOfCue(sentence: ReadSentence, cue: Cue<Concept>): readonly Said[] {
  if (!isByName(cue) && isOfSoftTissue(sentence, cue)) return [];
  const polarity = polarityOfSign(sentence, cue);
  if (polarity === 'open' || (polarity === 'denied' && isOnlyUptake(sentence, cue))) return [];
  if (cue.concept === 'uptake' && isAPet(sentence.tokens) && !isOfABoneScan(sentence)) return [];
  const owner = sentence.ownerAt(cue.from);
  const resolution = polarity === 'stated' ? resolutionOf(sentence, cue) : undefined;
  if (resolution !== undefined) {
    const isGone = resolution.is === 'gone';
    return isGone ? [value('marrowOedema', false, { quote: resolution.quote, owner })] : [];
  }
  const said = value('marrowOedema', polarity === 'stated', { quote: quoteOf(sentence, cue), owner });
  return polarity === 'stated' ? [said, ...noneElsewhere(sentence, cue)] : [said];
}

/** "bone marrow oedema" is never of soft tissue. */
function isByName({ concept, from, to }: Cue<Concept>): boolean {
  return to - from > 1 && concept === 'oedema';
}

const LEAVES_OPEN = words(`
  equivocal indeterminate uncertain questionable normal unremarkable isointense negative free
`);
const RAISED = words(`
  increased raised elevated abnormal high hyperintensity bright positive
`);

/** Whether a sign is seen: a doubt about the fracture is none about the sign. */
function polarityOfSign(sentence: ReadSentence, sign: Span): Polarity {
  const behind = sentence.wordAt(sign.to);
  const isLinked = ['is', 'remains', ':', '-'].includes(behind);
  const state = isLinked ? sign.to + 1 : sign.to;
  const isNotRaised = sentence.wordAt(state) === 'not' && RAISED.has(sentence.wordAt(state + 1));
  if (isNotRaised || LEAVES_OPEN.has(sentence.wordAt(state))) {
    return sentence.contextAt(sign.from).denied === 'yes' ? 'denied' : 'open';
  }
  if (isNoHigh(sentence, sign)) return 'denied';
  const polarity = isUnanswered(sentence, sign) ? 'open' : polarityOf(sentence, sign);
  return polarity === 'open' && isDoubtOfTheFracture(sentence, sign)
    ? statedOrDenied(sentence, sign)
    : polarity;
}

/** "no high signal on STIR" denies a signal; elsewhere "no high" only hedges. */
function isNoHigh(sentence: ReadSentence, { from }: Span): boolean {
  const { trigger, doubtful, hypothetical, historical } = sentence.contextAt(from);
  if (trigger?.to !== from + 1 || doubtful || hypothetical || historical) return false;
  return trigger.from === from - 1 && sentence.wordAt(from) === 'high';
}

function statedOrDenied(sentence: ReadSentence, { from }: Span): Polarity {
  const { denied } = sentence.contextAt(from);
  return denied === 'no' ? 'stated' : denied === 'yes' ? 'denied' : 'open';
}

function noneElsewhere(sentence: ReadSentence, cue: Cue): readonly Said[] {
  const signs = cuesOf(sentence, ...OEDEMAS, 'retropulsion');
  return noneAt(sentence, cue, signs).map((where) => value('marrowOedema', false, where));
}

function saidOfSignal(sentence: ReadSentence, signal: Signal): readonly Said[] {
  const { quote, head, isOedema } = signal;
  if (!isOedema) return saidOfNormal(sentence, head, quote);
  if (isOfSoftTissue(sentence, quote)) return [];
  const polarity = polarityOfSign(sentence, head);
  if (polarity === 'open') return [];
  return [
    value('marrowOedema', polarity === 'stated', {
      quote: quoteOf(sentence, head, quote),
      owner: sentence.ownerAt(head.from),
    }),
  ];
}

const OF_THE_REST = words(`
  background otherwise remaining elsewhere rest remainder surrounding overall sacral pelvic iliac generally
`);

/** "background marrow signal is normal" */
function isOfTheRest({ wordAt }: ReadSentence, { from, to }: Span): boolean {
  for (let at = from - 3; at <= to; at += 1) if (OF_THE_REST.has(wordAt(at))) return true;
  return false;
}

function saidOfNormal(sentence: ReadSentence, head: Span, quote: Span): readonly Said[] {
  if (isOfTheRest(sentence, quote)) return [];
  if (polarityOf(sentence, head) !== 'stated' || isOfSoftTissue(sentence, quote)) return [];
  return [
    value(
      'marrowOedema',
      false,
      { quote: quoteOf(sentence, head, quote), owner: sentence.ownerAt(head.from) },
      { near: true, firmness: 'implied' },
    ),
  ];
}

/** "without tracer uptake" on a PET says nothing of the marrow; a bone scan denies an increased one. */
function isOnlyUptake(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  return cue.concept === 'uptake' && !isOfABoneScan(sentence);
}
