/** CDS services without medicine: they show what the server hands to a service and brings back from it. */
import type { Card } from '../../src/cds-hooks/card.js';
import type { CdsService, Hook, HookAnswer, HookCall } from '../../src/cds-hooks/service.js';

type Evaluate = CdsService['evaluate'];

const templates = {
  patient: { query: 'Patient/{{context.patientId}}', purpose: 'Age.', required: true },
  conditions: { query: 'Condition?patient={{context.patientId}}', purpose: 'Fractures.', required: false },
};

/** A service for one hook, with the id `fake-<hook>`; answers with one card unless told otherwise. */
export function fakeService(hook: Hook = 'patient-view', evaluate: Evaluate = oneCard): CdsService {
  return {
    id: `fake-${hook}`,
    hook,
    title: 'Fake',
    description: 'A service for tests.',
    prefetch: templates,
    evaluate,
  };
}

export function oneCard(call: HookCall): HookAnswer {
  const card: Card = {
    uuid: call.newId(),
    summary: `${call.data.get('conditions')?.state ?? 'no'} conditions`,
    indicator: 'info',
    source: { label: 'Fake', topic: { system: 'https://example.org/outcome', code: 'kyphoplasty' } },
    suggestions: [{ label: 'Order', uuid: call.newId() }],
    selectionBehavior: 'any',
  };
  const record = {
    cardUuid: card.uuid,
    outcome: 'kyphoplasty',
    rule: 'T6',
    knowledgeVersion: '1.0.0',
    indicator: card.indicator,
    levels: ['L1'],
    missing: [],
    rules: ['T6'],
    fingerprint: 'f',
    isGuard: false,
    suggestions: (card.suggestions ?? []).map(({ uuid, label }) => ({ uuid, label })),
  };
  return { cards: [card], records: [record], mostCards: 3, acts: [], ofOtherPatients: 0 };
}
