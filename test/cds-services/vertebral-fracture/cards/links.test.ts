/** Where cards lead: to the review where it can be launched, to the row that decided, to nothing the client would drop. */
import { describe, expect, test } from '@jest/globals';
import { clientProfile } from '../../../../src/cds-hooks/profiles.js';
import { linksOf } from '../../../../cds-services/vertebral-fracture/cards/links.js';
import { textsIn } from '../../../../cds-services/vertebral-fracture/cards/texts/texts.js';

const pages = {
  review: 'https://cds.example.org/review/launch',
  knowledge: 'https://cds.example.org/knowledge',
};
const draft = { levels: ['L1', 'L3'], rule: 'T6' };
const t = textsIn('en');
const generic = clientProfile('generic');

test('a card leads to the review with its levels, and to its row', () => {
  const [review, knowledge] = linksOf(draft, pages, generic, t);
  expect(review).toEqual({
    label: 'Open the fracture review',
    url: pages.review,
    type: 'smart',
    appContext: '{"levels":["L1","L3"],"rule":"T6"}',
  });
  expect(knowledge).toMatchObject({ url: 'https://cds.example.org/knowledge#row-T6', type: 'absolute' });
});

test('no link starts by itself, and appContext goes with an app alone', () => {
  for (const link of linksOf(draft, pages, generic, t)) {
    expect(link).not.toHaveProperty('autolaunchable');
    expect('appContext' in link).toBe(link.type === 'smart');
  }
});

test('without pages there is no link', () => {
  expect(linksOf(draft, {}, generic, t)).toEqual([]);
});

describe('a client that shows registered hosts alone', () => {
  test('gets no link until ours is registered', () => {
    expect(linksOf(draft, pages, clientProfile('epic'), t)).toEqual([]);
    const epic = clientProfile('epic', { linkHosts: ['cds.example.org'] });
    expect(linksOf(draft, pages, epic, t)).toHaveLength(2);
  });
});
