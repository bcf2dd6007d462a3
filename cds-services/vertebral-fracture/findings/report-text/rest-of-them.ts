/** "Severe at T10, others mild", "the other two are old": the vertebrae of a list that were not singled out. */
import type { Level } from '../level.js';
import type { Span } from './context.js';
import { countOf } from './counts.js';
import type { Mention } from './levels.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

/** Words that stand for the rest of a list. */
export interface Rest extends Span {
  /** How many they say they are. */
  readonly count: number | undefined;
}

/** "the other is mild", "the other mild" */
const AFTER_ONE = words(`
  is was being : ( mild moderate severe minimal slight marked old acute chronic recent new healed subacute
`);
/** What is behind them when they are the rest of the spine, and not of the fractures. */
const OF_THE_SPINE = words(`
  vertebra vertebral level body segment disc spine of thoracic lumbar visualized imaged bone bony structure
  endplate region part finding
`);

/** All such words between two tokens. */
export function restsIn(tokens: readonly Token[], from: number, to: number): readonly Rest[] {
  const rests: Rest[] = [];
  for (let at = from; at < to; at += 1) {
    const rest = restAt(tokens, at, from);
    if (rest === undefined || rest.to > to || OF_THE_SPINE.has(tokens[rest.to]?.word ?? '')) continue;
    rests.push(rest);
  }
  return rests;
}

function restAt(tokens: readonly Token[], at: number, from: number): Rest | undefined {
  const [word, next] = [tokens[at]?.word ?? '', tokens[at + 1]?.word ?? ''];
  const start = at > from && tokens[at - 1]?.word === 'the' ? at - 1 : at;
  if (word === 'others' || word === 'remainder') return { from: start, to: at + 1, count: undefined };
  if (word === 'rest')
    return tokens[at - 1]?.word === 'at' ? undefined : { from: start, to: at + 1, count: undefined };
  if (word !== 'other' && word !== 'remaining') return undefined;
  if (word === 'other' && start < at && AFTER_ONE.has(next)) return { from: start, to: at + 1, count: 1 };
  const count = next === 'one' ? 1 : countOf(next);
  if (next === 'ones') return { from: start, to: at + 2, count: undefined };
  return count === undefined || start === at ? undefined : { from: start, to: at + 2, count };
}

/**
 * @param before vertebrae named in the same sentence before the words
 * @param known the vertebrae of the list the text spoke of last
 * @param topic the vertebrae the sentence before spoke of
 * @returns the levels the words stand for; none where that is not certain
 */
export function levelsOfRest(
  { count }: Rest,
  before: readonly Mention[],
  known: readonly Level[],
  topic: readonly Level[],
): readonly Level[] {
  const named = before.filter(({ kind }) => kind === 'vertebrae').map(({ levels }) => levels);
  const all = named.length > 0 ? [...new Set(named.flat())] : topic;
  const isOfKnown =
    all.length > 0 && all.length < known.length && all.every((level) => known.includes(level));
  const list = isOfKnown ? known : listOf(named);
  const singled = isOfKnown ? all : namedAgain(named, list);
  const rest = list.filter((level) => !singled.includes(level));
  if (singled.length === 0 || rest.length === 0) return [];
  return count === undefined ? rest : rest.length === count ? rest : [];
}

/** "T9, T10 and L1, severe at T10": the first group is the list. */
function listOf([first, ...rest]: readonly (readonly Level[])[]): readonly Level[] {
  if (first === undefined || first.length < 2) return [];
  return rest.flat().every((level) => first.includes(level)) ? first : [];
}

function namedAgain([, ...rest]: readonly (readonly Level[])[], list: readonly Level[]): readonly Level[] {
  return [...new Set(rest.flat())].filter((level) => list.includes(level));
}
