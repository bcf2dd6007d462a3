/** Phrase matching for short coded texts (names of observations, drugs, diagnoses): whole words, next to each other. */

/** Lower case, American spelling, words separated by single spaces, with one space at each end. */
export function fold(text: string): string {
  const words = text
    .slice(0, 500)
    .toLowerCase()
    .replaceAll('oedema', 'edema')
    .replaceAll('aetiology', 'etiology')
    .replace(/[^a-z0-9%]+/g, ' ');
  return ` ${words.trim()} `;
}

export interface PhraseRule {
  readonly phrases: readonly string[];
  readonly unless?: readonly string[] | undefined;
}

/** True when one of the phrases stands in the folded text and none of the `unless` phrases does. */
export function matches(folded: string, rule: PhraseRule): boolean {
  return containsAny(folded, rule.phrases) && !containsAny(folded, rule.unless ?? []);
}

export function containsAny(folded: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => folded.includes(` ${phrase} `));
}
