/** How many a word says there are: "two", "3". */
const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

const COUNTS: ReadonlyMap<string, number> = new Map(
  NUMBERS.flatMap((word, index) => [
    [word, index + 2],
    [String(index + 2), index + 2],
  ]),
);

/** From two to eight; undefined for any other word. */
export function countOf(word: string): number | undefined {
  return COUNTS.get(word);
}
