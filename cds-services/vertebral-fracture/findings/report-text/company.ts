/** What is told with a subject is not what a verb behind it is said of: "the deformity of T12 with kyphosis is unchanged". */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const COPULAS = words(`
  is are has have remains appears look looks
`);
const ENDS_ITS_COMPANY = words(`
  , ; . : which that who and but is are has have was were shows demonstrates there while whereas
`);

/** "deformity of T12 with a kyphotic angulation of 15 degrees is unchanged": where what goes with the subject begins. */
export function beforeItsCompany(
  { from: start, wordAt }: ReadSentence,
  { from }: Pick<Span, 'from'>,
): number | undefined {
  let verb = from;
  while (COPULAS.has(wordAt(verb - 1))) verb -= 1;
  if (verb === from) return undefined;
  for (let at = verb - 1; at > start && !ENDS_ITS_COMPANY.has(wordAt(at)); at -= 1)
    if (wordAt(at) === 'with') return at;
  return undefined;
}
