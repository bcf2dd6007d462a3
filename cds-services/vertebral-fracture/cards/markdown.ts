/** GitHub-flavoured Markdown from parts, with text of the record kept from being read as markup. */

// Control and bidirectional formatting characters could hide or reorder what a reader sees.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
const LONGEST_QUOTE = 120;

/** Text of the record as a code span: nothing in it can be a link, an image, HTML or emphasis. */
export function quoted(text: string): string {
  const plain = text.slice(0, 1000).toWellFormed().replace(INVISIBLE, ' ').replaceAll('`', "'").trim();
  const characters = Array.from(plain);
  const cut =
    characters.length > LONGEST_QUOTE ? `${characters.slice(0, LONGEST_QUOTE - 1).join('')}…` : plain;
  return cut === '' ? '' : `\`${cut}\``;
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** A section with a bold heading; nothing when it has no lines. */
export function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`**${heading}**\n\n${bullets(lines)}`];
}
