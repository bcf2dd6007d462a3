/**
 * What stands around a word changes what it says: denied, doubtful, only thought of, or of the past.
 * The method is that of NegEx and ConText: a trigger opens a scope, and a word of termination, or a part of the
 * sentence that makes its own statement, ends it.
 */
import { reportPhrases } from '../../knowledge.js';
import type { Mention } from './levels.js';
import { type Cue, cuesIn, phraseTable } from './phrases.js';
import type { Quantity } from './quantities.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Context {
  /**
   * `after-and`: in the scope of a "no" only through an "and" ("no retropulsion and canal compromise").
   * `unclear`: hedged ("no significant"), or the scope may have ended before.
   */
  readonly denied: 'no' | 'yes' | 'after-and' | 'unclear';
  readonly doubtful: boolean;
  /** First token of the trigger that doubts, where one does. */
  readonly doubtAt: number | undefined;
  /** To be looked for, recommended, feared: not stated. */
  readonly hypothetical: boolean;
  readonly historical: boolean;
  /** A value of an earlier examination: "previously 30 %". */
  readonly earlier: boolean;
  /** Tokens of the trigger that denies, where one does. */
  readonly trigger: Span | undefined;
}

export const PLAIN: Context = {
  denied: 'no',
  doubtful: false,
  doubtAt: undefined,
  hypothetical: false,
  historical: false,
  earlier: false,
  trigger: undefined,
};

export type ContextKind = keyof typeof reportPhrases.context;
const TABLE = phraseTable<ContextKind>(reportPhrases.context);

export interface Clause {
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly mentions: readonly Mention[];
  readonly quantities: readonly Quantity[];
  /** Where another statement begins without a stop before it. */
  readonly runOns?: readonly number[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_CONTEXTS: ReadonlyMap<number, Context> = new Map();

/** The context of each token of a sentence, by token index. */
export function contextsOf(clause: Clause): ReadonlyMap<number, Context> {
  const { tokens, from, to } = clause;
  const triggers = cuesIn(tokens, from, to, TABLE).filter((cue) => !isPartOfADoubleDenial(cue, tokens));
  const isQuestion = tokens[to - 1]?.word === '?';
  if (triggers.length === 0 && !isQuestion) return NO_CONTEXTS;
  const ended = triggers.filter((cue) => cue.concept === 'end').map((cue) => cue.from);
  const ends = new Set([...ended, ...(clause.runOns ?? [])]);
  const contexts = new Map<number, Mutable<Context>>();
  const mark = (at: number, change: Partial<Context>) => {
    contexts.set(at, { ...PLAIN, ...contexts.get(at), ...change });
  };
  const scopes = new Scopes(clause, ends);
  for (const cue of triggers)
    apply(scopes.isAnswer(cue) ? { ...cue, concept: 'negatedBefore' } : cue, scopes, contexts, mark);
  if (isQuestion) for (let at = from; at < to; at += 1) mark(at, { doubtful: true, doubtAt: to - 1 });
  return contexts;
}

function apply(
  cue: Cue<ContextKind>,
  scopes: Scopes,
  contexts: ReadonlyMap<number, Context>,
  mark: (at: number, change: Partial<Context>) => void,
): void {
  switch (cue.concept) {
    case 'negation':
      for (const { at, denied } of scopes.denialAfter(cue.to, scopes.isOfAGroup(cue)))
        mark(at, deny(contexts.get(at), denied, cue, scopes.isAlternative(cue)));
      break;
    case 'hedgedNegation':
      for (const { at } of scopes.hedgeAfter(cue)) mark(at, deny(contexts.get(at), 'unclear', cue, true));
      break;
    case 'negatedBefore':
      if (scopes.isOfThePast(cue)) break;
      for (const at of scopes.before(cue)) mark(at, deny(contexts.get(at), 'yes', cue, false));
      break;
    case 'doubt':
      for (const at of scopes.after(cue.to)) mark(at, { doubtful: true, doubtAt: cue.from });
      break;
    case 'doubtBefore':
      for (const at of [...scopes.before(cue), ...scopes.predicate(cue)])
        mark(at, { doubtful: true, doubtAt: cue.from });
      break;
    case 'either':
      for (const at of [...scopes.before(cue), ...scopes.after(cue.to)])
        mark(at, { doubtful: true, doubtAt: cue.from });
      break;
    case 'hypothetical':
      for (const at of scopes.toTheEnd(cue.to)) mark(at, { hypothetical: true });
      break;
    case 'history':
      for (const at of scopes.after(cue.to)) mark(at, { historical: true });
      break;
    case 'previously':
      for (const at of scopes.near(cue.to)) mark(at, { earlier: true });
      break;
    case 'noNegation':
    case 'noHistory':
    case 'end':
      break;
  }
}

/** A second denial of the same word takes the first one back, or leaves it open ("no level ... without a fracture"). */
function deny(
  known: Context | undefined,
  denied: Context['denied'],
  { from, to }: Span,
  isRepetition: boolean,
): Partial<Context> {
  const isDeniedTwice = known !== undefined && known.denied !== 'no' && !isRepetition;
  const isUnclear = known?.denied === 'unclear' || denied === 'unclear' || isDeniedTwice;
  return { denied: isUnclear ? 'unclear' : denied, trigger: { from, to } };
}

/** "not … absent", "no … is excluded": the second trigger takes back the first; both are left out and nothing is denied. */
function isPartOfADoubleDenial(cue: Cue<ContextKind>, tokens: readonly Token[]): boolean {
  return (
    cue.concept === 'negatedBefore' &&
    tokens[cue.from - 1]?.word === 'not' &&
    tokens[cue.from]?.word === 'absent'
  );
}

const VERBS = words(`
  is are was were has have had shows demonstrates appears remains measures measuring measured reveals
  causes causing involves extends contains exhibits maintains looks
`);
/** "retropulsion or canal compromise is seen": the verb belongs to all of them. */
const SEEN = words(`
  seen identified noted evident present demonstrates appreciated visualized detected shows observed found
  visible apparent noticed recognized suspected suggests reported excluded absent possible likely not
  considered involved
`);
const OWN_WORDS = words(`
  a an there this these it its mild moderate severe marked minimal slight chronic old healed stable
  unchanged normal preserved maintained intact multilevel degenerative multiple several known prior
  previous small tiny likely possible probable however both minor diffuse patent advanced subacute similar
  approximately the focal trace subtle large
`);
const PAST: ReadonlySet<string> = new Set([
  'prior',
  'previous',
  'previously',
  'earlier',
  'before',
  'comparison',
  'last',
  'then',
]);
const YEAR = /^(19|20)\d\d$/;
const BREAKS: ReadonlySet<string> = new Set([';', ':', '--', '.', '(']);
const JOINTS: ReadonlySet<string> = new Set([',', 'and', '&', 'or', 'nor', '/', 'plus']);

const ANSWERS: ReadonlySet<string> = new Set(['no', 'none', 'nil']);

/** "the old one shows none": what it shows none of stands elsewhere. */
const HOLDS = words(`
  has have shows demonstrates exhibits contains
`);

/** How far a trigger reaches in one sentence. */
class Scopes {
  readonly #tokens: readonly Token[];
  readonly #clause: Clause;
  readonly #ends: ReadonlySet<number>;
  readonly #inMention: ReadonlySet<number>;
  readonly #measured: ReadonlySet<number>;

  constructor(clause: Clause, ends: ReadonlySet<number>) {
    this.#clause = clause;
    this.#tokens = clause.tokens;
    this.#ends = ends;
    this.#inMention = indices(clause.mentions);
    this.#measured = indices(clause.quantities);
  }

  /** "oedema not present on the prior": it is new, not absent. */
  isOfThePast(cue: Cue): boolean {
    for (let at = cue.to; at < Math.min(this.#clause.to, cue.to + 7); at += 1) {
      if ([',', ';', '.', 'and'].includes(this.#wordAt(at))) return false;
      if (PAST.has(this.#wordAt(at)) || YEAR.test(this.#wordAt(at))) return true;
    }
    return false;
  }

  /** "retropulsion no, oedema yes", "retropulsion none": a "no" that ends its part of the sentence. */
  isAnswer(cue: Cue): boolean {
    if (!ANSWERS.has(this.#wordAt(cue.from)) || cue.to - cue.from > 1) return false;
    if (this.#inMention.has(cue.from - 1) || HOLDS.has(this.#wordAt(cue.from - 1))) return false;
    const next = this.#wordAt(cue.to);
    const before = this.#wordAt(cue.from - 1);
    return (
      (next === '' || next === ',' || next === ';' || next === '.') &&
      before !== '' &&
      !JOINTS.has(before) &&
      (before === ':' || !BREAKS.has(before))
    );
  }

  /** "neither ... nor": the second denies together with the first. */
  isAlternative(cue: Cue): boolean {
    return this.#wordAt(cue.from) === 'nor' || this.#wordAt(cue.from) === 'or';
  }

  /** "none of the three (T6, T7, T9) shows oedema": an aside does not end what is said of a group. */
  isOfAGroup({ from, to }: Cue): boolean {
    const first = this.#wordAt(from);
    return (first === 'none' || first === 'neither') && (to - from > 1 || this.#wordAt(to) === 'of');
  }

  #closing(start: number): number {
    for (let at = start; at < this.#clause.to; at += 1) if (this.#wordAt(at) === ')') return at;
    return start;
  }

  /** Tokens a forward denial reaches, and how surely. */
  denialAfter(
    start: number,
    isOfAGroup = false,
  ): readonly { at: number; denied: 'yes' | 'after-and' | 'unclear' }[] {
    const reached: { at: number; denied: 'yes' | 'after-and' | 'unclear' }[] = [];
    let denied: 'yes' | 'after-and' | 'unclear' = 'yes';
    for (let at = start; at < this.#clause.to; at += 1) {
      if (isOfAGroup && this.#wordAt(at) === '(') {
        at = this.#closing(at);
        continue;
      }
      if (this.#isEnd(at) || this.#wordAt(at) === 'no') break;
      const joint = this.#jointAt(at);
      if (joint !== undefined) {
        if (this.#makesItsOwnStatement(at + 1)) break;
        if (joint === ',' && !this.#listGoesOn(at + 1)) denied = 'unclear';
        else if ((joint === 'and' || joint === '&') && denied === 'yes')
          denied = this.#isListEnd(start, at) ? 'yes' : 'after-and';
        continue;
      }
      reached.push({ at, denied });
    }
    return reached;
  }

  /** As a denial reaches, with the hedging words themselves ("without focal kyphosis"). */
  hedgeAfter(cue: Cue): readonly { at: number }[] {
    const own = Array.from({ length: cue.to - cue.from - 1 }, (_, index) => ({ at: cue.from + 1 + index }));
    return [...own, ...this.denialAfter(cue.to)];
  }

  /** Tokens a forward doubt or history reaches. */
  after(start: number): readonly number[] {
    const reached: number[] = [];
    let depth = 0;
    for (let at = start; at < this.#clause.to; at += 1) {
      const word = this.#wordAt(at);
      if (this.#isEnd(at) && at > start && word !== '(') break;
      if (word === '(') depth += 1;
      if (word === ')') {
        depth -= 1;
        if (depth < 0) break;
      }
      const joint = this.#jointAt(at);
      if (joint === ',' && this.#makesItsOwnStatement(at + 1)) break;
      if ((joint === 'and' || joint === '&') && this.#hasVerb(at + 1)) break;
      reached.push(at);
    }
    return reached;
  }

  /** Tokens a backward trigger ("... not seen") reaches. */
  before(cue: Cue): readonly number[] {
    const reached: number[] = [];
    const isPlural = ['are', 'were', 'have'].includes(this.#wordAt(cue.from));
    let hasAnd = false;
    for (let at = cue.from - 1; at >= this.#clause.from; at -= 1) {
      if (this.#isEnd(at) && !(at === cue.from - 1 && this.#wordAt(at) === ':')) break;
      const word = this.#wordAt(at);
      if (VERBS.has(word) && reached.length > 0 && !this.#inMention.has(at)) break;
      if (word === 'and' || word === 'or' || word === 'nor') hasAnd = true;
      const isNewStatement = !isPlural && this.#wordAt(at + 1) === 'and';
      if (word === ',' && (!hasAnd || isNewStatement)) break;
      if (word === 'no' || word === 'without' || word === 'yes') break;
      if (word === 'whether' && this.#wordAt(at - 1) === ',') break;
      reached.push(at);
    }
    return reached;
  }

  /** "is likely an old fracture": the noun behind is in doubt with what stands before. */
  predicate(cue: Cue): readonly number[] {
    return ['a', 'an'].includes(this.#wordAt(cue.to)) ? this.after(cue.to) : [];
  }

  /** To the end of the sentence, or to a word that turns it. */
  toTheEnd(start: number): readonly number[] {
    const reached: number[] = [];
    for (let at = start; at < this.#clause.to; at += 1) {
      const word = this.#wordAt(at);
      if (word === ';' || word === 'but' || word === 'however') break;
      reached.push(at);
    }
    return reached;
  }

  /** A few words on: what "previously" says is said at once. */
  near(start: number): readonly number[] {
    const reached: number[] = [];
    for (let at = start; at < Math.min(start + 7, this.#clause.to); at += 1) {
      const word = this.#wordAt(at);
      if (
        word === ',' ||
        word === ';' ||
        word === 'now' ||
        word === 'currently' ||
        word === 'and' ||
        word === 'with' ||
        word === ')'
      )
        break;
      reached.push(at);
    }
    return reached;
  }

  #wordAt(at: number): string {
    return this.#tokens[at]?.word ?? '';
  }

  #isEnd(at: number): boolean {
    if (this.#inMention.has(at) || this.#measured.has(at)) return false;
    const isJoined =
      this.#wordAt(at) === 'with' && ['associated', 'accompanied'].includes(this.#wordAt(at - 1));
    if (isJoined || (this.#wordAt(at) === 'yet' && this.#wordAt(at - 1) === 'not')) return false;
    return this.#ends.has(at) || BREAKS.has(this.#wordAt(at));
  }

  #jointAt(at: number): string | undefined {
    if (this.#inMention.has(at) || this.#measured.has(at)) return undefined;
    const word = this.#wordAt(at);
    return JOINTS.has(word) ? word : undefined;
  }

  /** The part of the sentence from here to the next joint, past joints that follow each other. */
  #part(start: number): { from: number; to: number } {
    let from = start;
    while (from < this.#clause.to && this.#jointAt(from) !== undefined) from += 1;
    let to = from;
    while (to < this.#clause.to && !this.#isEnd(to) && this.#jointAt(to) === undefined) to += 1;
    return { from, to };
  }

  /** True for a part with a verb, a measurement, a grade, a vertebra or an article of its own. */
  #makesItsOwnStatement(start: number): boolean {
    if (this.#jointAt(start) === 'or' || this.#jointAt(start) === 'nor') return false;
    const { from, to } = this.#part(start);
    if (this.#isAfterOr(start)) return false;
    for (let at = from; at < to; at += 1) {
      const word = this.#wordAt(at);
      if (this.#inMention.has(at) || this.#measured.has(at)) return true;
      if (at < from + 2 && OWN_WORDS.has(word)) return true;
      if (word === 'no' || word === 'without' || word === 'not') return true;
      if (VERBS.has(word) && !this.#isShared(at)) return true;
    }
    return false;
  }

  /** What an "or" joins is denied together. */
  #isAfterOr(start: number): boolean {
    const word = this.#wordAt(start - 1);
    return word === 'or' || word === 'nor' || word === '/';
  }

  #hasVerb(start: number): boolean {
    const { from, to } = this.#part(start);
    for (let at = from; at < to; at += 1) {
      if (VERBS.has(this.#wordAt(at)) && !this.#isShared(at)) return true;
      if (this.#wordAt(at) === 'there' || this.#wordAt(at) === 'no') return true;
    }
    return false;
  }

  #isShared(verbAt: number): boolean {
    return SEEN.has(this.#wordAt(verbAt + 1));
  }

  /** "no A, B or C": a later "or" or "and" shows that the comma only lists. */
  #listGoesOn(start: number): boolean {
    for (let at = start; at < this.#clause.to && !this.#isEnd(at); at += 1) {
      const joint = this.#jointAt(at);
      if (joint === 'or' || joint === 'nor') return true;
      if (joint === 'and' || joint === '&') return !this.#makesItsOwnStatement(at + 1);
      if (joint === ',' && this.#makesItsOwnStatement(at + 1)) return false;
    }
    return false;
  }

  /** "no A, B, and C": an "and" that closes a list begun with commas. */
  #isListEnd(start: number, at: number): boolean {
    for (let before = at - 1; before >= start; before -= 1) if (this.#jointAt(before) === ',') return true;
    return false;
  }
}

function indices(spans: readonly { from: number; to: number }[]): ReadonlySet<number> {
  const all = new Set<number>();
  for (const { from, to } of spans) for (let at = from; at < to; at += 1) all.add(at);
  return all;
}
