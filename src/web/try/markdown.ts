/** The detail of a card as EHRs show it: GitHub Markdown, without HTML. */
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt('default', { html: false, linkify: false });

/** HTML that holds no tag which stood in the text. */
export function rendered(text: string): string {
  return markdown.render(text);
}
