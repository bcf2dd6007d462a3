/**
 * Phrases as they stand in the lexicon: `(a|b)` is a choice, `[a]` may be left out; both may hold several words, and nest.
 */
import { canonicalWord } from './spelling.js';

/** A word of a phrase and what may come behind it, or the end of the phrase. */
export type Place<End> =
  { readonly word: string; readonly then: Places<End> } | { readonly word: undefined; readonly end: End };
export type Places<End> = readonly Place<End>[];

/**
 * The words a phrase may begin with, each with those that may follow it, as far as `end`.
 *
 * @throws Error when the phrase can't be read or has no word
 */
export function placesOf<End>(phrase: string, end: End): Places<End> {
  const parts = phrase.match(/[()[\]|]|[^()[\]|\s]+/g) ?? [];
  const { choice, at } = choiceAt(parts, 0);
  if (at !== parts.length) throw new Error(`"${phrase}" is no phrase`);
  const begin = before(choice, [{ word: undefined, end }]).filter(({ word }) => word !== undefined);
  if (begin.length === 0) throw new Error(`"${phrase}" is no phrase`);
  return begin;
}

/** One of several rows of elements; an element is a word or a choice again. */
type Choice = readonly Row[];
type Row = readonly (string | Choice)[];

function choiceAt(parts: readonly string[], start: number): { readonly choice: Choice; readonly at: number } {
  let { row, at } = rowAt(parts, start);
  const choice = [row];
  while (parts[at] === '|') {
    ({ row, at } = rowAt(parts, at + 1));
    choice.push(row);
  }
  return { choice, at };
}

function rowAt(parts: readonly string[], start: number): { row: Row; at: number } {
  const row: (string | Choice)[] = [];
  let at = start;
  for (let part = parts[at]; part !== undefined && !')]|'.includes(part); part = parts[at]) {
    if (part !== '(' && part !== '[') {
      row.push(canonicalWord(part));
      at += 1;
      continue;
    }
    const inner = choiceAt(parts, at + 1);
    const closing = part === '(' ? ')' : ']';
    if (parts[inner.at] !== closing) throw new Error(`"${parts.join(' ')}" lacks a "${closing}"`);
    row.push(part === '[' ? [[], ...inner.choice] : inner.choice);
    at = inner.at + 1;
  }
  return { row, at };
}

/** From the last element to the first, so that all ways to one place share what comes behind it. */
function before<End>(choice: Choice, then: Places<End>): Places<End> {
  if (choice.length === 1) return beforeRow(choice[0] ?? [], then);
  return [...new Set(choice.flatMap((row) => beforeRow(row, then)))];
}

function beforeRow<End>(row: Row, then: Places<End>): Places<End> {
  return row.reduceRight<Places<End>>(
    (behind, element) =>
      typeof element === 'string' ? [{ word: element, then: behind }] : before(element, behind),
    then,
  );
}
