/** "discs l3 4 and l4 5 narrowed": a disc dictated without the sign between its two numbers. */
import type { Token } from './tokens.js';
import { words } from './word-set.js';

const OF_DISCS = words(`
  disc bulge protrusion extrusion herniation space interspace stenosis listhesis anterolisthesis
  retrolisthesis spondylolisthesis narrowing narrowed degeneration desiccation desiccated facet foramen
  foraminal spondylosis
`);
const STOPS = words(`
  . ; : fracture vertebra body
`);
const LONGEST_WAY = 6;

/** True when the number at a token, written after a vertebra, names the lower neighbour of a disc. */
export function isLowerOfADisc(
  tokens: readonly Token[],
  at: number,
  upper: { readonly number: number },
  from: number,
): boolean {
  const token = tokens[at];
  if (token?.kind !== 'number' || token.gap !== 'blank' || Number(token.word) !== upper.number + 1)
    return false;
  for (let before = at - 1; before >= Math.max(from, at - LONGEST_WAY); before -= 1) {
    const word = tokens[before]?.word ?? '';
    if (STOPS.has(word)) return false;
    if (OF_DISCS.has(word)) return true;
  }
  return false;
}
