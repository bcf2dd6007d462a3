/** A vertebra, list or range that heads a line: "T8    Genant grade 2", "L1 to L4   no fracture", "D7: …", "T8 - …". */
import { vertebraAt } from './level-words.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

const JOINTS = words(`
  - -- / to through and & , or
`);

/** Most vertebrae a label lists. */
const LONGEST_LABEL = 8;

/** Past the last vertebra of the name that begins at a token. */
export function endOfName(tokens: readonly Token[], at: number): number | undefined {
  const first = vertebraAt(tokens, at);
  if (first === undefined) return undefined;
  let { to } = first;
  for (let count = 1; count < LONGEST_LABEL; count += 1) {
    const joint = tokens[to];
    if (joint === undefined || !JOINTS.has(joint.word) || joint.gap === 'wide') return to;
    const next = vertebraAt(tokens, to + 1)?.to;
    if (next === undefined) return to;
    to = next;
  }
  return to;
}

/** True when the text behind the name is set off from it, by a colon, a dash between blanks or a column. */
export function isSetOff(tokens: readonly Token[], to: number): boolean {
  const sign = tokens[to];
  if (sign === undefined || sign.gap === 'line' || sign.gap === 'paragraph') return false;
  if (sign.gap === 'wide' || sign.word === ':') return true;
  const isDash = sign.word === '-' || sign.word === '--';
  return isDash && sign.gap !== 'none' && tokens[to + 1]?.gap !== 'none';
}

/** True when a line begins with vertebrae as its label. */
export function isLabelledLine(tokens: readonly Token[], at: number): boolean {
  const gap = tokens[at]?.gap;
  if (at > 0 && gap !== 'line' && gap !== 'paragraph') return false;
  const to = endOfName(tokens, at);
  return to !== undefined && isSetOff(tokens, to);
}
