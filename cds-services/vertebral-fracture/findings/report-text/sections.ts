/** The parts of a report: a heading opens history, technique, comparison, findings, impression, addendum or advice. */
import { reportHeadings } from '../../knowledge.js';
import { type Cue, firstCueIn, phraseTable } from './phrases.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

export type Section =
  'history' | 'technique' | 'comparison' | 'findings' | 'impression' | 'addendum' | 'recommendation';

/** A heading: the tokens it covers, with its colon, and the section it opens (none for anatomy inside a section). */
export interface Heading {
  readonly from: number;
  readonly to: number;
  readonly opens: Section | 'anatomy';
}

const HEADINGS = phraseTable(reportHeadings.headings);

/** Longest heading with qualifiers ("Findings of the lumbar spine:"), in tokens. */
const LONGEST_HEADING = 8;

/** Sections that make no findings. */
const SILENT: ReadonlySet<Section> = new Set(['history', 'technique', 'comparison', 'recommendation']);

export function makesFindings(section: Section): boolean {
  return !SILENT.has(section);
}

/** The heading that begins at a token, if one does. */
export function headingAt(tokens: readonly Token[], at: number): Heading | undefined {
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  const beforeIt = tokens[at - 1];
  const startsLine = isFirstOfLine(tokens, at);
  const startsSentence = beforeIt?.word === '.' || beforeIt?.word === ':';
  if (!startsLine && !startsSentence) return undefined;
  const end = endOfLine(tokens, at);
  const complaint = startsLine ? complaintAt(tokens, at) : undefined;
  if (complaint !== undefined) return { from: at, to: complaint, opens: 'history' };
  const cue = firstCueIn(tokens, at, Math.min(end, at + LONGEST_HEADING), HEADINGS);
  if (cue === undefined) return undefined;
  const isFirst = cue.from === at;
  const isDatedAddendum = isFirst && cue.concept === 'addendum' && tokens[cue.to]?.word === '(';
  if (isDatedAddendum && startsLine) return { from: at, to: cue.to, opens: 'addendum' };
  const isNumbered = cue.concept === 'addendum' && tokens[cue.to]?.kind === 'number';
  if (isFirst && isNumbered && startsLine && (cue.to + 1 === end || isColon(tokens[cue.to + 1])))
    return { from: at, to: cue.to + (cue.to + 1 === end ? 1 : 2), opens: 'addendum' };
  if (isFirst && isColon(tokens[cue.to])) return { from: at, to: cue.to + 1, opens: cue.concept };
  if (!startsLine) return undefined;
  if (isFirst && cue.to === end && end - at <= LONGEST_HEADING) {
    return { from: at, to: cue.to, opens: cue.concept };
  }
  if (isFirst && opensWithoutColon(tokens, cue, end)) return { from: at, to: cue.to, opens: cue.concept };
  const colon = colonWithin(tokens, cue.to, Math.min(end, at + LONGEST_HEADING));
  if (colon === undefined || cue.concept === 'anatomy' || cue.concept === 'recommendation') return undefined;
  const opensLate = OPENS_LATE.has(cue.concept) && !hasStop(tokens, at, cue.from);
  const isQualified = isFirst || (cue.to === colon && opensLate);
  return isQualified ? { from: at, to: colon + 1, opens: cue.concept } : undefined;
}

/** "T11 fracture. Erratum: ...": what stands before a stop is no part of the heading. */
function hasStop(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (tokens[at]?.word === '.') return true;
  return false;
}

const ORNAMENTS: ReadonlySet<string> = new Set(['*', '=', '#', '_', '-', '--']);

/** "*** ADDENDUM ***" begins its line too. */
function isFirstOfLine(tokens: readonly Token[], at: number): boolean {
  let first = at;
  while (
    ORNAMENTS.has(tokens[first - 1]?.word ?? '') &&
    tokens[first]?.gap !== 'line' &&
    tokens[first]?.gap !== 'paragraph'
  )
    first -= 1;
  const gap = tokens[first]?.gap;
  return first === 0 || gap === 'line' || gap === 'paragraph';
}

/** "C/o low back pain", "H/o fall", "K/c/o carcinoma": a line that opens so tells why the patient came. */
function complaintAt(tokens: readonly Token[], at: number): number | undefined {
  if (tokens[at + 1]?.word !== '/') return undefined;
  const [first, second] = [tokens[at]?.word, tokens[at + 2]?.word];
  if ((first === 'c' || first === 'h') && second === 'o') return at + 3;
  return first === 'k' && second === 'c' && tokens[at + 4]?.word === 'o' ? at + 5 : undefined;
}

/** "MRI LUMBAR SPINE FINDINGS:"; "New since the last exam:" opens nothing. */
const OPENS_LATE: ReadonlySet<Heading['opens']> = new Set(['findings', 'impression', 'addendum']);

/** "IMPRESSION Acute fracture of L1": the word alone is enough for the parts nobody mentions in passing. */
function opensWithoutColon(tokens: readonly Token[], cue: Cue<Heading['opens']>, end: number): boolean {
  const first = tokens[cue.from];
  const next = tokens[cue.to];
  if (first === undefined || next === undefined || cue.to >= end || cue.to - cue.from > 1) return false;
  const isDash = (next.word === '-' || next.word === '--') && next.gap !== 'none';
  if (isDash) return cue.concept !== 'anatomy';
  if (cue.concept !== 'impression' && cue.concept !== 'findings') return false;
  return ['impression', 'conclusion', 'opinion', 'findings'].includes(first.word) && !VERBS.has(next.word);
}

const VERBS = words(`
  is are was were of on and in favor suggests consistent compatible concerning suspicious as would may at
  discussed unchanged similar
`);

function isColon(token: Token | undefined): boolean {
  return token?.word === ':';
}

function endOfLine(tokens: readonly Token[], from: number): number {
  const end = wholeLineFrom(tokens, from);
  let ornaments = end;
  while (ornaments - 1 > from && ORNAMENTS.has(tokens[ornaments - 1]?.word ?? '')) ornaments -= 1;
  return ornaments;
}

function wholeLineFrom(tokens: readonly Token[], from: number): number {
  let at = from + 1;
  while (at < tokens.length && tokens[at]?.gap !== 'line' && tokens[at]?.gap !== 'paragraph') {
    if (at - from > LONGEST_HEADING) return at;
    at += 1;
  }
  return at;
}

function colonWithin(tokens: readonly Token[], from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    if (isColon(tokens[at])) return at;
    if (tokens[at]?.word === '.') return undefined;
  }
  return undefined;
}
