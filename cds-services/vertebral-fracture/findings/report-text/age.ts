/** How old a fracture is said to be: acute, subacute, chronic, healed. */
import type { Acuity } from '../finding.js';
import { fractureOf, isNarrower, narrower } from './attributes.js';
import type { Cue } from './phrases.js';
import { restOfRow } from './rows.js';
import { type Said, value } from './said.js';
import {
  type Concept,
  cuesOf,
  distance,
  isBetween,
  quoteOf,
  type ReadSentence,
  sameOwner,
} from './sentence.js';
import { STRONG, WEAK } from './status.js';
import { words } from './word-set.js';

const AGES: Readonly<Partial<Record<Concept, Acuity>>> = {
  acute: 'acute',
  subacute: 'subacute',
  chronic: 'chronic',
  healed: 'healed',
  acuteOnChronic: 'acute-on-chronic',
};
const AGE_CONCEPTS: readonly Concept[] = [...(Object.keys(AGES) as Concept[]), 'ageIndeterminate'];

/** Every age the sentence gives a fracture as a fact. */
export function agesIn(sentence: ReadSentence): readonly Said[] {
  const all = cuesOf(sentence, ...AGE_CONCEPTS);
  return all.flatMap((cue): readonly Said[] => {
    const age = AGES[cue.concept];
    if (age === undefined || isOneOfTwo(sentence, cue, all) || isHedged(sentence, cue)) return [];
    if (age === 'acute' && isOnlyNewerThan(sentence, cue)) return [];
    if (sentence.wordAt(cue.to - 1) === 'since' && !isSinceLong(sentence, cue)) return [];
    const context = sentence.contextAt(cue.from);
    if (context.hypothetical || context.denied !== 'no') return [];
    const fracture = fractureOf(sentence, cue, 7) ?? agedByItself(sentence, cue);
    if (fracture === undefined || sentence.contextAt(fracture.from).denied !== 'no') return [];
    if (context.doubtful && !isOfADoubtfulFracture(sentence, cue, fracture)) return [];
    const own = sentence.ownerAt(cue.from);
    const isOfAGroup = own.kind === 'mention' && !sentence.mentions.includes(own.mention);
    const quote = quoteOf(sentence, cue, distance(cue, fracture) <= 4 ? fracture : undefined);
    const row = cue.to <= fracture.from ? restOfRow(sentence, fracture) : [];
    return [
      value('acuity', age, {
        quote,
        owner: isOfAGroup ? own : narrower(own, sentence.ownerAt(fracture.from)),
      }),
      ...row.map((mention) => value('acuity', age, { quote, owner: { kind: 'mention', mention } })),
    ];
  });
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
  return PERHAPS.has(sentence.wordAt(cue.from - 1));
}

/** "may represent an acute fracture": whether there is one is in doubt; if there is, it is an acute one. */
function isOfADoubtfulFracture(sentence: ReadSentence, cue: Cue, fracture: Cue): boolean {
  const { doubtful, doubtAt } = sentence.contextAt(fracture.from);
  if (doubtAt === undefined || doubtAt > cue.from || sentence.wordAt(doubtAt) === 'whether') return false;
  if (['or', '/'].includes(sentence.wordAt(fracture.to))) return false;
  const isAttribute = cue.to <= fracture.from && distance(cue, fracture) <= 2;
  return doubtful && isAttribute && ['a', 'an', 'for', 'minor'].includes(sentence.wordAt(cue.from - 1));
}

const ENDS = words(`
  , . in ) ; and with without appearing but since there here by on from shows
`);
/** "There is an old one at L2" */
const ARTICLES = words(`
  a an the
`);
const BEFORE_A_PREDICATE = words(`
  is are appears remains : , as be has have still now also looks therefore so hence thus
`);

/** "It is acute", "L1: acute", "..., old." : the part of the sentence names a fracture, or what was spoken of is one. */
function agedByItself(sentence: ReadSentence, cue: Cue<Concept>): Cue<Concept> | undefined {
  const isOne =
    sentence.wordAt(cue.to) === 'one' &&
    (ARTICLES.has(sentence.wordAt(cue.from - 1)) || cue.from === sentence.from);
  const next = sentence.wordAt(isOne ? cue.to + 1 : cue.to);
  if (next !== '' && !ENDS.has(next)) return undefined;
  if (isOne) return cuesOf(sentence, ...STRONG, ...WEAK).length > 0 ? undefined : cue;
  const before = sentence.wordAt(cue.from - 1);
  const own = cuesOf(sentence, ...STRONG, ...WEAK).findLast(
    (other) =>
      other.to <= cue.from &&
      sameOwner(sentence, other, cue) &&
      !isNarrower(sentence.ownerAt(cue.from), sentence.ownerAt(other.from)),
  );
  if (own !== undefined && before !== 'still') return isApposed(sentence, cue) ? own : undefined;
  const owner = sentence.ownerAt(cue.from);
  const isAfterName =
    (owner.kind === 'rest' && owner.rest.to === cue.from) ||
    ['former', 'latter', 'both'].includes(before) ||
    sentence.mentions.some(({ to }) => to === (before === '(' ? cue.from - 1 : cue.from));
  const isLastOfARow = before === 'and' && ['', '.'].includes(next);
  const isPredicate =
    isAfterName || BEFORE_A_PREDICATE.has(before) || isLastOfARow || cue.from === sentence.from;
  return isPredicate ? cue : undefined;
}

const APPOSED_TO_NOTHING_ELSE = words(`
  disc canal cord nodule hematoma pain cyst hemorrhage tear infarct effusion thrombus
`);
const LONGEST_APPOSITION = 16;

/** "wedge fracture without oedema on STIR, old." and "... lacks oedema and is old" still speak of the fracture. */
function isApposed(sentence: ReadSentence, cue: Cue): boolean {
  const [first, second] = [sentence.wordAt(cue.from - 2), sentence.wordAt(cue.from - 1)];
  const isVerb = (second === 'is' || second === 'are') && (first === 'and' || first === ',');
  const isAside = second === ',' || (second === 'now' && first === ',');
  if (!isVerb && !isAside) return false;
  for (let at = cue.from - 1; at >= Math.max(sentence.from, cue.from - LONGEST_APPOSITION); at -= 1)
    if (APPOSED_TO_NOTHING_ELSE.has(sentence.wordAt(at))) return false;
  return true;
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

const NEWER_THAN: ReadonlySet<string> = new Set(['since', 'from', 'compared', 'versus', 'when', 'than']);
const LONGEST_COMPARISON = 16;

/** "new since the previous examination": how old it is depends on a date the words alone don't give. */
function isOnlyNewerThan(sentence: ReadSentence, cue: Cue): boolean {
  if (!['new', 'recent', 'newly', 'interval'].includes(sentence.wordAt(cue.from))) return false;
  for (let at = cue.to; at < Math.min(sentence.to, cue.to + LONGEST_COMPARISON); at += 1) {
    if (sentence.wordAt(at) === ';') return false;
    if (NEWER_THAN.has(sentence.wordAt(at))) return true;
  }
  return false;
}
