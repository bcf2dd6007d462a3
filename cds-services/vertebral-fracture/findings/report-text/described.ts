/** "The burst has no retropulsion", "the old one shows no oedema": of several fractures the one that was told to be so. */
import type { Level } from '../level.js';
import type { Placed } from './placed.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  burst: ['burst'],
  wedge: ['wedge'],
  crush: ['crush'],
  biconcave: ['biconcave'],
  old: ['chronic', 'healed'],
  older: ['chronic', 'healed'],
  chronic: ['chronic', 'healed'],
  healed: ['healed'],
  acute: ['acute'],
  new: ['acute'],
  newer: ['acute'],
  recent: ['acute'],
  fresh: ['acute'],
  subacute: ['subacute'],
};
const ARTICLES = words(`
  the this that
`);
const BEFORE_THEM = words(`
  in at of
`);
const NOUNS = words(`
  fracture one deformity compression vertebra level wedge osteoporotic thoracic lumbar vertebral body
`);
const GO_ON = words(`
  is has shows demonstrates with without does remains appears , ; itself
`);
const LONGEST_NOUN = 4;

export class DescribedFractures {
  readonly #kinds = new Map<Level, Set<string>>();

  clear(): void {
    this.#kinds.clear();
  }

  note(placed: readonly Placed[]): void {
    for (const { said, level } of placed) {
      if (level === undefined || said.kind === 'status') continue;
      const { name, value } = said.finding;
      if (name !== 'morphology' && name !== 'acuity') continue;
      const known = this.#kinds.get(level) ?? new Set();
      this.#kinds.set(level, known.add(value));
    }
  }

  /** @returns the vertebra the sentence means, `'unclear'` where several may be meant, `undefined` where it describes none */
  meantIn(sentence: ReadSentence): Level | 'unclear' | undefined {
    const kinds = kindsIn(sentence);
    if (kinds === undefined) return undefined;
    const meant = [...this.#kinds].filter(([, known]) => kinds.some((kind) => known.has(kind)));
    const [only] = meant;
    if (only === undefined) return undefined;
    return meant.length === 1 ? only[0] : 'unclear';
  }
}

/** What the fracture is told to be, where the sentence, or its last words, name one so. */
function kindsIn(sentence: ReadSentence): readonly string[] | undefined {
  if (sentence.mentions.length > 0) return undefined;
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const isFirst = at === sentence.from || BEFORE_THEM.has(sentence.wordAt(at - 1));
    if (!isFirst || !ARTICLES.has(sentence.wordAt(at))) continue;
    const word = sentence.wordAt(at + 1);
    const kinds = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
    if (kinds !== undefined && endsThere(sentence, at + 2)) return kinds;
  }
  return undefined;
}

function endsThere({ wordAt, tokens, to }: ReadSentence, start: number): boolean {
  let at = start;
  while (at < start + LONGEST_NOUN && NOUNS.has(wordAt(at)) && tokens[at]?.plural !== true) at += 1;
  return at >= to || GO_ON.has(wordAt(at)) || tokens[at]?.kind === 'sign';
}
