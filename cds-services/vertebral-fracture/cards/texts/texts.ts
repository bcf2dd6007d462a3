/** The words of the cards by language; a language without one of them does not compile. */
import type { Language } from '../../site.js';
import { el } from './el.js';
import { en, type Texts } from './en.js';

export type { Language, Texts };

const CATALOGUES: Readonly<Record<Language, Texts>> = { en, el };

export function textsIn(language: Language): Texts {
  return CATALOGUES[language];
}
