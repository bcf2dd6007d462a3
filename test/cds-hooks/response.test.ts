import { describe, expect, test } from '@jest/globals';
import type { Card } from '../../src/cds-hooks/card.js';
import { responseSchema } from '../../src/cds-hooks/response.js';

const create = {
  type: 'create',
  description: 'Order it',
  resource: { resourceType: 'ServiceRequest', id: 'new' },
};
const suggestion = { label: 'Order it', uuid: 'e56e1945-20b3-4393-8503-a1a20fd73152', actions: [create] };
const card = {
  uuid: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
  summary: 'L1: kyphoplasty favoured',
  indicator: 'info',
  source: { label: 'Vertebral fractures' },
};
const withSuggestion = { ...card, suggestions: [suggestion], selectionBehavior: 'at-most-one' };
const link = { label: 'Review', url: 'https://cds.example/review', type: 'smart', appContext: 'x' };

test('a card of the types of card.ts is a valid one', () => {
  const typed: Card = {
    uuid: card.uuid,
    summary: 's'.repeat(139),
    detail: '**bold**',
    indicator: 'warning',
    source: { label: 'x', topic: { system: 'http://s', code: 'c' } },
    suggestions: [
      {
        label: 'a',
        uuid: suggestion.uuid,
        isRecommended: true,
        actions: [{ type: 'delete', description: 'd', resourceId: 'ServiceRequest/1' }],
      },
    ],
    selectionBehavior: 'any',
    overrideReasons: [{ system: 'http://s', code: 'c', display: 'd' }],
    links: [{ label: 'l', url: 'https://x.example/', type: 'absolute' }],
    extension: { 'org.example': { a: 1 } },
  };
  expect(responseSchema.safeParse({ cards: [typed] })).toMatchObject({ success: true });
});

describe('a response is invalid', () => {
  const rows: readonly [string, unknown][] = [
    ['without cards', {}],
    ['with an unknown member', { cards: [], extra: 1 }],
    ['with empty systemActions', { cards: [], systemActions: [] }],
    ['with an extension that is no object', { cards: [], extension: { a: 'x' } }],
    ['with an empty extension', { cards: [], extension: {} }],
    ['with a summary of 140 characters', { cards: [{ ...card, summary: 's'.repeat(140) }] }],
    ['with half a surrogate pair in the summary', { cards: [{ ...card, summary: 'x\ud83e' }] }],
    ['with an empty summary', { cards: [{ ...card, summary: '' }] }],
    ['with the dead indicator hard-stop', { cards: [{ ...card, indicator: 'hard-stop' }] }],
    ['without source', { cards: [{ ...card, source: undefined }] }],
    ['with a relative source url', { cards: [{ ...card, source: { label: 'x', url: '/x' } }] }],
    ['with a topic without system', { cards: [{ ...card, source: { label: 'x', topic: { code: 'x' } } }] }],
    ['with an empty array', { cards: [{ ...card, links: [] }] }],
    ['with null', { cards: [{ ...card, detail: null }] }],
    ['with null deep in a resource', { cards: [nested({ code: null })] }],
    ['with an empty object deep in a resource', { cards: [nested({ code: {} })] }],
    ['with suggestions but no selectionBehavior', { cards: [{ ...card, suggestions: [suggestion] }] }],
    ['with selectionBehavior but no suggestions', { cards: [{ ...card, selectionBehavior: 'any' }] }],
    ['with selectionBehavior all', { cards: [{ ...withSuggestion, selectionBehavior: 'all' }] }],
    ['with two recommended of which one may be chosen', { cards: [twoRecommended('at-most-one')] }],
    [
      'with an override reason without display',
      { cards: [{ ...card, overrideReasons: [{ system: 's', code: 'c' }] }] },
    ],
    ['with an action in capitals', { cards: [acting({ ...create, type: 'CREATE' })] }],
    ['with an action without description', { cards: [acting({ ...create, description: undefined })] }],
    ['with a resource as text', { cards: [acting({ ...create, resource: '{}' })] }],
    [
      'with an update without id',
      { cards: [acting({ ...create, type: 'update', resource: { resourceType: 'X' } })] },
    ],
    ['with a delete without resourceId', { cards: [acting({ type: 'delete', description: 'x' })] }],
    ['with appContext on an absolute link', { cards: [{ ...card, links: [{ ...link, type: 'absolute' }] }] }],
    ['with a link of no type', { cards: [{ ...card, links: [{ ...link, type: undefined }] }] }],
    ['with one uuid used twice', { cards: [card, card] }],
  ];
  test.each(rows)('%s', (_, response) => {
    expect(responseSchema.safeParse(response).success).toBe(false);
  });
});

test('two suggestions may be recommended where any may be chosen', () => {
  expect(responseSchema.safeParse({ cards: [twoRecommended('any')] }).success).toBe(true);
});

function acting(action: unknown) {
  return { ...withSuggestion, suggestions: [{ ...suggestion, actions: [action] }] };
}
function nested(members: Record<string, unknown>) {
  return acting({ ...create, resource: { resourceType: 'ServiceRequest', ...members } });
}
function twoRecommended(selectionBehavior: string) {
  const recommended = { ...suggestion, isRecommended: true };
  return {
    ...card,
    selectionBehavior,
    suggestions: [recommended, { ...recommended, uuid: card.uuid.replace('4e', '5e') }],
  };
}
