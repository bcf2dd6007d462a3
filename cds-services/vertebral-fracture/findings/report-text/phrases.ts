/** Finds the phrases of the lexicon in a row of words: the longest one that starts at each word, in one pass. */
import { canonicalWord } from './spelling.js';
import type { Token } from './tokens.js';

/** A phrase found: its concept and the tokens it covers, from the first to past the last. */
export interface Cue<Concept extends string = string> {
  readonly concept: Concept;
  readonly from: number;
  readonly to: number;
}

interface Node<Concept> {
  readonly next: Map<string, Node<Concept>>;
  concept: Concept | undefined;
}

export interface PhraseTable<Concept extends string> {
  readonly root: Node<Concept>;
}

/**
 * Builds the table once at start.
 * @param concepts phrases by concept; `(a|b)` is a choice, `[a]` may be left out, both may hold several words and nest
 *   words may be written in any form the spelling knows; a phrase given to two concepts belongs to the first
 * @throws Error when a phrase can't be read
 */
export function phraseTable<Concept extends string>(
  concepts: Readonly<Record<Concept, readonly string[]>>,
): PhraseTable<Concept> {
  const root: Node<Concept> = { next: new Map(), concept: undefined };
  for (const concept of Object.keys(concepts) as Concept[]) {
    for (const phrase of concepts[concept]) {
      for (const words of expand(phrase)) add(root, words, concept);
    }
  }
  return { root };
}

function add<Concept extends string>(root: Node<Concept>, words: readonly string[], concept: Concept): void {
  let node = root;
  for (const written of words) {
    const word = canonicalWord(written);
    const next = node.next.get(word) ?? { next: new Map(), concept: undefined };
    node.next.set(word, next);
    node = next;
  }
  node.concept ??= concept;
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
    const cue = longestAt(tokens, at, to, table.root);
    if (cue === undefined) at += 1;
    else {
      cues.push(cue);
      at = cue.to;
    }
  }
  return cues;
}

function longestAt<Concept extends string>(
  tokens: readonly Token[],
  from: number,
  to: number,
  root: Node<Concept>,
): Cue<Concept> | undefined {
  let node = root;
  let longest: Cue<Concept> | undefined;
  for (let at = from; at < to; at += 1) {
    const next = node.next.get(tokens[at]?.word ?? '');
    if (next === undefined) break;
    node = next;
    if (node.concept !== undefined) longest = { concept: node.concept, from, to: at + 1 };
  }
  return longest;
}

type Words = readonly string[];

/** Every row of words a phrase stands for: "[marrow] (edema|signal)" is four. */
export function expand(phrase: string): readonly Words[] {
  const parts = phrase.match(/[()[\]|]|[^()[\]|\s]+/g) ?? [];
  const { rows, at } = choices(parts, 0);
  const expanded = rows.filter((words) => words.length > 0);
  if (at !== parts.length || expanded.length === 0) throw new Error(`"${phrase}" is no phrase`);
  return expanded;
}

function choices(parts: readonly string[], start: number): { rows: readonly Words[]; at: number } {
  const all: Words[] = [];
  let { rows, at } = row(parts, start);
  all.push(...rows);
  while (parts[at] === '|') {
    ({ rows, at } = row(parts, at + 1));
    all.push(...rows);
  }
  return { rows: all, at };
}

function row(parts: readonly string[], start: number): { rows: readonly Words[]; at: number } {
  let rows: readonly Words[] = [[]];
  let at = start;
  for (let part = parts[at]; part !== undefined && !')]|'.includes(part); part = parts[at]) {
    if (part !== '(' && part !== '[') {
      const word = part;
      rows = rows.map((words) => [...words, word]);
      at += 1;
      continue;
    }
    const inner = choices(parts, at + 1);
    const closing = part === '(' ? ')' : ']';
    if (parts[inner.at] !== closing) throw new Error(`"${parts.join(' ')}" lacks a "${closing}"`);
    const options = part === '[' ? [[], ...inner.rows] : inner.rows;
    rows = rows.flatMap((words) => options.map((option) => [...words, ...option]));
    at = inner.at + 1;
  }
  return { rows, at };
}
