/** Lists of words, written as text. */

/** The words between the blanks and line ends of a text. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
