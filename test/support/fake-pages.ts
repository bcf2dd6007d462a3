/** Pages that say nothing of medicine. */
import type { ServicePages } from '../../src/web/page/service-pages.js';

export const fakePages: ServicePages = {
  knowledge: { title: 'Knowledge', path: '/knowledge', main: 'what the services know' },
  knowledgeFile: { knowledgeVersion: '0' },
  review: ({ patientId }) => ({ title: 'Review', main: `review of ${patientId}` }),
  registration: {
    topics: [],
    orderKinds: [],
    sample: { patient: 't6-l3-wedge-40-percent', hook: 'order-select', order: 'Lumbar brace' },
  },
};
