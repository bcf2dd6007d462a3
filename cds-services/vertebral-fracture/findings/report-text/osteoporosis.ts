/** Osteoporosis of the patient: named, said of the bones, or of a fracture that only it explains. */
import type { Cue } from './phrases.js';
import { isMeaningOfAShape } from './doubt-of-age.js';
import type { SaidOfPatient } from './said.js';
import { type Concept, cuesOf, distance, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { STRONG, WEAK } from './status.js';
import { words } from './word-set.js';

export function osteoporosisIn(sentence: ReadSentence): readonly SaidOfPatient[] {
  const named = cuesOf(sentence, 'osteoporosis').filter(
    (cue) => polarityOf(sentence, cue) === 'stated' && !OF_A_SERVICE.has(sentence.wordAt(cue.to)),
  );
  const kinds = cuesOf(sentence, 'osteoporotic');
  const ofFractures = kinds.filter((cue) => isOfAFracture(sentence, cue));
  const ofBones = kinds.filter((cue) => isPredicate(sentence, cue) && polarityOf(sentence, cue) === 'stated');
  const ofSacrum = cuesOf(sentence, 'otherFracture').filter(
    (cue) => hasWord(sentence, cue, 'insufficiency') && polarityOf(sentence, cue) === 'stated',
  );
  return [...named, ...ofFractures, ...ofBones, ...ofSacrum].map((cue) => ({
    sign: 'osteoporosis' as const,
    value: true,
    quote: quoteOf(sentence, cue),
  }));
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
  const isWord = ['osteoporotic', 'insufficiency', 'osteoporosis'].some((word) =>
    hasWord(sentence, cue, word),
  );
  const isNear = cuesOf(sentence, ...STRONG, ...WEAK).some((other) => distance(other, cue) <= 4);
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

function hasWord(sentence: ReadSentence, cue: Cue, word: string): boolean {
  for (let at = cue.from; at < cue.to; at += 1) if (sentence.wordAt(at) === word) return true;
  return false;
}
