/** Cuts a report into words, numbers and signs, each with its place in the text. */
import { type WrittenWord, writtenWord } from './written-words.js';

/** `word`: signs and numbers stand as themselves. */
export interface Token extends WrittenWord {
  readonly kind: 'word' | 'number' | 'sign';
  /** Offsets into the text, in UTF-16 code units; `end` is past the last. */
  readonly start: number;
  readonly end: number;
  /** What stands between this token and the one before. */
  readonly gap: Gap;
}

/** `wide`: three blanks or more, which lists without line ends put between their parts. */
export type Gap = 'none' | 'blank' | 'wide' | 'line' | 'paragraph';

/** Reads the text once, from left to right. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let newlines = 0;
  let gapStart = 0;
  while (at < text.length) {
    const kind = KIND[classOf(text.charCodeAt(at))] ?? 'sign';
    if (kind === 'space') {
      if (isLineEnd(text, at)) newlines += 1;
      at += 1;
      continue;
    }
    if (isHyphenInWord(text, at)) {
      at += 1;
      continue;
    }
    const start = at;
    const gap = gapOf(newlines, start - gapStart);
    at = kind === 'letter' ? endOfWord(text, at) : kind === 'digit' ? endOfNumber(text, at) : at + 1;
    const isFractureSign = text.charCodeAt(start) === 0x23 && classOf(text.charCodeAt(at)) !== 2;
    tokens.push(isFractureSign ? fractureSign(start, gap) : tokenOf(text, start, at, kind, gap));
    newlines = 0;
    gapStart = at;
  }
  return withSpokenStops(tokens);
}

const SPOKEN: ReadonlyMap<string, string> = new Map([
  ['period', '.'],
  ['comma', ','],
  ['colon', ':'],
]);
/** Fewest spoken stops that show a text was dictated with its punctuation. */
const FEWEST_SPOKEN = 3;

/** "fracture of L1 period no retropulsion period": punctuation written out by speech recognition. */
function withSpokenStops(tokens: readonly Token[]): readonly Token[] {
  const stops = tokens.filter(({ word }) => word === 'period').length;
  if (stops < FEWEST_SPOKEN || tokens.some(({ word }) => word === '.')) return tokens;
  return tokens.map((spoken) => {
    const sign = SPOKEN.get(spoken.word);
    return sign === undefined ? spoken : token('sign', unwritten(sign), spoken.start, spoken.end, spoken.gap);
  });
}

/** "wedge-shaped" is two words; the hyphens of "T12-L1" and "L-1" are signs. */
function isHyphenInWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== 0x2d && code !== 0x2010 && code !== 0x2011) return false;
  return classOf(text.charCodeAt(at - 1)) === 1 && classOf(text.charCodeAt(at + 1)) === 1;
}

type CharacterKind = 'space' | 'letter' | 'digit' | 'sign';
const KIND: readonly CharacterKind[] = ['space', 'letter', 'digit', 'sign'];

const PLAIN = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (code <= 0x20 || code === 0x7f || code === 0x85 || code === 0xa0) return 0;
  if (character >= '0' && character <= '9') return 2;
  return character.toLowerCase() === character.toUpperCase() ? 3 : 1;
});

function classOf(code: number): number {
  const plain = PLAIN[code];
  if (plain !== undefined) return plain;
  const isBlank =
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200d) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff;
  if (isBlank) return 0;
  const isSign = (code >= 0x2010 && code <= 0x2bff) || (code >= 0x3001 && code <= 0x303f);
  return isSign ? 3 : 1;
}

/** A line ends with LF, CR, CR LF, or the line and paragraph separators. */
function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 0x0d) return text.charCodeAt(at + 1) !== 0x0a;
  return code === 0x0a || code === 0x2028 || code === 0x2029 || code === 0x0c;
}

function gapOf(newlines: number, length: number): Gap {
  if (newlines > 1) return 'paragraph';
  if (newlines === 1) return 'line';
  if (length >= 3) return 'wide';
  return length > 0 ? 'blank' : 'none';
}

/** Letters with inner apostrophes; one letter followed by one or two digits is one word ("L1", "T12", "A3"), as is "Th12". */
function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && classOf(text.charCodeAt(at)) === 1) at += 1;
  if (isEndPlate(text, start, at)) return endOfWord(text, at + 1);
  if (at - start === 1 || isThoracic(text, start, at)) return endOfLetterAndNumber(text, at);
  const isInnerApostrophe = isApostrophe(text.charCodeAt(at)) && classOf(text.charCodeAt(at + 1)) === 1;
  if (!isInnerApostrophe) return at;
  at += 1;
  while (at < text.length && classOf(text.charCodeAt(at)) === 1) at += 1;
  return at;
}

/** The "Th" of "Th12"; the one of "12th" stands behind its number. */
function isThoracic(text: string, start: number, end: number): boolean {
  const isNumbered = start > 0 && classOf(text.charCodeAt(start - 1)) === 2;
  return end - start === 2 && !isNumbered && text.slice(start, end).toLowerCase() === 'th';
}

/** "end-plate", "end plate": one word with one sign between its halves. */
function isEndPlate(text: string, start: number, end: number): boolean {
  if (end - start !== 3 || !/^[\s\u002d\u2010\u2011]$/.test(text.charAt(end))) return false;
  return /^end.plates?$/i.test(text.slice(start, endOfLetters(text, end + 1)));
}

function endOfLetters(text: string, start: number): number {
  let at = start;
  while (at < text.length && classOf(text.charCodeAt(at)) === 1) at += 1;
  return at;
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019;
}

function endOfLetterAndNumber(text: string, at: number): number {
  let end = at;
  while (end < text.length && classOf(text.charCodeAt(end)) === 2) end += 1;
  return end - at > 2 ? at : end;
}

/** Digits with a decimal point between them ("1.5"). */
function endOfNumber(text: string, start: number): number {
  let at = start;
  while (at < text.length && classOf(text.charCodeAt(at)) === 2) at += 1;
  const isDecimal = text.charCodeAt(at) === 0x2e && classOf(text.charCodeAt(at + 1)) === 2;
  if (!isDecimal) return at;
  at += 1;
  while (at < text.length && classOf(text.charCodeAt(at)) === 2) at += 1;
  return at;
}

function tokenOf(text: string, start: number, end: number, kind: CharacterKind, gap: Gap): Token {
  const raw = text.slice(start, end);
  if (kind === 'digit') return token('number', unwritten(raw), start, end, gap);
  if (kind === 'sign') return token('sign', unwritten(plainSign(raw)), start, end, gap);
  return token('word', writtenWord(raw), start, end, gap);
}

/** "# L1": British shorthand for a fracture; "#3" is a number. */
function fractureSign(start: number, gap: Gap): Token {
  return token('word', unwritten('fracture'), start, start + 1, gap);
}

/** Signs, numbers and "#" have no letters. */
function unwritten(word: string): WrittenWord {
  return { word, capital: false, capitals: false, plural: false };
}

/** All tokens are made here, with the same properties in the same order, which engines are quickest with. */
function token(
  kind: Token['kind'],
  { word, capital, capitals, plural }: WrittenWord,
  start: number,
  end: number,
  gap: Gap,
): Token {
  return { word, kind, start, end, gap, capital, capitals, plural };
}

const SIGNS: Readonly<Record<string, string>> = {
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '--',
  '―': '--',
  '−': '-',
  '•': '*',
  '·': '*',
  '●': '*',
  '▪': '*',
  '◦': '*',
  '∙': '*',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '%': 'percent',
  '°': 'degree',
  '≈': '~',
  '∼': '~',
  '≃': '~',
  '⁄': '/',
};

function plainSign(raw: string): string {
  return Object.hasOwn(SIGNS, raw) ? (SIGNS[raw] ?? raw) : raw;
}
