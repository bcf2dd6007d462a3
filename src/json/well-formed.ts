/**
 * Halves of characters: `"\ud83d"` is a string of JSON that no UTF-8 can hold, and every system on the way makes
 * something else of it.
 */
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/** @param text the JSON that `value` was parsed from; its bytes were UTF-8, so only escapes can hold a half */
export function isWellFormed(text: string, value: unknown): boolean {
  return !text.includes('\\u') || !surrogateEscape.test(text) || areStringsWhole(value);
}

function areStringsWhole(root: unknown): boolean {
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string' && !value.isWellFormed()) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      if (!key.isWellFormed()) return false;
      waiting.push(member);
    }
  }
  return true;
}
