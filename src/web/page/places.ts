/** Where every page leads. */
import type { Place } from './document.js';
import { knowledgePath } from './service-pages.js';

export const places: readonly Place[] = [
  { path: '/', name: 'Console' },
  { path: '/try', name: 'Try it' },
  { path: knowledgePath, name: 'Knowledge' },
  { path: '/feedback', name: 'Feedback' },
];
