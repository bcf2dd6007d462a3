/** "Correction: this is T10.", "Sorry, L2.", "On review this is actually L3.": the number of the vertebra just told of is taken back. */
import type { Level } from '../level.js';
import type { Mention } from './levels.js';
import type { Placed } from './placed.js';
import { deniesAValue, isOfNothing } from './said.js';
import type { Section } from './sections.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** `right` is missing where it is only certain that something was taken back. */
export interface Renaming {
  readonly right: Level | undefined;
  readonly wrong: Level | undefined;
  /** Other vertebrae the sentence names. */
  readonly named: readonly Level[];
}

const TAKES_BACK = words(`
  correction corrigendum erratum sorry scratch mean meant actually really recount recounted recounting miscounted
  amended amend oops apologies apology strike revised renumbered relabelled relabeled reclassified typo
  misspoke misnumbered mislabelled mislabeled miscount count
`);
const NAMES_ANEW = words(`
  called labelled labeled numbered reported described designated dictated named given
`);
const LEAD = words(`
  correction corrigendum erratum sorry scratch mean meant actually really recount recounted recounting miscounted
  amended amend oops apologies apology strike revised renumbered relabelled relabeled reclassified
  i we now this that is it its be to as of at in on for the a an in fact rather make please read should have said
  say count would call consider fracture fractured level vertebra vertebral body above below report prior earlier
  previously previous dictation dictated reported described labelled labeled numbered named called given typed
  note and by my from coronal images review second look careful further closer rib ribs localizer sacrum c2
  therefore thus correct correctly number numbering compression wedge burst deformity affected
  injured collapsed instead not than must was were lies lie located has been : , -- - . ( " [ compared with
`);
const LONGEST = 30;
const ENDS = words(`
  . , ; ) ] fracture compression wedge burst on by not instead rather and -- - " vertebra vertebral level body
`);
/** Behind the vertebra that was named by mistake comes the right one. */
const REPLACES = words(`
  is read should be now as to becomes lies
`);
const OPPOSES = words(`
  not rather instead than
`);

/** @returns which vertebra a sentence puts in the place of the one told of before it */
export function renamingIn(sentence: ReadSentence, section: Section): Renaming | undefined {
  const mentions = sentence.mentions.filter(({ levels }) => levels.length === 1);
  const [first, second, ...more] = mentions;
  if (first === undefined || mentions.length !== sentence.mentions.length) return undefined;
  const isMarked = takesBack(sentence);
  const unclear = isMarked ? unclearOf(mentions) : undefined;
  const last = second ?? first;
  if (more.length > 0 || !isOnly(sentence, mentions, last)) return unclear;
  if (second === undefined) {
    if (isMarked) return renaming(first, undefined);
    if (section !== 'addendum' || !isDefinite(sentence, first)) return undefined;
    return endsBehind(sentence, first) ? renaming(first, undefined) : unclearOf(mentions);
  }
  if (isBetween(sentence, first, second, OPPOSES))
    return isMarked || section === 'addendum' ? renaming(first, second) : unclear;
  const isReplaced = isBetween(sentence, first, second, REPLACES);
  const isOfTheReport = isMarked || section === 'addendum' || isNamedAnew(sentence, first);
  return isReplaced && isOfTheReport ? renaming(second, first) : unclear;
}

function renaming(right: Mention, wrong: Mention | undefined): Renaming {
  return { right: right.levels[0], wrong: wrong?.levels[0], named: right.levels };
}

function unclearOf(mentions: readonly Mention[]): Renaming {
  return { right: undefined, wrong: undefined, named: mentions.flatMap(({ levels }) => levels) };
}

/** An addendum that says more of the vertebra may take back more than its number. */
function endsBehind(sentence: ReadSentence, { to }: Mention): boolean {
  return to >= sentence.to - 1;
}

/** "sorry", "I mean", "actually" before the vertebra, or a closed "should read" at the very beginning. */
function takesBack(sentence: ReadSentence): boolean {
  const end = sentence.mentions[0]?.from ?? sentence.to;
  const opening = [sentence.wordAt(sentence.from), sentence.wordAt(sentence.from + 1)].join(' ');
  if (opening === 'should read' || opening === 'should be' || opening === 'make that') return true;
  for (let at = sentence.from; at < end; at += 1) if (TAKES_BACK.has(sentence.wordAt(at))) return true;
  return TAKES_BACK.has(sentence.tokens[sentence.from - 2]?.word ?? '');
}

function isOnly(sentence: ReadSentence, mentions: readonly Mention[], last: Mention): boolean {
  if (last.to - sentence.from > LONGEST) return false;
  for (let at = sentence.from; at < last.from; at += 1) {
    const isNamed = mentions.some(({ from, to }) => at >= from && at < to);
    if (!isNamed && !LEAD.has(sentence.wordAt(at))) return false;
  }
  return last.to >= sentence.to || ENDS.has(sentence.wordAt(last.to));
}

const THESE = words(`
  this it the that
`);
const TO_BE = words(`
  is lies was
`);

/** "this is T10", "the fracture is at L2" */
function isDefinite(sentence: ReadSentence, { from }: Mention): boolean {
  const isOne = THESE.has(sentence.wordAt(sentence.from));
  return isOne && [1, 2, 3].some((step) => TO_BE.has(sentence.wordAt(from - step)));
}

/** "the vertebra called L1 here is T12" */
function isNamedAnew(sentence: ReadSentence, { from }: Mention): boolean {
  return [1, 2, 3].some((step) => NAMES_ANEW.has(sentence.wordAt(from - step)));
}

function isBetween({ wordAt }: ReadSentence, a: Mention, b: Mention, some: ReadonlySet<string>): boolean {
  for (let at = a.to; at < b.from; at += 1) if (some.has(wordAt(at))) return true;
  return false;
}

/**
 * @param isNext whether the sentence before it stands in the same paragraph
 * @returns what was told before, of the vertebra that was meant; where that is not certain, nothing is denied of it
 */
export function renamed(placed: readonly Placed[], by: Renaming, isNext: boolean): readonly Placed[] {
  const fractured = placed.flatMap(({ said, level }) =>
    said.kind === 'status' && (said.status === 'present' || said.status === 'possible') ? [level] : [],
  );
  const from = by.wrong !== undefined && fractured.includes(by.wrong) ? by.wrong : fractured.at(-1);
  if (from === undefined || by.named.includes(from)) return placed;
  const isClear = by.wrong === from || isNext || new Set(fractured).size === 1;
  const { right } = by;
  if (right === undefined || !isClear || fractured.includes(right))
    return placed.filter((one) => one.level !== from || !denies(one));
  return placed
    .filter(({ said, level }) => level !== from || said.kind === 'value' || said.status !== 'absent')
    .map((one) => (one.level === from ? { ...one, level: right } : one));
}

function denies({ said }: Placed): boolean {
  return said.kind === 'value' && (deniesAValue(said) || isOfNothing(said));
}
