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

export interface PhraseFinder<Rule> {
  /** The first rule that `matches`, in the order of the list. */
  readonly find: (folded: string) => Rule | undefined;
}

/** Many rules for many texts: phrases are looked up by their first word, so that most texts cost a look at each word. */
export function phraseFinder<Rule extends PhraseRule>(rules: readonly Rule[]): PhraseFinder<Rule> {
  const byFirstWord = new Map<string, { readonly phrase: string; readonly rule: number }[]>();
  rules.forEach(({ phrases }, rule) => {
    for (const phrase of phrases) {
      const [first = ''] = phrase.split(' ', 1);
      const others = byFirstWord.get(first) ?? [];
      others.push({ phrase: ` ${phrase} `, rule });
      byFirstWord.set(first, others);
    }
  });
  return {
    find: (folded) => {
      const found: number[] = [];
      for (const word of folded.trim().split(' ')) {
        for (const { phrase, rule } of byFirstWord.get(word) ?? []) {
          if (folded.includes(phrase)) found.push(rule);
        }
      }
      return found
        .sort((a, b) => a - b)
        .map((rule) => rules[rule])
        .find((rule) => rule !== undefined && !containsAny(folded, rule.unless ?? []));
    },
  };
}
