/** One sentence taken apart: vertebrae named, phrases found, measurements, what surrounds each word, and whom it speaks of. */
import { reportPhrases } from '../../knowledge.js';
import { rowHeadOf } from './announced-row.js';
import type { Concept } from './concept.js';
import { type Context, contextsOf, PLAIN, type Span } from './context.js';
import { type Mention, mentionsIn } from './levels.js';
import { type Owner, ownersOf } from './owners.js';
import { type Cue, cuesIn, phraseTable } from './phrases.js';
import { quantitiesIn, type Quantity } from './quantities.js';
import { restsIn } from './rest-of-them.js';
import { startsOfRunOns } from './run-on.js';
import type { Sentence } from './sentences.js';
import type { Token } from './tokens.js';
import { withUncertainNumbers } from './uncertain-numbering.js';

export type { Concept };

export interface ReadSentence {
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly mentions: readonly Mention[];
  readonly cues: readonly Cue<Concept>[];
  readonly quantities: readonly Quantity[];
  readonly contextAt: (at: number) => Context;
  readonly ownerAt: (at: number) => Owner;
  readonly wordAt: (at: number) => string;
}

/** Phrases that stand for vertebrae without naming one. */
const OWNING: ReadonlySet<Concept> = new Set<Concept>(['others', 'neighbours', 'former', 'latter', 'someOf']);

const TABLE = phraseTable<Concept>(reportPhrases.concepts);

export function readSentence(
  tokens: readonly Token[],
  { from, to }: Pick<Sentence, 'from' | 'to'>,
): ReadSentence {
  const mentions = withUncertainNumbers(mentionsIn(tokens, from, to), tokens, from, to);
  const quantities = quantitiesIn(tokens, from, to);
  const cues = withLostHeights(cuesIn(tokens, from, to, TABLE), tokens);
  // What surrounds the words and whom they speak of is worked out when a rule first asks: of many sentences none does.
  let contexts: ReadonlyMap<number, Context> | undefined;
  let owners: ((at: number) => Owner) | undefined;
  return {
    tokens,
    from,
    to,
    mentions,
    cues,
    quantities,
    contextAt: (at) => {
      contexts ??= contextsOf({
        tokens,
        from,
        to,
        mentions,
        quantities,
        runOns: startsOfRunOns(tokens, cues),
      });
      return contexts.get(at) ?? PLAIN;
    },
    ownerAt: (at) => {
      owners ??= ownersIn({ tokens, from, to, mentions, cues });
      return owners(at);
    },
    wordAt: (at) => (at >= from && at < to ? (tokens[at]?.word ?? '') : ''),
  };
}

function ownersIn({
  tokens,
  from,
  to,
  mentions,
  cues,
}: Pick<ReadSentence, 'tokens' | 'from' | 'to' | 'mentions' | 'cues'>): (at: number) => Owner {
  const others = cues.filter(({ concept }) => OWNING.has(concept));
  const groups = cues.filter(({ concept }) => concept === 'both' || concept === 'noneChanged');
  const head = rowHeadOf({ tokens, from, to, mentions, cues });
  return ownersOf(tokens, from, to, mentions, others, groups, restsIn(tokens, from, to), head);
}

const BREAK_A_PAIR: ReadonlySet<string> = new Set([',', ';', 'and', 'with', 'disc', 'is', 'or']);
const LONGEST_PAIR = 7;

/** "lost a quarter of its height", "half of its height is lost": one cue of height loss made of two. */
function withLostHeights(cues: readonly Cue<Concept>[], tokens: readonly Token[]): readonly Cue<Concept>[] {
  if (!cues.some(({ concept }) => concept === 'loss')) return cues;
  return cues.map((cue, index) => {
    const next = cues[index + 1];
    const isLost = cue.concept === 'loss' && next?.concept === 'height' && isPair(cue, next, tokens);
    const isLostBehind = cue.concept === 'height' && next?.concept === 'loss' && next.from - cue.to <= 3;
    return isLost || isLostBehind ? { concept: 'heightLoss', from: cue.from, to: next.to } : cue;
  });
}

function isPair(loss: Span, height: Span, tokens: readonly Token[]): boolean {
  if (height.from - loss.to > LONGEST_PAIR) return false;
  for (let at = loss.to; at < height.from; at += 1)
    if (BREAK_A_PAIR.has(tokens[at]?.word ?? '')) return false;
  return true;
}

/** What a sentence says of one cue: stated, denied, or neither with any certainty. */
export type Polarity = 'stated' | 'denied' | 'open';

export function polarityOf(
  sentence: ReadSentence,
  cue: Span,
  { throughAnd = false }: { throughAnd?: boolean } = {},
): Polarity {
  const context = sentence.contextAt(cue.from);
  if (context.hypothetical || context.doubtful || context.historical) return 'open';
  switch (context.denied) {
    case 'no':
      return 'stated';
    case 'yes':
      return isLimited(sentence) || isOnlyOfNewOnes(sentence, cue) ? 'open' : 'denied';
    case 'after-and':
      return throughAnd ? 'denied' : 'open';
    case 'unclear':
      return 'open';
  }
}

/** "no new retropulsion" denies none that was there before. */
function isOnlyOfNewOnes(sentence: ReadSentence, cue: Span): boolean {
  return sentence.cues.some(({ concept, to }) => concept === 'noNew' && to <= cue.from && cue.from - to <= 3);
}

const LIMITED: ReadonlySet<string> = new Set([
  'limited',
  'suboptimal',
  'nondiagnostic',
  'degraded',
  'hampered',
]);

/** "No retropulsion is seen, although assessment is limited": nothing is denied that could not be seen. */
function isLimited(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1)
    if (LIMITED.has(sentence.wordAt(at)) && !isAnExtent(sentence, at)) return true;
  return false;
}

/** "oedema limited to the upper third" */
function isAnExtent({ cues, wordAt }: ReadSentence, at: number): boolean {
  return wordAt(at + 1) === 'to' && cues.some(({ to }) => to === at);
}

/** The words that show it: the cue, with the trigger that denies it. */
export function quoteOf(sentence: ReadSentence, cue: Span, ...more: readonly (Span | undefined)[]): Span {
  const { denied, trigger } = sentence.contextAt(cue.from);
  let { from, to } = cue;
  for (const span of [...more, denied === 'no' ? undefined : trigger]) {
    from = Math.min(from, span?.from ?? from);
    to = Math.max(to, span?.to ?? to);
  }
  return { from, to };
}

/** The cues of some concepts, in the order of the sentence. Every rule asks: nothing is made where there are none. */
export function cuesOf({ cues }: ReadSentence, ...concepts: readonly Concept[]): readonly Cue<Concept>[] {
  let found: Cue<Concept>[] | undefined;
  for (const cue of cues) {
    for (const concept of concepts) {
      if (concept !== cue.concept) continue;
      if (found === undefined) found = [cue];
      else found.push(cue);
      break;
    }
  }
  return found ?? NONE;
}

/** The cues of any concept of a list that is written down once. */
export function cuesOfAny({ cues }: ReadSentence, concepts: readonly Concept[]): readonly Cue<Concept>[] {
  let found: Cue<Concept>[] | undefined;
  for (const cue of cues) {
    if (!concepts.includes(cue.concept)) continue;
    if (found === undefined) found = [cue];
    else found.push(cue);
  }
  return found ?? NONE;
}

const NONE: readonly Cue<Concept>[] = [];

/** True when the sentence holds a phrase of one of the concepts; a rule asks before it looks closer. */
export function speaksOf({ cues }: ReadSentence, concepts: ReadonlySet<Concept>): boolean {
  for (const { concept } of cues) if (concepts.has(concept)) return true;
  return false;
}

/** Distance in tokens between two spans; 0 for neighbours and overlaps. */
export function distance(a: Span, b: Span): number {
  return a.to <= b.from ? b.from - a.to : b.to <= a.from ? a.from - b.to : 0;
}

/** True when both stand in parts of the sentence that speak of the same vertebrae. */
export function sameOwner(sentence: ReadSentence, a: Span, b: Span): boolean {
  const [one, two] = [sentence.ownerAt(a.from), sentence.ownerAt(b.from)];
  if (one.kind === 'mention' && two.kind === 'mention') {
    return (
      one.mention === two.mention || one.mention.levels.some((level) => two.mention.levels.includes(level))
    );
  }
  return one.kind === two.kind;
}

/** True when a word of the list stands between the two spans. */
export function isBetween(sentence: ReadSentence, a: Span, b: Span, words: ReadonlySet<string>): boolean {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  for (let at = first.to; at < second.from; at += 1) if (words.has(sentence.wordAt(at))) return true;
  return false;
}
