/** How old a fracture is said to be: acute, subacute, chronic, healed. */
import { AGE_OF, AGES } from './age-words.js';
import { agedByItself, isBeyondTheDenial, isDated } from './age-predicate.js';
import { fractureOf, narrower } from './attributes.js';
import type { Mention } from './levels.js';
import type { Owner } from './owners.js';
import type { Cue } from './phrases.js';
import { restOfRow, rowBefore } from './rows.js';
import { type Said, value } from './said.js';
import {
  type Concept,
  cuesOfAny,
  distance,
  isBetween,
  quoteOf,
  type ReadSentence,
  sameOwner,
} from './sentence.js';
import { isAtAFracture, STRONG } from './status.js';
import { words } from './word-set.js';

const AGE_CONCEPTS: readonly Concept[] = [...AGES, 'ageIndeterminate'];

/** Every age the sentence gives a fracture as a fact. */
export function agesIn(sentence: ReadSentence): readonly Said[] {
  const all = cuesOfAny(sentence, AGE_CONCEPTS);
  if (all.length === 0) return [];
  return all.flatMap((cue): readonly Said[] => {
    const age = AGE_OF[cue.concept];
    if (age === undefined || isOneOfTwo(sentence, cue, all) || isHedged(sentence, cue)) return [];
    if (age === 'acute' && (isOnlyNewerThan(sentence, cue) || isOfThatTime(sentence, cue))) return [];
    const isOfADate = isDated(sentence, cue);
    if (isOfADate && !isSinceLong(sentence, cue)) return [];
    const context = sentence.contextAt(cue.from);
    if (context.hypothetical) return [];
    const fracture = fractureOf(sentence, cue, 7) ?? agedByItself(sentence, cue) ?? nounOfRow(sentence, cue);
    if (fracture === undefined || isDenied(sentence, cue, fracture)) return [];
    if (context.doubtful && !isOfADoubtfulFracture(sentence, cue, fracture)) return [];
    const own = sentence.ownerAt(cue.from);
    if (isOfAllButOne(sentence, cue, own)) return [];
    const isOwn = own.kind === 'mention' && isNearest(own.mention, cue, fracture);
    const where = isOwn ? own : narrower(own, sentence.ownerAt(fracture.from));
    const quote = quoteOf(sentence, cue, distance(cue, fracture) <= 4 ? fracture : undefined);
    const row = rowOf(sentence, cue, fracture);
    return [
      value('acuity', age, { quote, owner: where }),
      ...row.map((mention) => value('acuity', age, { quote, owner: { kind: 'mention', mention } })),
    ];
  });
}

/** In "old T12 and acute L1 fractures" the age is of the vertebra between it and the noun. */
function isNearest(mention: Mention, cue: Cue, fracture: Cue): boolean {
  return cue.from >= fracture.to || (mention.from >= cue.to && mention.to <= fracture.from);
}

/** The other vertebrae of a row that shares the noun and its age. */
function rowOf(sentence: ReadSentence, cue: Cue, fracture: Cue): readonly Mention[] {
  const own = sentence.ownerAt(fracture.from);
  const before = own.kind === 'mention' ? rowBefore(sentence, fracture, own.mention) : [];
  const first = before.at(-1);
  if (own.kind !== 'mention' || first === undefined)
    return cue.from >= fracture.to ? [] : restOfRow(sentence, fracture);
  if (cue.from >= fracture.to) return before;
  const isOfAll = cue.to === first.from && !isDescribed(sentence, first.to, own.mention.from);
  return isOfAll ? [own.mention, ...before.slice(0, -1)] : [];
}

/** "Acute T6 A1, T12 A3 and L1 A2 fractures": the noun of the row that begins behind the age. */
function nounOfRow(sentence: ReadSentence, cue: Cue): Cue<Concept> | undefined {
  const first = sentence.mentions.find(({ from }) => from === cue.to);
  if (first === undefined) return undefined;
  return cuesOfAny(sentence, STRONG).find((noun) => {
    const own = sentence.ownerAt(noun.from);
    return own.kind === 'mention' && rowBefore(sentence, noun, own.mention).includes(first);
  });
}

/** An adjective stands among the vertebrae of the row, which belongs to one of them. */
function isDescribed(sentence: ReadSentence, from: number, to: number): boolean {
  return sentence.cues.some((cue) => cue.from >= from && cue.to <= to && DESCRIBES.has(cue.concept));
}

const DESCRIBES: ReadonlySet<Concept> = new Set<Concept>([
  ...AGES,
  'severityMinimal',
  'severityMild',
  'severityModerate',
  'severitySevere',
]);

function isDenied(sentence: ReadSentence, cue: Cue<Concept>, fracture: Cue<Concept>): boolean {
  const context = sentence.contextAt(cue.from);
  if (sentence.contextAt(fracture.from).denied !== 'no') return !isAtAFracture(sentence, fracture);
  return context.denied !== 'no' && !isBeyondTheDenial(sentence, cue, context);
}

const EXCEPTS = words(`
  except excepting apart aside save barring
`);

/** "all chronic except the middle one": nobody says of which ones in words the reader knows. */
function isOfAllButOne(sentence: ReadSentence, { to }: Cue, own: Owner): boolean {
  const isKnown = own.kind === 'mention' && !sentence.mentions.includes(own.mention);
  return EXCEPTS.has(sentence.wordAt(to)) && !isKnown;
}

const YEAR = /^(19|20)\d\d$/;

/** "has been there since 2016", not since last week */
function isSinceLong(sentence: ReadSentence, { to }: Cue): boolean {
  for (let at = to; at < Math.min(sentence.to, to + 4); at += 1)
    if (YEAR.test(sentence.wordAt(at))) return true;
  return false;
}

const PERHAPS = words(`
  likely probable probably possible possibly presumably presumed perhaps potentially favor suspected
  questionable questionably
  apparently seemingly maybe suggests ?
`);

/** "probably old", "likely acute": how old it is is in doubt. */
function isHedged(sentence: ReadSentence, cue: Cue): boolean {
  return PERHAPS.has(sentence.wordAt(cue.from - 1)) && !isOfADoubtedNoun(sentence, cue);
}

const DOUBTS_A_NOUN = words(`
  probable possible suspected questionable
`);

/** "Probable old fracture of T9": the adjective doubts the fracture; in "probably old" the age. */
function isOfADoubtedNoun(sentence: ReadSentence, cue: Cue): boolean {
  const isAdjective = DOUBTS_A_NOUN.has(sentence.wordAt(cue.from - 1));
  return isAdjective && cuesOfAny(sentence, STRONG).some(({ from }) => from >= cue.to && from <= cue.to + 1);
}

/** "may represent an acute fracture": whether there is one is in doubt; if there is, it is an acute one. */
function isOfADoubtfulFracture(sentence: ReadSentence, cue: Cue, fracture: Cue): boolean {
  const { doubtful, doubtAt } = sentence.contextAt(fracture.from);
  if (doubtAt === undefined || doubtAt > cue.from || sentence.wordAt(doubtAt) === 'whether') return false;
  if (['or', '/'].includes(sentence.wordAt(fracture.to))) return false;
  const isAttribute = cue.to <= fracture.from && distance(cue, fracture) <= 2;
  const isDoubtedItself =
    ['a', 'an', 'for', 'minor'].includes(sentence.wordAt(cue.from - 1)) || isOfADoubtedNoun(sentence, cue);
  return doubtful && isAttribute && isDoubtedItself;
}

const EITHER: ReadonlySet<string> = new Set(['or', 'to', '/', 'versus', 'vs', '-']);

/** "acute or subacute", "acute to subacute", "age-indeterminate": none of them is said. */
function isOneOfTwo(sentence: ReadSentence, cue: Cue<Concept>, all: readonly Cue<Concept>[]): boolean {
  return all.some((other) => {
    if (other === cue || !sameOwner(sentence, cue, other)) return false;
    if (other.concept === 'ageIndeterminate') return distance(cue, other) <= 12;
    return distance(cue, other) <= 2 && isBetween(sentence, cue, other, EITHER);
  });
}

/** "acute at the time, now healing" */
function isOfThatTime({ wordAt }: ReadSentence, { to }: Cue): boolean {
  return wordAt(to) === 'at' && (wordAt(to + 2) === 'time' || wordAt(to + 1) === 'presentation');
}

const NEWER_THAN: ReadonlySet<string> = new Set(['since', 'from', 'compared', 'versus', 'when', 'than']);
const BEGINS_A_COMPARISON = words(`
  since compared comparing relative
`);
const LONGEST_COMPARISON = 16;

/** "new since the previous examination": how old it is depends on a date the words alone don't give. */
function isOnlyNewerThan(sentence: ReadSentence, cue: Cue): boolean {
  if (!['new', 'recent', 'newly', 'interval'].includes(sentence.wordAt(cue.from))) return false;
  const isOfAnInterval = cue.to - cue.from > 1 && holds(sentence, cue, 'interval');
  if (isOfAnInterval || BEGINS_A_COMPARISON.has(sentence.wordAt(sentence.from))) return true;
  for (let at = cue.to; at < Math.min(sentence.to, cue.to + LONGEST_COMPARISON); at += 1) {
    if (sentence.wordAt(at) === ';') return false;
    if (NEWER_THAN.has(sentence.wordAt(at))) return true;
  }
  return false;
}

function holds(sentence: ReadSentence, { from, to }: Cue, word: string): boolean {
  for (let at = from; at < to; at += 1) if (sentence.wordAt(at) === word) return true;
  return false;
}
