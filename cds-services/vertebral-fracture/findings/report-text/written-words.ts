/** Words as they stand in a text, each looked at once: reports are written in a few thousand of them. */
import { canonicalWord } from './spelling.js';

export interface WrittenWord {
  /** The word as the reader knows it: lower case, American spelling, singular. */
  readonly word: string;
  /** Begins with a capital letter. */
  readonly capital: boolean;
  /** Two letters or more, and none of them small. */
  readonly capitals: boolean;
  /** Written in a plural form ("fractures"). */
  readonly plural: boolean;
}

const MOST_REMEMBERED = 20_000;
/** Longer ones are no words of a report. */
const LONGEST_REMEMBERED = 40;
const remembered = new Map<string, WrittenWord>();

/** @param written letters, with inner apostrophes and the digits of "L1" */
export function writtenWord(written: string): WrittenWord {
  const known = remembered.get(written);
  if (known !== undefined) return known;
  const found = lookedAt(written);
  if (written.length > LONGEST_REMEMBERED) return found;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(apart(written), found);
  return found;
}

function lookedAt(written: string): WrittenWord {
  const lower = written
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^end.plate/s, 'endplate');
  const capital = !lower.startsWith(written.charAt(0));
  return {
    word: apart(canonicalWord(lower)),
    capital,
    capitals: capital && written.length > 1 && written === written.toUpperCase(),
    plural: lower.endsWith('s') || lower === 'vertebrae' || lower === 'metastases',
  };
}

/** A word that is part of a text would keep the whole text in memory; a name of a property is a string of its own. */
function apart(word: string): string {
  return Object.keys({ [word]: true })[0] ?? word;
}
