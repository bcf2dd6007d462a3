/** One spelling for each word: plural, British, abbreviated and mistyped forms become the word the phrases are written in. */
import { reportSpelling } from '../../knowledge.js';

const FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries(reportSpelling.forms).flatMap(([word, forms]) => [
    [word, word] as const,
    ...forms.map((form) => [form, word] as const),
  ]),
);

/** Words short of one letter, each with the words they may have been. */
const SHORTENED: ReadonlyMap<string, readonly string[]> = shortenedForms(reportSpelling.mended);
const SHORTEST_MENDED = Math.min(...reportSpelling.mended.map((word) => word.length));
const LONGEST_MENDED = Math.max(...reportSpelling.mended.map((word) => word.length));

/** Correct words that are one keystroke from another one. */
const NOT_MISTYPED: ReadonlySet<string> = new Set([
  ...reportSpelling.mended,
  'vertebrate',
  'possibly',
  'compressive',
  'interior',
  'ulterior',
  'collapsable',
]);

/**
 * The word the phrases are written in.
 * @param lower the word as written, in lower case
 */
export function canonicalWord(lower: string): string {
  const known = FORMS.get(lower);
  if (known !== undefined) return known;
  const mayBeMistyped = lower.length >= SHORTEST_MENDED - 1 && lower.length <= LONGEST_MENDED + 1;
  return mayBeMistyped ? mendedWord(lower) : lower;
}

function mendedWord(lower: string): string {
  if (NOT_MISTYPED.has(lower)) return lower;
  for (const candidate of candidatesFor(lower)) {
    if (isOneKeystrokeAway(lower, candidate)) return FORMS.get(candidate) ?? candidate;
  }
  return lower;
}

function candidatesFor(lower: string): readonly string[] {
  const found = new Set(SHORTENED.get(lower));
  for (let at = 0; at < lower.length; at += 1) {
    const shortened = without(lower, at);
    for (const word of SHORTENED.get(shortened) ?? []) found.add(word);
  }
  return [...found];
}

function shortenedForms(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const forms = new Map<string, string[]>();
  for (const word of words) {
    for (const form of [word, ...Array.from(word, (_, at) => without(word, at))]) {
      forms.set(form, [...(forms.get(form) ?? []), word]);
    }
  }
  return forms;
}

function without(word: string, at: number): string {
  return word.slice(0, at) + word.slice(at + 1);
}

/** One letter more, one less, another one, or two neighbours swapped. */
function isOneKeystrokeAway(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  const restA = a.slice(from);
  const restB = b.slice(from);
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.length > 1 && `${restA.charAt(1)}${restA.charAt(0)}${restA.slice(2)}` === restB)
  );
}
