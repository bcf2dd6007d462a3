/** Finds the phrases of the lexicon in a row of words: the longest one that starts at each word, in one pass. */
import { type Places, placesOf } from './phrase-grammar.js';
import type { Token } from './tokens.js';

/** A phrase found: its concept and the tokens it covers, from the first to past the last. */
export interface Cue<Concept extends string = string> {
  readonly concept: Concept;
  readonly from: number;
  readonly to: number;
}

interface End<Concept> {
  readonly concept: Concept;
  /** Of several concepts of one phrase the first counts. */
  readonly rank: number;
}

/** Where words lead that were read one after the other from the beginning of a phrase. */
interface Node<Concept> {
  readonly concept: Concept | undefined;
  readonly places: Places<End<Concept>>;
  /** By the next word; worked out when a text first gets here. */
  next: ReadonlyMap<string, Node<Concept>> | undefined;
}

export interface PhraseTable<Concept extends string> {
  readonly root: Node<Concept>;
  /** A choice of words that leads to the same place leads to the same node. */
  readonly nodes: WeakMap<Places<End<Concept>>, Node<Concept>>;
}

/**
 * Builds the table once at start.
 *
 * @param concepts phrases by concept, as phrase-grammar.ts says; words may be written in any form the spelling knows; a
 *   phrase given to two concepts belongs to the first
 * @throws Error when a phrase can't be read
 */
export function phraseTable<Concept extends string>(
  concepts: Readonly<Record<Concept, readonly string[]>>,
): PhraseTable<Concept> {
  const places = (Object.keys(concepts) as Concept[]).flatMap((concept, rank) =>
    concepts[concept].flatMap((phrase) => placesOf(phrase, { concept, rank })),
  );
  return { root: { concept: undefined, places, next: undefined }, nodes: new WeakMap() };
}

function nodesBehind<Concept extends string>(
  { places }: Node<Concept>,
  { nodes }: PhraseTable<Concept>,
): ReadonlyMap<string, Node<Concept>> {
  const byWord = new Map<string, Places<End<Concept>>[]>();
  for (const place of places) {
    if (place.word === undefined) continue;
    const behind = byWord.get(place.word);
    if (behind === undefined) byWord.set(place.word, [place.then]);
    else behind.push(place.then);
  }
  return new Map(
    [...byWord].map(([word, behind]) => {
      const [only = []] = behind;
      if (behind.length > 1) return [word, nodeOf([...new Set(behind.flat())])];
      const node = nodes.get(only) ?? nodeOf(only);
      nodes.set(only, node);
      return [word, node];
    }),
  );
}

function nodeOf<Concept>(places: Places<End<Concept>>): Node<Concept> {
  let first: End<Concept> | undefined;
  for (const place of places) {
    if (place.word === undefined && place.end.rank < (first?.rank ?? Infinity)) first = place.end;
  }
  return { concept: first?.concept, places, next: undefined };
}

/** Cues in the order of the text; none begins inside another. */
export function cuesIn<Concept extends string>(
  tokens: readonly Token[],
  from: number,
  to: number,
  table: PhraseTable<Concept>,
): readonly Cue<Concept>[] {
  const cues: Cue<Concept>[] = [];
  let at = from;
  while (at < to) {
    const cue = longestAt(tokens, at, to, table);
    if (cue === undefined) at += 1;
    else {
      cues.push(cue);
      at = cue.to;
    }
  }
  return cues;
}

/** The first of them. */
export function firstCueIn<Concept extends string>(
  tokens: readonly Token[],
  from: number,
  to: number,
  table: PhraseTable<Concept>,
): Cue<Concept> | undefined {
  for (let at = from; at < to; at += 1) {
    const cue = longestAt(tokens, at, to, table);
    if (cue !== undefined) return cue;
  }
  return undefined;
}

function longestAt<Concept extends string>(
  tokens: readonly Token[],
  from: number,
  to: number,
  table: PhraseTable<Concept>,
): Cue<Concept> | undefined {
  let node = table.root;
  let concept: Concept | undefined;
  let end = from;
  for (let at = from; at < to; at += 1) {
    node.next ??= nodesBehind(node, table);
    const next = node.next.get(tokens[at]?.word ?? '');
    if (next === undefined) break;
    node = next;
    if (node.concept === undefined) continue;
    concept = node.concept;
    end = at + 1;
  }
  return concept === undefined ? undefined : { concept, from, to: end };
}
