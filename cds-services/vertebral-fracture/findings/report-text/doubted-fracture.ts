/** "Possible fracture of L4, oedema beneath the endplate": what is in doubt is the fracture; the sign behind the comma is seen. */
import type { Span } from './context.js';
import { cuesOfAny, type ReadSentence } from './sentence.js';
import { STRONG } from './status.js';
import { words } from './word-set.js';

const ALTERNATIVES = words(`
  or versus vs ? either favor
`);
const QUALIFIERS = words(`
  marrow bone with mild moderate marked diffuse linear subtle faint and a there is stir edema
`);

/** True when a fracture stands between the doubt and a comma, and the sign opens the part behind the comma. */
export function isDoubtOfTheFracture(sentence: ReadSentence, sign: Span): boolean {
  const { doubtful, doubtAt, hypothetical, historical } = sentence.contextAt(sign.from);
  if (!doubtful || doubtAt === undefined || doubtAt >= sign.from || hypothetical || historical) return false;
  const comma = commaBefore(sentence, sign);
  if (comma === undefined || comma < doubtAt || isAnAlternative(sentence, comma)) return false;
  return cuesOfAny(sentence, STRONG).some(({ from, to }) => from > doubtAt && to <= comma);
}

function commaBefore(sentence: ReadSentence, { from }: Span): number | undefined {
  let at = from - 1;
  while (QUALIFIERS.has(sentence.wordAt(at))) at -= 1;
  return sentence.wordAt(at) === ',' ? at : undefined;
}

function isAnAlternative(sentence: ReadSentence, comma: number): boolean {
  for (let at = comma; at < sentence.to && sentence.wordAt(at) !== ';'; at += 1)
    if (ALTERNATIVES.has(sentence.wordAt(at))) return true;
  return false;
}
