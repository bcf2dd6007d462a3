/**
 * Oedema told without its name: a word for bright signal joined to a sequence that shows water ("bright on STIR",
 * "fat suppressed T2 images show high signal"), and marrow that looks as it should.
 */
import { reportPhrases } from '../../knowledge.js';
import { isABoneScan } from './bone-scan.js';
import type { Span } from './context.js';
import { type Cue, cuesIn, firstCueIn, phraseTable } from './phrases.js';
import type { ReadSentence } from './sentence.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

type Concept = keyof typeof reportPhrases.signals;
const TABLE = phraseTable<Concept>(reportPhrases.signals);

/** A sign of the marrow: its words, the word that is stated or denied, and what it means when stated. */
export interface Signal {
  readonly quote: Span;
  readonly head: Span;
  readonly isOedema: boolean;
}

/** True when a sentence without any other phrase may still speak of the marrow. */
export function speaksOfSignal(tokens: readonly Token[], { from, to }: Span): boolean {
  return firstCueIn(tokens, from, to, TABLE) !== undefined;
}

export function signalsIn(sentence: ReadSentence): readonly Signal[] {
  const cues = cuesIn(sentence.tokens, sentence.from, sentence.to, TABLE);
  if (cues.length === 0) return [];
  return [...onSequences(sentence, cues), ...ofMarrow(sentence, cues), ...onScan(sentence, cues)];
}

/** Farthest a word for signal stands from its sequence, in tokens. */
const LONGEST_PAIR = 9;

function onSequences(sentence: ReadSentence, cues: readonly Cue<Concept>[]): readonly Signal[] {
  const sequences = cues.filter(({ concept }) => concept === 'sequence');
  return cues.flatMap((cue): readonly Signal[] => {
    if (cue.concept !== 'bright' && cue.concept !== 'dull' && cue.concept !== 'signal') return [];
    const sequence = sequences.find((other) => isPair(sentence, cue, other));
    if (sequence === undefined || isOnT1(sentence, cue)) return [];
    const quote = hull(cue, sequence);
    if (cue.concept === 'signal')
      return isDenied(sentence, cue) ? [{ quote, head: cue, isOedema: true }] : [];
    return [{ quote, head: cue, isOedema: cue.concept === 'bright' }];
  });
}

/** "T1 bright, STIR dark" */
function isOnT1({ wordAt }: ReadSentence, { from }: Span): boolean {
  return wordAt(from - 1) === 't1' || wordAt(from - 1) === 't1w';
}

/** A bare "signal" is none in particular: only its absence says something. */
function isDenied(sentence: ReadSentence, { from }: Span): boolean {
  return sentence.contextAt(from).denied === 'yes';
}

const BETWEEN = words(`
  on in the of a an its is are was shows demonstrates returns reveals with signal image images sequence sequences
  sagittal coronal and both t1 t2 t1w t2w w wi weighted / & : - linear diffuse mild marked moderate subtle faint
  intense corresponding matching within body vertebra vertebral beneath below throughout endplate superior inferior band hypointensity low high
`);

function isPair({ wordAt }: ReadSentence, a: Span, b: Span): boolean {
  const [first, second] = a.from < b.from ? [a, b] : [b, a];
  if (second.from - first.to > LONGEST_PAIR) return false;
  for (let at = first.to; at < second.from; at += 1) {
    if (BETWEEN.has(wordAt(at)) || wordAt(at) === 'not' || wordAt(at) === 'no') continue;
    return false;
  }
  return true;
}

const TO_NORMAL = words(`
  is are has have shows demonstrates appears remains returns of a the its with in signal intensity
  vertebral body bone uniformly entirely
`);
/** Farthest "normal" stands from the marrow it is said of, in tokens. */
const LONGEST_NORMAL = 6;

/** "normal fatty marrow signal", "the marrow returns normal signal", "isointense to its neighbours" */
function ofMarrow(sentence: ReadSentence, cues: readonly Cue<Concept>[]): readonly Signal[] {
  const marrows = cues.filter(({ concept }) => concept === 'marrow');
  return cues.flatMap((cue): readonly Signal[] => {
    if (cue.concept === 'isointense') return [{ quote: cue, head: cue, isOedema: false }];
    if (cue.concept === 'marrow')
      return isOfNoChange(sentence, cue) ? [{ quote: cue, head: cue, isOedema: true }] : [];
    if (cue.concept !== 'normal') return [];
    const marrow = marrows.find((other) => isJoined(sentence, cue, other));
    const quote = marrow === undefined ? cue : hull(cue, marrow);
    return isOfSignal(sentence, quote) ? [{ quote, head: cue, isOedema: false }] : [];
  });
}

const CHANGES = words(`
  change changes abnormality abnormalities alteration
`);
const OF_A_TUMOR = words(`
  malignancy malignant metastasis metastatic tumor neoplastic suspicious sinister infiltrative myeloma
`);

/** "no marrow signal change": what a changed one would be is not told, that there is none is. */
function isOfNoChange(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (!isOfSignal(sentence, cue) || !CHANGES.has(sentence.wordAt(cue.to)) || !isDenied(sentence, cue))
    return false;
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (OF_A_TUMOR.has(sentence.wordAt(at))) return false;
  return true;
}

/** "preserved fatty marrow" says that no tumour has replaced it, not that it is dry. */
function isOfSignal({ wordAt }: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1) if (wordAt(at) === 'signal') return true;
  return false;
}

function isJoined(sentence: ReadSentence, a: Span, b: Span): boolean {
  const [first, second] = a.from < b.from ? [a, b] : [b, a];
  if (second.from - first.to > LONGEST_NORMAL) return false;
  for (let at = first.to; at < second.from; at += 1) {
    const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
    if (!isNamed && !TO_NORMAL.has(sentence.wordAt(at))) return false;
  }
  return true;
}

/** "a cold body" may be cold for its cement. */
const PREDICATES = words(`
  is are remains appears was completely
`);

const BONE = words(`
  vertebra vertebral body fracture
`);

function isSaidOfBone({ wordAt, mentions }: ReadSentence, { concept, from, to }: Cue<Concept>): boolean {
  const before = wordAt(from - 1) === 'not' ? from - 2 : from - 1;
  if (PREDICATES.has(wordAt(before))) return true;
  return concept === 'hot' && (BONE.has(wordAt(to)) || mentions.some((mention) => mention.from === to));
}

function onScan(sentence: ReadSentence, cues: readonly Cue<Concept>[]): readonly Signal[] {
  return cues
    .filter(({ concept }) => concept === 'hot' || concept === 'cold')
    .filter((cue) => isSaidOfBone(sentence, cue))
    .filter(() => isABoneScan(sentence.tokens))
    .map((cue) => ({ quote: cue, head: cue, isOedema: cue.concept === 'hot' }));
}

function hull(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}
