/** What is seen at a fractured vertebra: oedema, posterior wall, retropulsion, canal, kyphosis, stability, cement. */
import { canal } from './canal.js';
import { oedema } from './oedema.js';
import { kyphosis } from './kyphosis.js';
import type { Cue } from './phrases.js';
import { stabilityIn } from './stability.js';
import { posteriorWall } from './posterior-wall.js';
import { retropulsion } from './retropulsion.js';
import { type Rule, rule, saidByRules } from './rules.js';
import { type Said, value } from './said.js';
import { cuesOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

export const SIGN_RULES: readonly Rule<Said>[] = [
  rule(undefined, oedema),
  rule(['posteriorWall'], posteriorWall),
  rule(undefined, retropulsion),
  rule(['canal', 'canalNarrowed', 'canalNormal', 'retropulsion'], canal),
  rule(['kyphosis'], kyphosis),
  rule(['unstable', 'chance', 'translation', 'stableFracture', 'unchanged'], stabilityIn),
  rule(['augmentation'], cement),
];

export function signsIn(sentence: ReadSentence): readonly Said[] {
  return saidByRules(SIGN_RULES, sentence);
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
