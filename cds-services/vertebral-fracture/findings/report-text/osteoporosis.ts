/** Osteoporosis of the patient: named, said of the bones, or of a fracture that only it explains. */
import { appearanceIn } from './appearance.js';
import type { Span } from './context.js';
import type { Cue } from './phrases.js';
import { isMeaningOfAShape } from './doubt-of-age.js';
import type { SaidOfPatient } from './said.js';
import {
  type Concept,
  cuesOf,
  cuesOfAny,
  distance,
  polarityOf,
  quoteOf,
  type ReadSentence,
} from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

export function osteoporosisIn(sentence: ReadSentence): readonly SaidOfPatient[] {
  const named = cuesOf(sentence, 'osteoporosis').filter(
    (cue) =>
      (polarityOf(sentence, cue) === 'stated' || isOfThePatient(sentence, cue)) &&
      !OF_A_SERVICE.has(sentence.wordAt(cue.to)),
  );
  const kinds = cuesOf(sentence, 'osteoporotic');
  const ofFractures = kinds.filter((cue) => isOfAFracture(sentence, cue));
  const ofBones = kinds.filter((cue) => isPredicate(sentence, cue) && polarityOf(sentence, cue) === 'stated');
  const ofSacrum = cuesOf(sentence, 'otherFracture').filter(
    (cue) => isOfInsufficiency(sentence, cue) && polarityOf(sentence, cue) === 'stated',
  );
  const told = hasOneOf(sentence, OSTEOPOROTIC) ? appearanceIn(sentence) : [];
  const asACause = told.flatMap((said) =>
    said.kind === 'value' &&
    said.ofAPossibleOne !== true &&
    said.finding.value === 'osteoporotic' &&
    isByName(sentence, said.quote)
      ? [said.quote]
      : [],
  );
  return [...named, ...ofFractures, ...ofBones, ...ofSacrum, ...asACause].map((cue) => ({
    sign: 'osteoporosis' as const,
    value: true,
    quote: quoteOf(sentence, cue),
  }));
}

/** "insufficiency fractures of both sacral alae" */
function isOfInsufficiency(sentence: ReadSentence, cue: Span): boolean {
  return hasWord(sentence, cue, 'insufficiency') || sentence.wordAt(cue.from - 1) === 'insufficiency';
}

const PATIENTS = words(`
  patient lady woman man gentleman female male person
`);
const BEFORE_THE_DISEASE = words(`
  known severe established advanced longstanding underlying marked treated diffuse a documented
`);

/** "in a patient with known osteoporosis" is no history. */
function isOfThePatient(sentence: ReadSentence, { from }: Cue): boolean {
  let at = from - 1;
  while (BEFORE_THE_DISEASE.has(sentence.wordAt(at))) at -= 1;
  const isSaid = ['with', 'has'].includes(sentence.wordAt(at)) && PATIENTS.has(sentence.wordAt(at - 1));
  const { denied, hypothetical } = sentence.contextAt(from);
  return isSaid && denied === 'no' && !hypothetical;
}

function isByName(sentence: ReadSentence, quote: Span): boolean {
  return hasOneOf({ ...quote, wordAt: sentence.wordAt }, OSTEOPOROTIC);
}

const OSTEOPOROTIC: ReadonlySet<string> = new Set(['osteoporotic', 'insufficiency', 'osteoporosis']);

function hasOneOf(
  { from, to, wordAt }: Span & Pick<ReadSentence, 'wordAt'>,
  words: ReadonlySet<string>,
): boolean {
  for (let at = from; at < to; at += 1) if (words.has(wordAt(at))) return true;
  return false;
}

/** "the threshold for osteoporosis screening" */
const OF_A_SERVICE = words(`
  screening clinic service treatment medication therapy assessment workup threshold protection referral
  guideline team nurse pathway risk
`);

const ALTERNATIVES = words(`
  or versus vs /
`);

function isOfAFracture(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const isWord = isByName(sentence, cue);
  const isNear = cuesOfAny(sentence, STRONG_OR_WEAK).some((other) => distance(other, cue) <= 4);
  if (!isWord || !isNear || ALTERNATIVES.has(sentence.wordAt(cue.to))) return false;
  return (
    polarityOf(sentence, cue) === 'stated' || isMeaningOfAShape(sentence, cue, sentence.contextAt(cue.from))
  );
}

const ADVERBS = words(`
  diffusely generally markedly severely all both rather very clearly also
`);
const COPULAS = words(`
  is are appears look looks
`);

/** "the bones are diffusely osteoporotic", "both fractures are osteoporotic" */
function isPredicate(sentence: ReadSentence, cue: Cue): boolean {
  if (!hasWord(sentence, cue, 'osteoporotic')) return false;
  let at = cue.from - 1;
  while (ADVERBS.has(sentence.wordAt(at))) at -= 1;
  return COPULAS.has(sentence.wordAt(at));
}

function hasWord(sentence: ReadSentence, cue: Span, word: string): boolean {
  for (let at = cue.from; at < cue.to; at += 1) if (sentence.wordAt(at) === word) return true;
  return false;
}
