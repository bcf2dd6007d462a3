/** A cause told behind the fracture: "collapse of T7 from plasmacytoma", "fractures in keeping with osteoporosis", "fracture of L3, acute, traumatic". */
import type { Aetiology } from '../finding.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { type Concept, cuesOf, cuesOfAny, polarityOf, type ReadSentence, sameOwner } from './sentence.js';
import { STRONG, STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

const ADJECTIVES: Readonly<Partial<Record<Concept, Aetiology>>> = {
  osteoporotic: 'osteoporotic',
  malignant: 'malignant',
  traumatic: 'traumatic',
};

export function causesBehind(sentence: ReadSentence): readonly Said[] {
  return [...adjectivesBehind(sentence), ...nounsBehind(sentence), ...causesOfAll(sentence)];
}

const ENDS = words(`
  , . ; ) with without and
`);
const EACH = words(`
  both all each
`);

/** "fracture through the corner of L3, acute, traumatic"; "Traumatic, with oedema." */
function adjectivesBehind(sentence: ReadSentence): readonly Said[] {
  return cuesOf(sentence, 'osteoporotic', 'malignant', 'traumatic').flatMap((cue): readonly Said[] => {
    const cause = ADJECTIVES[cue.concept];
    const next = sentence.wordAt(cue.to);
    const isOfEach = EACH.has(sentence.wordAt(cue.from - 1)) && sentence.wordAt(cue.from - 2) === ',';
    const isApart = isOfEach || cue.from === sentence.from || sentence.wordAt(cue.from - 1) === ',';
    if (cause === undefined || (!isApart && !isOfAKind(sentence, cue))) return [];
    if (next !== '' && !ENDS.has(next) && !KINDS.has(next) && !isInKind(sentence, cue)) return [];
    if (!isAdjective(sentence, cue) || polarityOf(sentence, cue) !== 'stated') return [];
    const fracture = statedBefore(sentence, cue, STRONG);
    const isOfTopic = cue.from === sentence.from && sentence.mentions.length === 0;
    if (fracture === undefined && !isOfTopic) return [];
    const owner = sentence.ownerAt(isOfEach ? cue.from : (fracture?.from ?? cue.from));
    return [value('aetiology', cause, { quote: { from: cue.from, to: cue.to }, owner }, { near: true })];
  });
}

const BEFORE_A_KIND = words(`
  of all both
`);
const OF_ALL = words(`
  all both these of the them two three four five vertebral compression wedge fractures fracture deformity are
  is appear appears look looks considered being clearly said lesions levels
`);

/** "All three are myelomatous.", "Both fractures traumatic." */
function causesOfAll(sentence: ReadSentence): readonly Said[] {
  if (sentence.mentions.length > 0 || cuesOf(sentence, 'both')[0]?.from !== sentence.from) return [];
  return cuesOf(sentence, 'osteoporotic', 'malignant', 'traumatic').flatMap((cue): readonly Said[] => {
    const cause = ADJECTIVES[cue.concept];
    const next = sentence.wordAt(cue.to);
    const isLast =
      next === '' || ENDS.has(next) || (KINDS.has(next) && BEFORE_A_KIND.has(sentence.wordAt(cue.from - 1)));
    if (cause === undefined || !isLast || polarityOf(sentence, cue) !== 'stated') return [];
    for (let at = sentence.from; at < cue.from; at += 1) if (!OF_ALL.has(sentence.wordAt(at))) return [];
    return [
      value(
        'aetiology',
        cause,
        { quote: { from: sentence.from, to: cue.to }, owner: { kind: 'topic' } },
        { near: true },
      ),
    ];
  });
}

const KINDS = words(`
  type nature appearance character pattern origin etiology morphology cause configuration
`);

const ADJECTIVE = words(`
  osteoporotic insufficiency fragility benign pathologic malignant traumatic posttraumatic
`);

function isAdjective({ wordAt }: ReadSentence, { from, to }: Cue): boolean {
  for (let at = from; at < to; at += 1) if (!ADJECTIVE.has(wordAt(at))) return false;
  return true;
}

/** "osteoporotic in type" */
function isInKind({ wordAt }: ReadSentence, { to }: Cue): boolean {
  return wordAt(to) === 'in' && KINDS.has(wordAt(to + 1));
}

/** "of osteoporotic type", "with an osteoporotic pattern" */
function isOfAKind({ wordAt }: ReadSentence, { from, to }: Cue): boolean {
  const at = wordAt(from - 1) === 'an' || wordAt(from - 1) === 'a' ? from - 2 : from - 1;
  return KINDS.has(wordAt(to)) && ['of', 'with'].includes(wordAt(at));
}

const NOUNS: ReadonlyMap<string, Aetiology> = new Map([
  ['myeloma', 'malignant'],
  ['plasmacytoma', 'malignant'],
  ['tumor', 'malignant'],
  ['metastasis', 'malignant'],
  ['lymphoma', 'malignant'],
  ['osteoporosis', 'osteoporotic'],
  ['traumatic', 'traumatic'],
]);
const BEFORE_A_NOUN = words(`
  a an the multiple known underlying lytic solitary senile severe belt seat direct blunt high energy
`);
const LONGEST_NAME = 4;

/** "from known myeloma", "by tumour", "secondary to a plasmacytoma" */
function nounsBehind(sentence: ReadSentence): readonly Said[] {
  const said: Said[] = [];
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const cause = NOUNS.get(sentence.wordAt(at));
    if (cause === undefined) continue;
    const from = prepositionBefore(sentence, at);
    if (from === undefined || polarityOf(sentence, { from: at, to: at + 1 }) !== 'stated') continue;
    const fracture = statedBefore(sentence, { from, to: at }, STRONG_OR_WEAK);
    if (fracture === undefined || !isOnlyOfThat(sentence, fracture.to, from)) continue;
    const quote = { from: fracture.from, to: at + 1 };
    said.push(value('aetiology', cause, { quote, owner: sentence.ownerAt(fracture.from) }));
  }
  return said;
}

const PREPOSITIONS = words(`
  from by following through
`);
const PAIRS: readonly (readonly [string, string])[] = [
  ['due', 'to'],
  ['secondary', 'to'],
  ['related', 'to'],
  ['keeping', 'with'],
  ['consistent', 'with'],
  ['compatible', 'with'],
  ['because', 'of'],
];

/** First token of "from", "due to", "in keeping with" before a cause. */
function prepositionBefore({ wordAt }: ReadSentence, noun: number): number | undefined {
  let at = noun - 1;
  while (at > noun - LONGEST_NAME && BEFORE_A_NOUN.has(wordAt(at))) at -= 1;
  if (PREPOSITIONS.has(wordAt(at))) return at;
  const isPair = PAIRS.some(([first, second]) => wordAt(at - 1) === first && wordAt(at) === second);
  if (!isPair) return undefined;
  return wordAt(at - 2) === 'in' ? at - 2 : at - 1;
}

const BETWEEN = words(`
  of the at in on through involving type body vertebra vertebral is are has have been by , type appears spine thoracic lumbar
  complete collapse compression mild moderate severe marked minimal slight all both each vertebrae
`);

/** Nothing stands between the fracture and its cause but vertebrae and amounts: "epidural extension from tumour" is of the extension. */
function isOnlyOfThat(sentence: ReadSentence, from: number, to: number): boolean {
  const named = [...sentence.mentions, ...sentence.quantities];
  for (let at = from; at < to; at += 1) {
    const known = named.some((one) => at >= one.from && at < one.to);
    const isNumber = sentence.tokens[at]?.kind === 'number';
    if (!known && !isNumber && !BETWEEN.has(sentence.wordAt(at))) return false;
  }
  return true;
}

function statedBefore(
  sentence: ReadSentence,
  cue: { readonly from: number; readonly to: number },
  concepts: readonly Concept[],
): Cue | undefined {
  return cuesOfAny(sentence, concepts).findLast(
    (other) =>
      other.to <= cue.from && sameOwner(sentence, other, cue) && polarityOf(sentence, other) === 'stated',
  );
}
