/** What a bone scan says of a vertebra; on a PET missing uptake says nothing of the marrow. */
import type { ReadSentence } from './sentence.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

const SCINTIGRAPHY = words(`
  scintigraphy scintigraphic spect mdp hdp technetium uptake tracer radiotracer
`);
const PET = words(`
  pet fdg psma suv suvmax dotatate
`);
const OF_A_BONE_SCAN = words(`
  increased bone scintigraphic osteoblastic mdp hdp technetium spect
`);

/** True where uptake that is denied, or a cold vertebra, is one of a bone scan. */
export function isOfABoneScan({ tokens, from, to, wordAt }: ReadSentence): boolean {
  for (let at = from; at < to; at += 1) if (OF_A_BONE_SCAN.has(wordAt(at))) return true;
  return isABoneScan(tokens);
}

const SCANS = new WeakMap<readonly Token[], boolean>();

/** True for a report that speaks of a bone scan and of no PET. */
export function isABoneScan(tokens: readonly Token[]): boolean {
  const known = SCANS.get(tokens);
  if (known !== undefined) return known;
  const isScan = tokens.some(
    ({ word }, at) => SCINTIGRAPHY.has(word) || (word === 'bone' && tokens[at + 1]?.word === 'scan'),
  );
  const isOther = tokens.some(({ word }) => PET.has(word));
  SCANS.set(tokens, isScan && !isOther);
  return isScan && !isOther;
}

/** True for a report of a PET and of no bone scan: uptake there is of tumour or of healing, and none of marrow in particular. */
export function isAPet(tokens: readonly Token[]): boolean {
  const known = PETS.get(tokens);
  if (known !== undefined) return known;
  const isPet = !isABoneScan(tokens) && tokens.some(({ word }) => PET.has(word));
  PETS.set(tokens, isPet);
  return isPet;
}

const PETS = new WeakMap<readonly Token[], boolean>();
