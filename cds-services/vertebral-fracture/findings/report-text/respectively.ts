/** "T11, T12 and L2 with 20 %, 40 % and 60 % loss of height, respectively": a value for each, in order. */
import type { FractureFindingName } from '../finding.js';
import type { Said, SaidValue } from './said.js';
import { cuesOf, type ReadSentence } from './sentence.js';

/** What is told of several vertebrae in one row is told in their order. */
const IN_A_ROW: ReadonlySet<FractureFindingName> = new Set<FractureFindingName>([
  'heightLossPercent',
  'aoType',
  'ofType',
]);

/** Gives the values of such a sentence, or several heights told of several vertebrae ("L1 and L3 … 30 and 50 %"), their place in the
 *  row; values that don't match in number are left out. */
export function inOrder(sentence: ReadSentence, said: readonly Said[]): readonly Said[] {
  if (said.length < 2) return said;
  const isSaid = cuesOf(sentence, 'respectively').length > 0;
  const values = said.filter((one): one is SaidValue => one.kind === 'value');
  const names = new Set(
    values.map(({ finding }) => finding.name).filter((name) => isSaid || IN_A_ROW.has(name)),
  );
  const ordered = new Map<SaidValue, number>();
  const dropped = new Set<SaidValue>();
  for (const name of names) {
    const row = values
      .filter(({ finding }) => finding.name === name)
      .sort((a, b) => a.quote.from - b.quote.from);
    const count = countOf(row);
    if (count === undefined || count < 2 || row.length === 1) continue;
    row.forEach((one, index) => (row.length === count ? ordered.set(one, index) : dropped.add(one)));
  }
  return said
    .filter((one) => one.kind !== 'value' || !dropped.has(one))
    .map((one) => {
      const nth = one.kind === 'value' ? ordered.get(one) : undefined;
      return nth === undefined ? one : { ...one, nth };
    });
}

/** How many vertebrae the row speaks of: those of the group all its values belong to. */
function countOf(row: readonly SaidValue[]): number | undefined {
  const [first] = row;
  if (first === undefined) return undefined;
  if (first.owner.kind === 'topic')
    return row.every(({ owner }) => owner.kind === 'topic') ? row.length : undefined;
  if (first.owner.kind !== 'mention') return undefined;
  const { mention } = first.owner;
  const isOneGroup = row.every(({ owner }) => owner.kind === 'mention' && owner.mention === mention);
  return isOneGroup ? mention.levels.length : undefined;
}
