/** "T11 or T12, numbering uncertain": of two neighbours nobody knows which one is meant, as the vertebrae could not be counted. */
import type { Mention } from './levels.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

const COUNTING = words(`
  numbering numbered counting counted count level
`);
const UNCERTAIN = words(`
  uncertain unclear cannot depending depends indeterminate unsure difficult uncertainty ambiguous unreliable
  approximate estimated
`);
const ALTERNATIVES = words(`
  or versus vs
`);
/** Farthest the doubt stands from the word for counting, in tokens. */
const REACH = 6;

/** Such mentions name neither of the two. */
export function withUncertainNumbers(
  mentions: readonly Mention[],
  tokens: readonly Token[],
  from: number,
  to: number,
): readonly Mention[] {
  const isTwo = mentions.some((mention) => isOneOfTwo(mention, tokens));
  if (!isTwo || !isCountingInDoubt(tokens, from, to)) return mentions;
  return mentions.map((mention) => (isOneOfTwo(mention, tokens) ? { ...mention, kind: 'either' } : mention));
}

function isOneOfTwo({ kind, levels, from, to }: Mention, tokens: readonly Token[]): boolean {
  if (kind !== 'vertebrae' || levels.length !== 2) return false;
  return tokens.slice(from, to).some(({ word }) => ALTERNATIVES.has(word));
}

function isCountingInDoubt(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (!COUNTING.has(tokens[at]?.word ?? '')) continue;
    const around = tokens.slice(Math.max(from, at - REACH), Math.min(to, at + REACH + 1));
    if (around.some(({ word }) => UNCERTAIN.has(word))) return true;
  }
  return false;
}
