/** Where every page leads. */
import type { Place } from './document.js';
import { knowledgePath } from './service-pages.js';

/** @param isDemo whether there are synthetic patients to try */
export function placesOf(isDemo: boolean): readonly Place[] {
  return [
    { path: '/', name: 'Console' },
    ...(isDemo ? [{ path: '/try', name: 'Try it' }] : []),
    { path: '/registration', name: 'Registration' },
    { path: knowledgePath, name: 'Knowledge' },
    { path: '/feedback', name: 'Feedback' },
  ];
}
