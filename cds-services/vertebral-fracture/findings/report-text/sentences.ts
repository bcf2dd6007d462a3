/** Divides the tokens of a report into sentences, each with the section it stands in. */
import { headingAt, makesFindings, type Section } from './sections.js';
import { endOfName, isLabelledLine } from './labels.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

export interface Sentence {
  /** Tokens from the first to past the last, without heading, list number and final stop. */
  readonly from: number;
  readonly to: number;
  readonly section: Section;
  /** Sentences of one paragraph or list item share a number. */
  readonly paragraph: number;
}

/** In tokens; no radiologist's is longer, and reading one takes time by the square of its length. */
const LONGEST_SENTENCE = 250;

/** Sentences in the order of the text, those of silent sections included. */
export function sentencesOf(tokens: readonly Token[]): readonly Sentence[] {
  const layout = layoutOf(tokens);
  const isOfOneLine = hasNoParts(tokens);
  const sentences: Sentence[] = [];
  let section: Section = 'findings';
  let paragraph = 0;
  let from = 0;
  let at = 0;
  const close = (to: number) => {
    for (; from < to; from += LONGEST_SENTENCE) {
      sentences.push({ from, to: Math.min(to, from + LONGEST_SENTENCE), section, paragraph });
    }
    from = to;
  };
  while (at < tokens.length) {
    const heading = headingAt(tokens, at);
    if (heading !== undefined) {
      close(at);
      section = opened(section, heading.opens);
      paragraph += 1;
      from = heading.opens === 'anatomy' ? at : heading.to;
      at = heading.to;
      continue;
    }
    const marker = listMarkerAt(tokens, at, at === from);
    if (marker !== undefined) {
      close(at);
      paragraph += 1;
      if (isAfterSilence(tokens, at, section, sentences)) section = 'findings';
      at = marker;
      from = at;
      continue;
    }
    if (at > from && tokens[at]?.gap === 'paragraph') {
      close(at);
    }
    if (ENDED_BY_A_TABLE.has(section) && isLabelledLine(tokens, at)) {
      close(at);
      section = 'findings';
      paragraph += 1;
    }
    if (tokens[at]?.gap === 'paragraph' && at > 0) {
      paragraph += 1;
      if (isAfterSilence(tokens, at, section, sentences)) section = 'findings';
    }
    if (at > from && startsSentence(tokens, from, at, layout)) {
      close(at);
      if (section === 'history' && isStatement(tokens, at) && isOfOneLine) section = 'findings';
    }
    at += 1;
  }
  close(tokens.length);
  return sentences;
}

/** "Quality: T4-L4 visualised", and below it the vertebrae line by line. */
const ENDED_BY_A_TABLE: ReadonlySet<Section> = new Set(['technique', 'comparison']);

/** A heading of anatomy stays inside findings and impression, and ends what makes no findings. */
function opened(current: Section, opens: Section | 'anatomy'): Section {
  if (opens !== 'anatomy') return opens;
  return makesFindings(current) ? current : 'findings';
}

/** One line with one heading, or none: "Indication: fall. There is a fracture of L1." */
function hasNoParts(tokens: readonly Token[]): boolean {
  const isOneLine = tokens.every(({ gap }, at) => at === 0 || gap === 'none' || gap === 'blank');
  return isOneLine && !tokens.some((_, at) => at > 0 && headingAt(tokens, at) !== undefined);
}

/** "There is a ..." tells what is seen. */
function isStatement(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.word === 'there' && ['is', 'are'].includes(tokens[at + 1]?.word ?? '');
}

/** A blank line after the words of a history ends it, as no heading need follow. */
function isAfterSilence(
  tokens: readonly Token[],
  at: number,
  section: Section,
  sentences: readonly Sentence[],
): boolean {
  const wasSpoken = sentences.at(-1)?.section === section;
  return tokens[at]?.gap === 'paragraph' && !makesFindings(section) && wasSpoken;
}

interface Layout {
  /** Nearly every word is written in capitals, or none is: capitals say nothing. */
  readonly capitalsSayNothing: boolean;
  /** Length in characters of the line each token's predecessor ends. */
  readonly longestLine: number;
  readonly lineStart: Int32Array;
}

function layoutOf(tokens: readonly Token[]): Layout {
  const lineStart = new Int32Array(tokens.length);
  let start = 0;
  let longestLine = 0;
  let capitals = 0;
  let words = 0;
  let previousEnd = 0;
  tokens.forEach((token, index) => {
    if (token.gap === 'line' || token.gap === 'paragraph') start = token.start;
    lineStart[index] = start;
    longestLine = Math.max(longestLine, token.end - start);
    if (token.kind === 'word' && token.end - token.start > 2) {
      words += 1;
      if (token.capital) capitals += 1;
    }
    previousEnd = token.end;
  });
  return {
    capitalsSayNothing: capitals > words * 0.7 || capitals * 100 < words,
    longestLine: previousEnd === 0 ? 0 : longestLine,
    lineStart,
  };
}

/** Stops after these end no sentence. */
const ABBREVIATIONS = words(`
  approximately anterior posterior superior inferior moderate compression vertebra vs dr mr mrs ms e i g cf
  no fig resp lat bilat incl esp max min ave avg st nos r dx ca poss prob
`);

/** Written in full, these end a sentence as any word does. */
const WRITTEN_IN_FULL = 6;

function startsSentence(tokens: readonly Token[], from: number, at: number, layout: Layout): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token === undefined || before === undefined) return false;
  if (before.word === '.') return endsSentence(tokens, at, layout);
  const isQuestion = before.word === '?' && before.gap === 'none' && token.gap !== 'none' && at - 1 > from;
  if (before.word === '!' || isQuestion) return true;
  if (token.gap === 'wide') return !isOnlyAName(tokens, from, at);
  if (token.gap !== 'line') return false;
  return isNewLineOfThought(token, before, tokens, at, layout);
}

/** "L 1     No fracture", "L1 to L4   no fracture": the blanks stand between a label and its text. */
function isOnlyAName(tokens: readonly Token[], from: number, at: number): boolean {
  return endOfName(tokens, from) === at;
}

function endsSentence(tokens: readonly Token[], at: number, layout: Layout): boolean {
  const token = tokens[at];
  const stopped = tokens[at - 2];
  if (token === undefined || stopped === undefined) return true;
  if (token.gap === 'none' && token.kind === 'sign') return false;
  const isShort = stopped.end - stopped.start < WRITTEN_IN_FULL;
  if (stopped.kind === 'word' && isShort && ABBREVIATIONS.has(stopped.word)) {
    return stopped.word === 'no' ? token.kind !== 'number' : false;
  }
  if (token.kind === 'number' && isOfAnAbbreviation(tokens, at)) return false;
  if (stopped.word === 'mm' || stopped.word === 'cm') {
    return layout.capitalsSayNothing || token.capital || token.kind !== 'word';
  }
  return true;
}

/** Words and signs no sentence ends with: the line was only wrapped. */
const GOES_ON = words(`
  of the and with a an at to no or is are in by for from on without has have was were approximately than
  which that but this there be as into its not through involving measuring likely possible , - / ( & ~ > <
  canal spinal marrow soft stir mild moderate severe acute chronic anterior posterior superior inferior
  vertebral
`);

function isNewLineOfThought(
  token: Token,
  before: Token,
  tokens: readonly Token[],
  at: number,
  layout: Layout,
): boolean {
  if (GOES_ON.has(before.word) || CONTINUES.has(token.word)) return false;
  const lengthBefore = before.end - (layout.lineStart[at - 1] ?? 0);
  const isFull = layout.longestLine >= 40 && lengthBefore >= layout.longestLine * 0.7;
  if (!layout.capitalsSayNothing && token.kind === 'word') return token.capital ? !isFull : false;
  if (token.kind === 'number') return false;
  return !isFull || tokens[at + 1]?.word === ':';
}

/** Words no line begins a sentence with. */
const CONTINUES = words(`
  of third thirds percent quarter quarters loss mm than or which intact
`);

const BULLETS: ReadonlySet<string> = new Set(['*', '-', '--', '>']);

/** "Th. 8": the stop is one of an abbreviation, and what follows its number. */
function isOfAnAbbreviation(tokens: readonly Token[], at: number): boolean {
  const name = tokens[at - 2];
  return tokens[at - 1]?.word === '.' && name?.word === 'th' && name.gap !== 'none';
}

/** Past the number or bullet of a list item that begins at this token; undefined where none does. */
function listMarkerAt(tokens: readonly Token[], at: number, isFirst: boolean): number | undefined {
  const token = tokens[at];
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  if (token === undefined || next === undefined) return undefined;
  const startsLine = before === undefined || token.gap === 'line' || token.gap === 'paragraph';
  const isAfterStop = before?.word === '.' || before?.word === ':' || before?.word === ';';
  if (token.kind === 'number') {
    if (token.word.length > 2 || isOfAnAbbreviation(tokens, at)) return undefined;
    if (next.word === '.' || next.word === ')') {
      const isValue = before?.word === ':' && token.word !== '1';
      const isItem = startsLine || (isAfterStop && !isValue && token.gap !== 'none') || isFirst;
      return isItem ? at + 2 : undefined;
    }
    return undefined;
  }
  if (token.word === '(' && startsLine && next.kind === 'number' && tokens[at + 2]?.word === ')')
    return at + 3;
  return startsLine && BULLETS.has(token.word) && next.gap !== 'none' ? at + 1 : undefined;
}
