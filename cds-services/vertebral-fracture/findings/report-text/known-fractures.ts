/** Vertebrae told to be fractured so far: "the others are old", "all of these fractures are acute" are said of them. */
import { LEVELS, type Level } from '../level.js';
import type { Placed } from './placed.js';
import type { Said, SaidValue } from './said.js';
import type { Section } from './sections.js';
import { AGES } from './age-words.js';
import { countOf } from './counts.js';
import { cuesOf, cuesOfAny, type ReadSentence } from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

/** Words of "the others are all old", from the first to the age. */
const OF_THE_OTHERS = words(`
  the other others remaining rest of them these two three four five one both all fracture fractures
  deformity compression wedge vertebral is are appears looks remains being
`);
/** Words of "all of the thoracic compression fractures are acute", from the first to past the noun. */
const NOUNS_OF_ALL = words(`
  fracture deformity
`);
const OF_ALL = words(`
  all of the these those both two three four five six 2 3 4 5 6 vertebral thoracic lumbar dorsal spinal
  compression wedge osteoporotic insufficiency fragility fracture is are appears looks being described known
  above
`);

export class KnownFractures {
  #section: Section | undefined;
  readonly #fractured = new Map<Level, Section>();
  /** Levels this section has given an age or a change to. */
  readonly #told = new Set<Level>();
  /** Ages told anywhere. */
  readonly #aged = new Map<Level, unknown>();

  enter(section: Section): void {
    if (section !== this.#section) this.#told.clear();
    this.#section = section;
  }

  note(placed: readonly Placed[]): void {
    for (const { said, level, section } of placed)
      if (level !== undefined && said.kind === 'status') this.#noteStatus(said.status, level, section);
  }

  /**
   * At the end of a sentence. A vertebra with a word of age beside it, read or not ("new since 2020"), is none of the
   * others.
   */
  leave(placed: readonly Placed[], sentence: ReadSentence): void {
    for (const { said, level } of placed) {
      if (level === undefined || said.kind === 'status') continue;
      if (said.finding.name === 'acuity') {
        this.#told.add(level);
        this.#aged.set(level, said.finding.value);
      } else if (said.finding.name === 'progression') this.#told.add(level);
    }

    for (const cue of cuesOfAny(sentence, AGES)) {
      const owner = sentence.ownerAt(cue.from);
      if (owner.kind === 'mention' && owner.mention.levels.length === 1)
        for (const level of owner.mention.levels) this.#told.add(level);
    }
  }

  #noteStatus(status: string, level: Level, section: Section): void {
    if (status === 'present') this.#fractured.set(level, section);
    if (status === 'absent') this.#fractured.delete(level);
  }

  /** "The L2 fracture is acute, the others are old.": the fractured ones nothing was said of yet. */
  others(said: Said, sentence: ReadSentence, topic: readonly Level[]): readonly Level[] {
    if (!isOfAgeOrChange(said)) return [];
    const cue = cuesOf(sentence, 'others', 'someOf').findLast(({ from }) => from < said.quote.to);
    if (cue === undefined || !isPredicate(sentence, said)) return [];
    if (!consistsOf(sentence, cue.from, said.quote.to, OF_THE_OTHERS, said)) return [];
    const named = new Set(sentence.mentions.flatMap(({ levels }) => levels));
    const isLeft = (level: Level) => !this.#told.has(level) && !named.has(level);
    const isIn = (section: Section) => section === this.#section;
    const all = this.#levels(isIn).some(isLeft) ? this.#levels(isIn) : this.#levels(() => true);
    const isTopic = topic.length < all.length;
    const left = all.filter((level) => isLeft(level) && !(isTopic && topic.includes(level)));
    if (left.length === all.length) return [];
    const count = countIn(sentence, cue.from, said.quote.to);
    return count === undefined || count === left.length ? left : [];
  }

  /** "All of these fractures are acute.", "Two old fractures." at the end of a report that describes two. */
  all(said: Said, sentence: ReadSentence): readonly Level[] {
    if (said.kind !== 'value' || said.finding.name !== 'acuity' || sentence.mentions.length > 0) return [];
    const { value } = said.finding;
    const { from, to } = said.quote;
    const start = startOf(sentence, from);
    if (!sentence.tokens.slice(start, to + 1).some(({ word, plural }) => plural && NOUNS_OF_ALL.has(word)))
      return [];
    if (!consistsOf(sentence, start, to, OF_ALL, said)) return [];
    const region = regionIn(sentence, start, to);
    const levels = this.#levels(() => true).filter(
      (level) => region === undefined || level.startsWith(region),
    );
    const count = countIn(sentence, start, to);
    const isAll = sentence.wordAt(start) === 'all' || count === levels.length;
    const agrees = levels.every((level) => (this.#aged.get(level) ?? value) === value);
    return isAll && agrees ? levels : [];
  }

  #levels(isIn: (section: Section) => boolean): readonly Level[] {
    return LEVELS.filter((level) => {
      const section = this.#fractured.get(level);
      return section !== undefined && isIn(section);
    });
  }
}

function isOfAgeOrChange(said: Said): said is SaidValue {
  return said.kind === 'value' && (said.finding.name === 'acuity' || said.finding.name === 'progression');
}

/** "the others are old", not "other old fractures" */
function isPredicate(sentence: ReadSentence, { quote }: Said): boolean {
  const says = sentence.cues.find(({ concept, from }) => from >= quote.from && SAYS.has(concept));
  return (
    says !== undefined &&
    !cuesOfAny(sentence, STRONG_OR_WEAK).some(({ from }) => from >= says.to && from <= says.to + 2)
  );
}

/** True when between two tokens stand words of the list and what says it alone. */
function consistsOf(
  sentence: ReadSentence,
  from: number,
  to: number,
  list: ReadonlySet<string>,
  { quote }: Said,
): boolean {
  for (let at = from; at < to; at += 1) {
    const isOfAge = sentence.cues.some(
      (cue) => at >= cue.from && at < cue.to && cue.from >= quote.from && SAYS.has(cue.concept),
    );
    if (!isOfAge && !list.has(sentence.wordAt(at))) return false;
  }
  return true;
}

const SAYS: ReadonlySet<string> = new Set([
  ...AGES,
  'unchanged',
  'notProgressed',
  'noneChanged',
  'progressed',
]);

/** The first word of the row of plain words that leads to a token. */
function startOf(sentence: ReadSentence, to: number): number {
  let from = to;
  while (from > sentence.from && OF_ALL.has(sentence.wordAt(from - 1))) from -= 1;
  return from;
}

function countIn(sentence: ReadSentence, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    const word = sentence.wordAt(at);
    const count = word === 'both' ? 2 : countOf(word);
    if (count !== undefined) return count;
  }
  return undefined;
}

function regionIn(sentence: ReadSentence, from: number, to: number): 'T' | 'L' | undefined {
  for (let at = from; at < to; at += 1) {
    const word = sentence.wordAt(at);
    if (word === 'thoracic' || word === 'dorsal') return 'T';
    if (word === 'lumbar') return 'L';
  }
  return undefined;
}
