/** What the medicine brings for people to read: the seam between the wing that serves pages and the one that knows medicine. */
import type { PageContent } from './document.js';

export interface ServicePages {
  /** Everything the services decide by, with its sources: the page at `/knowledge`. */
  readonly knowledge: PageContent;
}

export const knowledgePath = '/knowledge';
