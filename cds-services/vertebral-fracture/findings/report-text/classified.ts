/** "AOSpine A3 injury of L2", "L1 OF 3": only a fracture is given a type, so a typed vertebra is fractured. */
import type { FractureFindingName } from '../finding.js';
import type { Said, SaidStatus } from './said.js';
import { cuesOfAny, type ReadSentence } from './sentence.js';
import { STRONG } from './status.js';

const TYPES: ReadonlySet<FractureFindingName> = new Set<FractureFindingName>(['aoType', 'ofType']);

/** A fracture for each vertebra that is named with a type of one; none where the sentence denies or doubts fractures. */
export function classified(sentence: ReadSentence, said: readonly Said[]): readonly SaidStatus[] {
  if (!said.some(isAType)) return [];
  const isOpen = cuesOfAny(sentence, STRONG).some(({ from }) => {
    const { denied, doubtful, historical } = sentence.contextAt(from);
    return denied !== 'no' || doubtful || historical;
  });
  if (isOpen) return [];
  return said.flatMap((one): readonly SaidStatus[] => {
    const { owner, quote } = one;
    if (!isAType(one) || owner.kind !== 'mention' || owner.mention.kind !== 'vertebrae') return [];
    return [{ kind: 'status', status: 'present', quote, owner }];
  });
}

function isAType(one: Said): boolean {
  return one.kind === 'value' && TYPES.has(one.finding.name);
}
