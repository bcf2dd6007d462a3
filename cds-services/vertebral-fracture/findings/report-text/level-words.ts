/** One vertebra as a report writes it: "L1", "L-1", "D12", "Th12", "T 12", "first lumbar", "L one", and what a scanner makes of it ("L l"). */
import { isLevel, type Level } from '../level.js';
import type { Token } from './tokens.js';

/** A vertebra of the spine; those outside T1 to L5, and the ones not everybody has, are no Level. */
export interface NamedVertebra {
  readonly region: 'C' | 'T' | 'L' | 'S';
  readonly number: number;
  /** Past the last token of the name. */
  readonly to: number;
}

/** The level, or undefined for cervical and sacral ones, T13 and L6. */
export function levelOfVertebra({
  region,
  number,
}: Pick<NamedVertebra, 'region' | 'number'>): Level | undefined {
  const name = `${region}${number}`;
  return isLevel(name) ? name : undefined;
}

/** Position from the top: C1 = 1, T1 = 8, L1 = 20, S1 = 25. */
export function positionOfVertebra({ region, number }: Pick<NamedVertebra, 'region' | 'number'>): number {
  return { C: 0, T: 7, L: 19, S: 24 }[region] + number;
}

export const MOST: Readonly<Record<NamedVertebra['region'], number>> = { C: 7, T: 13, L: 6, S: 5 };

/** The vertebra named at a token, if one is. */
export function vertebraAt(tokens: readonly Token[], at: number): NamedVertebra | undefined {
  const token = tokens[at];
  if (token === undefined || !mayBeginAName(token)) return undefined;
  return (
    compact(token, tokens, at) ??
    spaced(token, tokens, at) ??
    scanned(token, tokens, at) ??
    dictated(token, tokens, at) ??
    spoken(token, tokens, at)
  );
}

const LONGEST_SIGN = 4;

/** First letters of signs: "C3", "T12", "D12", "L1", "S1", "BWK 12", "el one". */
const FIRST_LETTERS = 'ctdlsbe';

/** Most words of a report are none of a vertebra's name: letters and digits, a number, or a word of a closed list. */
function mayBeginAName({ word, kind }: Token): boolean {
  if (kind === 'number' || BEGIN_A_NAME.has(word)) return true;
  return word.length <= LONGEST_SIGN && FIRST_LETTERS.includes(word.charAt(0));
}

const COMPACT = /^([ctdls]|th)(\d{1,2})$/;

/** "L1", "T12", "D12", "Th12" */
function compact(token: Token, tokens: readonly Token[], at: number): NamedVertebra | undefined {
  if (token.end - token.start > 4 || isSomethingElse(token, tokens, at)) return undefined;
  const [, letter, digits] = COMPACT.exec(token.word) ?? [];
  return letter === undefined ? undefined : vertebra(letter, Number(digits), at + 1);
}

/** "vitamin D3", "3D", "T4N0M0" */
function isSomethingElse(token: Token, tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  if (before?.word === 'vitamin' || before?.word === 'stage') return true;
  return (
    next?.gap === 'none' && next.kind === 'word' && /^[nm]\d/.test(next.word) && token.word.startsWith('t')
  );
}

/** What speech recognition writes for the letter: "tea 12", "tee twelve", "dee 7", "el one". */
const SPOKEN_LETTERS: Readonly<Record<string, string>> = { tea: 't', tee: 't', dee: 'd', el: 'l', ell: 'l' };

/** "L won", "L to": what it writes for the number. */
const MISHEARD_NUMBERS: Readonly<Record<string, number>> = { won: 1, fore: 4 };

/** The spelled letter with its number; no joint may stand between. */
function dictated(token: Token, tokens: readonly Token[], at: number): NamedVertebra | undefined {
  const letter = Object.hasOwn(SPOKEN_LETTERS, token.word) ? SPOKEN_LETTERS[token.word] : undefined;
  const number = tokens[at + 1];
  if (number?.gap !== 'blank') return undefined;
  const misheard = Object.hasOwn(MISHEARD_NUMBERS, number.word) ? MISHEARD_NUMBERS[number.word] : undefined;
  if (letter === undefined) {
    const isLetter = token.word === 'l' && token.capital;
    return isLetter && misheard !== undefined ? vertebra('l', misheard, at + 2) : undefined;
  }
  if (number.kind === 'number') return ofDigits(letter, number.word, at + 2, tokens);
  const spokenNumber = misheard ?? NUMBER_WORDS.indexOf(number.word);
  return spokenNumber > 0 ? vertebra(letter, spokenNumber, at + 2) : undefined;
}

/** "L 1", "L-1", "T - 12", "L.1": the letter alone, then its number. */
function spaced(token: Token, tokens: readonly Token[], at: number): NamedVertebra | undefined {
  const letter = token.word;
  if (letter.length !== 1 || !'ctdls'.includes(letter)) return continental(token, tokens, at);
  const next = tokens[at + 1];
  const isJoined = next?.word === '-' || next?.word === '.' || next?.word === '#';
  const numberAt = isJoined ? at + 2 : at + 1;
  const number = tokens[numberAt];
  if (number === undefined || number.gap === 'paragraph' || number.gap === 'line') return undefined;
  if (isJoined && next.word === '.' && (number.gap !== 'none' || next.gap !== 'none')) return undefined;
  if (number.kind === 'number') return ofDigits(letter, number.word, numberAt + 1, tokens);
  const spokenNumber = NUMBER_WORDS.indexOf(number.word);
  const isWritten = token.capital || (SPOKEN_IN_SMALL.has(letter) && !isJoined && token.gap !== 'none');
  return spokenNumber > 0 && isWritten ? vertebra(letter, spokenNumber, numberAt + 1) : undefined;
}

/** How Scandinavia, the Netherlands and Germany abbreviate a thoracic or lumbar vertebra. */
const CONTINENTAL: Readonly<Record<string, string>> = { th: 't', bwk: 't', lwk: 'l' };
const ROMAN = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/** "Th 8", "Th-8", "Th. 8", "TH XII", "LWK 1"; the "th" of an ordinal stands at its number ("8th", "8 th"). */
function continental(token: Token, tokens: readonly Token[], at: number): NamedVertebra | undefined {
  const letter = Object.hasOwn(CONTINENTAL, token.word) ? CONTINENTAL[token.word] : undefined;
  const isOrdinal = tokens[at - 1]?.kind === 'number' && (token.gap === 'none' || !token.capital);
  if (letter === undefined || isOrdinal) return undefined;
  const joint = tokens[at + 1];
  const isJoined = joint?.word === '-' || joint?.word === '.';
  if (isJoined && joint.gap !== 'none') return undefined;
  const numberAt = isJoined ? at + 2 : at + 1;
  const number = tokens[numberAt];
  if (number === undefined || !['none', 'blank'].includes(number.gap)) return undefined;
  if (number.kind === 'number') return ofDigits(letter, number.word, numberAt + 1, tokens);
  const written = number.capitals ? ROMAN.indexOf(number.word) : NUMBER_WORDS.indexOf(number.word);
  return token.capital && written > 0 ? vertebra(letter, written, numberAt + 1) : undefined;
}

/** "t six", "l two" of a dictation without capitals; "s one" and "c three" may be of a word before. */
const SPOKEN_IN_SMALL: ReadonlySet<string> = new Set(['t', 'd', 'l']);

function ofDigits(
  letter: string,
  digits: string,
  to: number,
  tokens: readonly Token[],
): NamedVertebra | undefined {
  if (digits.includes('.') || digits.length > 2) return undefined;
  const unit = tokens[to]?.word;
  if (unit === 'percent' || unit === 'mm' || unit === 'cm' || unit === 'degree') return undefined;
  return vertebra(letter, Number(digits), to);
}

const LETTER_FOR_DIGIT = /^([tdl])([1l][12lo]|[l1i])$/;

/** What scanning makes of it: "Ll", "Tl2", "Tll", "TlO", "L l". */
function scanned(token: Token, tokens: readonly Token[], at: number): NamedVertebra | undefined {
  if (!token.capital) return undefined;
  const next = tokens[at + 1];
  if (token.word === 'l' && next?.word === 'l' && next.gap === 'blank') return vertebra('l', 1, at + 2);
  const isSplit =
    /^[tdl]l$/.test(token.word) && next?.kind === 'number' && next.gap === 'none' && next.word.length === 1;
  const word = isSplit ? token.word + next.word : token.word;
  const to = isSplit ? at + 2 : at + 1;
  const [, letter, digits] = LETTER_FOR_DIGIT.exec(word) ?? [];
  if (letter === undefined || digits === undefined) return undefined;
  if (letter !== 'l' && digits.length === 1) return undefined;
  return vertebra(letter, Number(digits.replace(/[li]/g, '1').replaceAll('o', '0')), to);
}

const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
];
const ORDINALS = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
];
const REGIONS: Readonly<Record<string, string>> = { cervical: 'c', thoracic: 't', lumbar: 'l', sacral: 's' };

const BEGIN_A_NAME: ReadonlySet<string> = new Set([
  ...Object.keys(SPOKEN_LETTERS),
  ...Object.keys(REGIONS),
  ...ORDINALS,
]);

/** "first lumbar vertebra", "12th thoracic", "lumbar 1", "thoracic twelve" */
function spoken(token: Token, tokens: readonly Token[], at: number): NamedVertebra | undefined {
  const ordinal = ordinalAt(tokens, at);
  if (ordinal !== undefined) {
    const letter = REGIONS[tokens[ordinal.to]?.word ?? ''];
    if (letter !== undefined) return vertebra(letter, ordinal.number, ordinal.to + 1);
    const shared = sharedRegion(tokens, ordinal.to);
    return shared === undefined ? undefined : vertebra(shared, ordinal.number, ordinal.to);
  }
  const letter = REGIONS[token.word];
  if (letter === undefined) return undefined;
  const isNamed = tokens[at + 1]?.word === 'vertebra' || tokens[at + 1]?.word === 'vertebral';
  const isBody = isNamed && tokens[at + 2]?.word === 'body';
  const numberAt = at + 1 + (isNamed ? 1 : 0) + (isBody ? 1 : 0);
  const number = tokens[numberAt];
  if (number?.gap !== 'blank') return undefined;
  if (number.kind === 'number') return ofDigits(letter, number.word, numberAt + 1, tokens);
  const spokenNumber = NUMBER_WORDS.indexOf(number.word);
  return spokenNumber > 0 ? vertebra(letter, spokenNumber, numberAt + 1) : undefined;
}

const JOINTS_OF_ORDINALS: ReadonlySet<string> = new Set([',', 'and', '&', 'to', 'the']);
/** Most tokens between an ordinal and the region it shares with the last of its list. */
const LONGEST_LIST = 12;

/** "first, second and third lumbar vertebrae": the letter of the region named at the end of the list. */
function sharedRegion(tokens: readonly Token[], from: number): string | undefined {
  if (!JOINTS_OF_ORDINALS.has(tokens[from]?.word ?? '')) return undefined;
  for (let at = from; at < from + LONGEST_LIST;) {
    const word = tokens[at]?.word ?? '';
    if (Object.hasOwn(REGIONS, word))
      return OF_BODIES.has(tokens[at + 1]?.word ?? '') ? REGIONS[word] : undefined;
    if (JOINTS_OF_ORDINALS.has(word)) {
      at += 1;
      continue;
    }
    const next = ordinalAt(tokens, at);
    if (next === undefined) return undefined;
    at = next.to;
  }
  return undefined;
}

const OF_BODIES: ReadonlySet<string> = new Set([
  'vertebra',
  'vertebral',
  'body',
  'fracture',
  'compression',
  'wedge',
]);

function ordinalAt(tokens: readonly Token[], at: number): { number: number; to: number } | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const written = ORDINALS.indexOf(token.word);
  if (written > 0) return { number: written, to: at + 1 };
  const next = tokens[at + 1];
  const isNumbered =
    token.kind === 'number' && next?.gap === 'none' && ['st', 'nd', 'rd', 'th'].includes(next.word);
  return isNumbered ? { number: Number(token.word), to: at + 2 } : undefined;
}

function vertebra(letter: string, number: number, to: number): NamedVertebra | undefined {
  const region = letter === 'd' || letter === 'th' ? 'T' : (letter.toUpperCase() as NamedVertebra['region']);
  return number >= 1 && number <= MOST[region] ? { region, number, to } : undefined;
}
