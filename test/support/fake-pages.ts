/** Pages that say nothing of medicine. */
import type { ServicePages } from '../../src/web/page/service-pages.js';

export const fakePages: ServicePages = {
  knowledge: { title: 'Knowledge', path: '/knowledge', main: 'what the services know' },
};
