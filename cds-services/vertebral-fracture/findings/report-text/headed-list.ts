/** "Acute fractures:" over a list of vertebrae: what the heading says is said of each of them. */
import { AGE_OF, AGES } from './age-words.js';
import type { Acuity } from '../finding.js';
import type { Mention } from './levels.js';
import { type Said, value } from './said.js';
import type { Section } from './sections.js';
import { type Concept, cuesOf, cuesOfAny, type ReadSentence } from './sentence.js';
import { STRONG, STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

const OF_A_HEADING = words(`
  the vertebral compression osteoporotic insufficiency fragility traumatic thoracic lumbar thoracolumbar
  fracture deformity multiple several new two three four five six 2 3 4 5 6 ( )
`);

/** Follows a report from heading to heading. */
export class HeadedLists {
  #age: Acuity | undefined;
  #section: Section | undefined;

  /** What the heading above the sentence, or in it, says of the vertebrae the sentence lists. */
  follow(sentence: ReadSentence, section: Section): readonly Said[] {
    if (section !== this.#section || !isItem(sentence)) this.#age = ageOfHeading(sentence);
    this.#section = section;
    if (this.#age === undefined) return [];
    return isItem(sentence) ? saidByHeading(sentence, this.#age) : listedUnder(sentence, this.#age);
  }
}

/** "Acute fractures:" alone speaks of no vertebra named before. */
export function isBareHeading(sentence: ReadSentence): boolean {
  return sentence.wordAt(sentence.to - 1) === ':' && ageOfHeading(sentence) !== undefined;
}

/** The age a heading gives to the vertebrae below it. */
function ageOfHeading(sentence: ReadSentence): Acuity | undefined {
  const end = firstColon(sentence);
  const [age, another] = cuesOfAny(sentence, AGES).filter(({ to }) => to <= end);
  if (age === undefined || another !== undefined || !isOnlyAHeading(sentence, end)) return undefined;
  const [listed] = sentence.mentions;
  if (listed !== undefined && listed.from !== end + 1) return undefined;
  const noun = cuesOfAny(sentence, STRONG).find(({ from, to }) => from >= age.to && to <= end);
  const isPlural = noun !== undefined && sentence.tokens[noun.to - 1]?.plural === true;
  return isPlural ? AGE_OF[age.concept] : undefined;
}

function firstColon(sentence: ReadSentence): number {
  for (let at = sentence.from; at < sentence.to; at += 1) if (sentence.wordAt(at) === ':') return at;
  return sentence.from;
}

function isOnlyAHeading(sentence: ReadSentence, end: number): boolean {
  for (let at = sentence.from; at < end; at += 1) {
    const isKnown = sentence.cues.some(({ from, to, concept }) => {
      const isOfIt = STRONG.includes(concept) || AGES.includes(concept);
      return isOfIt && at >= from && at < to;
    });
    if (!isKnown && !OF_A_HEADING.has(sentence.wordAt(at))) return false;
  }
  return end > sentence.from;
}

/** True for an item of such a list: it begins with its vertebra. */
function isItem(sentence: ReadSentence): boolean {
  const [first] = sentence.mentions;
  return first?.kind === 'vertebrae' && first.from === sentence.from;
}

/** "Old fractures: T6 mild; T8 moderate.": heading and list are one sentence. */
function listedUnder(sentence: ReadSentence, age: Acuity): readonly Said[] {
  const [first] = sentence.mentions;
  if (first === undefined || cuesOfAny(sentence, AGES).length > 1) return [];
  const items = sentence.mentions.filter(
    (mention) => mention === first || SEPARATORS.has(sentence.wordAt(mention.from - 1)),
  );
  const isOfVertebrae = items.every(({ kind }) => kind === 'vertebrae');
  if (!isOfVertebrae || items.length < 2 || isOpen(sentence)) return [];
  return items.flatMap((mention) => saidOf(mention, age));
}

const SEPARATORS: ReadonlySet<string> = new Set([',', ';', 'and', '-', '--']);

const OTHERWISE: readonly Concept[] = ['mimic', 'heightKept', 'noNew'];

/** What the heading says of the vertebra of an item that says nothing else of its age. */
function saidByHeading(sentence: ReadSentence, age: Acuity): readonly Said[] {
  const [mention] = sentence.mentions;
  const isAged = cuesOf(sentence, ...AGES, 'ageIndeterminate').length > 0;
  if (mention === undefined || isAged || isOpen(sentence)) return [];
  return saidOf(mention, age);
}

/** Something is denied or in doubt, or is no fracture. */
function isOpen(sentence: ReadSentence): boolean {
  if (cuesOfAny(sentence, OTHERWISE).length > 0) return true;
  return cuesOfAny(sentence, STRONG_OR_WEAK).some(({ from }) => {
    const { denied, doubtful, hypothetical } = sentence.contextAt(from);
    return denied !== 'no' || doubtful || hypothetical;
  });
}

function saidOf(mention: Mention, age: Acuity): readonly Said[] {
  const where = {
    quote: { from: mention.from, to: mention.to },
    owner: { kind: 'mention', mention } as const,
  };
  return [{ kind: 'status', status: 'present', ...where }, value('acuity', age, where)];
}
