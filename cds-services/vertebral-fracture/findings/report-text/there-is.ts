/** "Both fractures are unchanged and there is no fracture at L1": what comes before goes on about the vertebrae told before. */
import { words } from './word-set.js';

const POINTERS = words(`
  both these those all it neither
`);

/**
 * @param part the part of a sentence that names one vertebra
 * @param named the first token of that vertebra
 * @returns where the statement about that vertebra begins, if one about others comes before it
 */
export function startOfThereIs(
  part: { readonly from: number },
  named: number,
  wordAt: (at: number) => string,
): number | undefined {
  if (!POINTERS.has(wordAt(part.from))) return undefined;
  for (let at = named - 1; at > part.from + 2; at -= 1) {
    const isThere = wordAt(at) === 'there' && ['is', 'are'].includes(wordAt(at + 1));
    if (isThere && ['and', ',', 'but'].includes(wordAt(at - 1))) return at - 1;
  }
  return undefined;
}
