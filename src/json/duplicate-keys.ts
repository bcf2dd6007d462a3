/**
 * Finds a key that is written twice in one object. JSON.parse silently takes the last one, so a gateway that takes the
 * first would see another patient than we do.
 */
const quote = 34;
const backslash = 92;
const colon = 58;

/**
 * Position of the second of two equal keys, undefined when there is none.
 * @param text valid JSON
 * @param keys how many keys its parsed value has: when no more than that are written, none was lost
 */
export function duplicateKey(text: string, keys: number): number | undefined {
  return keysWrittenAtMost(text) === keys ? undefined : search(text);
}

/** Colons after a quote: every key has one; a text such as `":"` inside a string may add some. */
function keysWrittenAtMost(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (isBlank(text.charCodeAt(before))) before -= 1;
    if (text.charCodeAt(before) === quote) count += 1;
  }
  return count;
}

/** Reads the text character by character; only what the count could not clear comes here. */
function search(text: string): number | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '{':
        open.push(new Set());
        break;
      case '[':
        open.push(undefined);
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case '"': {
        const end = endOfString(text, at);
        const keys = open.at(-1);
        if (keys !== undefined && isFollowedByColon(text, end)) {
          const key = keyIn(text.slice(at, end));
          if (keys.has(key)) return at;
          keys.add(key);
        }
        at = end - 1;
        break;
      }
      default:
    }
  }
  return undefined;
}

/** The place behind the closing quote. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at + 1;
  }
  return text.length;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at) === colon;
}

/** Two spellings of a key are one key: `"a"` and `"\u0061"`. */
function keyIn(literal: string): string {
  return literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
