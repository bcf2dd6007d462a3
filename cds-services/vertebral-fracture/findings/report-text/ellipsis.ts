/** "L1 shows oedema, L3 does not", "T12 with oedema, L3 chronic without": a second vertebra of which only yes or no is said. */
import type { FractureFindingName } from '../finding.js';
import { isCertain } from './certainty.js';
import type { Span } from './context.js';
import { countOf } from './counts.js';
import type { Owner } from './owners.js';
import { type Said, type SaidValue } from './said.js';
import { cuesOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const ELIDED: ReadonlySet<FractureFindingName> = new Set<FractureFindingName>([
  'marrowOedema',
  'retropulsion',
  'posteriorWallDisrupted',
]);

/** A vertebra, "the latter" or "the other two", of which something is said without its name. */
interface Subject extends Span {
  readonly owner: Owner;
}

/** @param said what the sentence says in full words */
export function ellipsesIn(sentence: ReadSentence, said: readonly Said[]): readonly SaidValue[] {
  const full = said.filter((one): one is SaidValue => one.kind === 'value' && ELIDED.has(one.finding.name));
  if (full.length === 0) return [];
  return subjectsOf(sentence).flatMap((subject): readonly SaidValue[] => {
    const answer = answerOf(sentence, subject);
    if (answer === undefined) return [];
    const source = sourceOf(sentence, full, subject, answer);
    if (source === undefined) return [];
    return isSure(sentence, answer) ? [copied(source, subject, answer)] : [];
  });
}

function copied(source: SaidValue, subject: Subject, { to, isYes }: Answer): SaidValue {
  const finding = { ...source.finding, value: isYes } as SaidValue['finding'];
  return {
    kind: 'value',
    finding,
    firmness: source.firmness,
    quote: { from: subject.from, to },
    owner: subject.owner,
  };
}

function isSure(sentence: ReadSentence, { from, to, isYes }: Answer): boolean {
  const { doubtful, hypothetical } = sentence.contextAt(from);
  if (doubtful || hypothetical) return false;
  const quote = { from, to };
  return isYes || isCertain(sentence, { quote, triggers: [quote], mention: undefined, of: 'sign' });
}

function subjectsOf(sentence: ReadSentence): readonly Subject[] {
  const named = sentence.mentions
    .filter(({ kind }) => kind === 'vertebrae')
    .map((mention): Subject => ({ from: mention.from, to: mention.to, owner: { kind: 'mention', mention } }));
  const pronouns = cuesOf(sentence, 'former', 'latter').map((cue): Subject => ({
    ...cue,
    owner: sentence.ownerAt(cue.from),
  }));
  return [...named, ...pronouns, ...restsOf(sentence)];
}

const REST = words(`
  other others remaining rest
`);

/** "the other two", "the others", "the remaining fractures" */
function restsOf(sentence: ReadSentence): readonly Subject[] {
  return cuesOf(sentence, 'someOf', 'others').flatMap((cue): readonly Subject[] => {
    const word = [cue.from, cue.from + 1].find((at) => REST.has(sentence.wordAt(at)));
    if (word === undefined) return [];
    const counted = [word + 1, word + 2]
      .map((at) => (sentence.wordAt(at) === 'one' ? 1 : countOf(sentence.wordAt(at))))
      .find((count) => count !== undefined);
    const besides = sentence.mentions.filter(({ to, kind }) => to <= cue.from && kind === 'vertebrae');
    const owner: Owner = { kind: 'allBut', besides: besides.flatMap(({ levels }) => levels), count: counted };
    return besides.length === 0 ? [] : [{ from: cue.from, to: cue.to, owner }];
  });
}

interface Answer extends Span {
  readonly isYes: boolean;
  /** "so does T9" */
  readonly isInverted?: true;
  /** What the sign was said with has to go with the answer: "with … without", "shows … does not", "is … is not". */
  readonly by: 'with' | 'verb' | 'copula' | 'noun';
}

const FILL = words(`
  fracture compression deformity wedge vertebra vertebral body one old chronic acute healed subacute recent two
  three four ones however itself mild moderate severe the is are and unchanged stable
`);
const LONGEST_FILL = 4;
const ENDS = words(`
  , ; . ) and but : while whereas which so
`);

function answerOf(sentence: ReadSentence, subject: Subject): Answer | undefined {
  const before = inversionBefore(sentence, subject);
  if (before !== undefined) return before;
  let at = subject.to;
  if (sentence.wordAt(at) === '(') at += 1;
  let answer = predicateAt(sentence, at);
  while (answer === undefined && at < subject.to + LONGEST_FILL && FILL.has(sentence.wordAt(at))) {
    at += 1;
    answer = predicateAt(sentence, at);
  }
  const isEnd = answer !== undefined && (answer.to >= sentence.to || ENDS.has(sentence.wordAt(answer.to)));
  return isEnd ? answer : undefined;
}

const VERBS: Readonly<Record<string, Answer['by']>> = {
  does: 'verb',
  do: 'verb',
  is: 'copula',
  are: 'copula',
};
const HOLDS = words(`
  has have shows demonstrates exhibits contains reveals
`);

function predicateAt({ wordAt }: ReadSentence, at: number): Answer | undefined {
  const [word, next] = [wordAt(at), wordAt(at + 1)];
  if (word === 'without') return { from: at, to: at + (next === 'any' ? 2 : 1), isYes: false, by: 'with' };
  if (HOLDS.has(word) && next === 'none') return { from: at, to: at + 2, isYes: false, by: 'noun' };
  const by = Object.hasOwn(VERBS, word) ? VERBS[word] : undefined;
  if (by === undefined || (!ENDS.has(next) && next !== '' && next !== 'not' && next !== 'too'))
    return undefined;
  if (next === 'not') return { from: at, to: at + 2, isYes: false, by };
  return { from: at, to: at + (next === 'too' ? 2 : 1), isYes: true, by };
}

const PLACES = words(`
  in at of
`);
const DENIES = words(`
  not none
`);

/** "so does T9", "but not in the others" */
function inversionBefore({ wordAt }: ReadSentence, { from, to, owner }: Subject): Answer | undefined {
  const at = wordAt(from - 1) === 'the' ? from - 2 : from - 1;
  if (PLACES.has(wordAt(at)) && DENIES.has(wordAt(at - 1)) && owner.kind !== 'mention')
    return { from: at - 1, to, isYes: false, by: 'noun' };
  const by = Object.hasOwn(VERBS, wordAt(at)) ? VERBS[wordAt(at)] : undefined;
  if (by === undefined || (wordAt(at - 1) !== 'so' && wordAt(at - 1) !== 'as')) return undefined;
  return { from: at - 1, to, isYes: true, isInverted: true, by };
}

/** The one sign of the part before the subject, where it was said in a way the answer fits. */
function sourceOf(
  sentence: ReadSentence,
  full: readonly SaidValue[],
  subject: Subject,
  { by, isInverted }: Answer,
): SaidValue | undefined {
  const before = full.filter(({ quote }) => quote.to <= subject.from);
  const last = before.at(-1);
  if (last === undefined) return undefined;
  const names = new Set(before.map(({ finding }) => finding.name));
  if (names.size > 1 || isOfTheSame(last, subject)) return undefined;
  if (isInverted) return last.finding.value === true ? last : undefined;
  return saidBy(sentence, last).has(by) ? last : undefined;
}

function isOfTheSame({ owner }: SaidValue, subject: Subject): boolean {
  if (owner.kind !== 'mention') return owner.kind === subject.owner.kind;
  const { levels } = owner.mention;
  return (
    subject.owner.kind === 'mention' && subject.owner.mention.levels.some((level) => levels.includes(level))
  );
}

const LONGEST_LEAD = 4;

/** The words that lead to a sign: "with", a verb of its own, or "is". */
function saidBy(sentence: ReadSentence, { quote }: SaidValue): ReadonlySet<Answer['by']> {
  const ways = new Set<Answer['by']>(['noun']);
  for (let at = quote.from - 1; at >= quote.from - LONGEST_LEAD; at -= 1) {
    const word = sentence.wordAt(at);
    if (word === 'with') return ways.add('with');
    if (HOLDS.has(word) || word === 'returns') return ways.add('verb');
    if (word === 'is' || word === 'are') return ways.add('copula');
    if (word === '' || word === ',' || word === ';') return ways;
  }
  return ways;
}
