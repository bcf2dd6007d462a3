/** Every card in every client profile: valid, and nothing in it that the client could not show or carry out. */
import { describe, expect, test } from '@jest/globals';
import {
  canCarryOut,
  clientProfile,
  clientProfileNames,
  isShown,
  offencesAgainst,
} from '../../../../src/cds-hooks/profiles.js';
import { callOptions } from '../../../../src/cds-hooks/options.js';
import { responseSchema } from '../../../../src/cds-hooks/response.js';
import { answerTo, draftOrder, type Occasion } from '../../../support/hook-answer.js';
import { expectedOf, fixtureNames, storedResourcesOf } from '../../../support/synthetic-patients.js';

const ORDERS = ['Kyphoplasty', 'Lumbar brace'];

function answer(fixture: string, occasion: Occasion & { readonly order?: string }) {
  const { patient, asOf } = expectedOf(fixture);
  const draft = draftOrder(occasion.order ?? '', {
    subject: { reference: `Patient/${patient.id}` },
  });
  return answerTo(storedResourcesOf(fixture), {
    ...occasion,
    patientId: patient.id,
    asOf: Date.parse(`${asOf}T12:00:00Z`),
    orders: occasion.hook === 'patient-view' ? [] : [draft],
  });
}

describe.each(clientProfileNames)('profile %s', (name) => {
  const profile = clientProfile(name, { longestDetail: name === 'generic' ? 100_000 : 4000 });
  test('every card of every synthetic patient is valid and holds nothing the client would not understand', () => {
    let seen = 0;
    fixtureNames.forEach((fixture, index) => {
      for (const occasion of [
        { hook: 'patient-view' as const },
        ...ORDERS.map((order) => ({ hook: 'order-select' as const, order })),
        { hook: 'order-sign' as const, order: ORDERS[index % ORDERS.length] ?? '' },
      ]) {
        const { cards, extension } = answer(fixture, { ...occasion, profile });
        const body = { cards, ...(extension !== undefined && { extension }) };
        expect(responseSchema.safeParse(body)).toMatchObject({ success: true });
        expect(cards.flatMap((card) => offencesAgainst(profile, card))).toEqual([]);
        seen += cards.length;
      }
    });
    expect(seen).toBeGreaterThan(500);
  });
});

describe('a suggestion that the client could not carry out becomes plain advice', () => {
  const brace = (profile: Occasion['profile'], site: Occasion['site'] = {}) =>
    answer('2-2-anticoagulated', {
      hook: 'order-select',
      order: 'Lumbar brace',
      site,
      ...(profile && { profile }),
    }).cards[0];

  test('on Epic without a code of its own; with one it is a button', () => {
    expect(brace('epic')?.suggestions).toBeUndefined();
    expect(brace('epic')?.detail).toContain('- Order kyphoplasty L3');
    const code = 'urn:com.epic.cdshooks.action.code.system.preference-list-item';
    const mapped = brace('epic', { orderCodes: { kyphoplasty: [{ system: code, code: '48123' }] } });
    expect(mapped?.suggestions).toHaveLength(1);
    expect(mapped?.detail).not.toContain('- Order kyphoplasty L3');
  });

  test('on Oracle Health, which documents none', () => {
    expect(brace('oracle-health')).toMatchObject({
      detail: expect.stringContaining('this EHR cannot place it from a card'),
    });
    expect(brace('oracle-health')?.suggestions).toBeUndefined();
  });

  test('a site that knows better sets it', () => {
    const actions = ['create', 'delete'] as const;
    expect(brace(clientProfile('oracle-health', { actions: [...actions] }))?.suggestions).toHaveLength(1);
  });

  test('a draft can be taken back on Epic although the referral has no code there', () => {
    const [card] = answer('1-1-discitis', {
      hook: 'order-select',
      order: 'Kyphoplasty',
      profile: 'epic',
    }).cards;
    expect(card?.suggestions?.[0]?.actions).toMatchObject([{ type: 'delete' }]);
  });
});

describe('what a client shows', () => {
  test('a long detail is cut between paragraphs, and says so', () => {
    const profile = clientProfile('generic', { longestDetail: 1200 });
    const [card] = answer('2-2-anticoagulated', {
      hook: 'order-select',
      order: 'Lumbar brace',
      profile,
    }).cards;
    expect(card?.detail?.length).toBeLessThanOrEqual(1200);
    expect(card?.detail).toMatch(/\n\n…$/);
  });

  test('links to registered hosts alone, port included', () => {
    const profile = clientProfile('epic', { linkHosts: ['cds.example.org', 'cds.example.org:8443'] });
    expect(isShown('https://cds.example.org/review', profile)).toBe(true);
    expect(isShown('https://cds.example.org:8443/review', profile)).toBe(true);
    expect(isShown('https://cds.example.org:9000/review', profile)).toBe(false);
    expect(isShown('https://cds.example.org.evil.example/', profile)).toBe(false);
    expect(isShown('not a url', profile)).toBe(false);
    expect(isShown('https://anywhere.example/', clientProfile('generic'))).toBe(true);
  });

  test('an update counts as understood only where the client updates', () => {
    const actions = [
      { type: 'update', description: 'x', resource: { resourceType: 'Basic', id: 'b', code: {} } },
    ] as const;
    const suggestion = { label: 'x', uuid: 'u', actions };
    expect(canCarryOut(suggestion, clientProfile('generic'))).toBe(true);
    expect(canCarryOut(suggestion, clientProfile('generic', { actions: ['create'] }))).toBe(false);
  });
});

describe('options of a call', () => {
  const asked = (configuration: unknown) => ({
    options: callOptions({ 'davinci-crd.configuration': configuration }),
  });
  const cards = (configuration: unknown) =>
    answer('2-7-four-fractures', { hook: 'order-select', order: 'Kyphoplasty', ...asked(configuration) });

  test('"max-cards" limits how many go out', () => {
    expect(cards({ 'max-cards': 1 }).mostCards).toBe(1);
    expect(cards({ 'max-cards': 0 }).mostCards).toBe(0);
    expect(cards({ 'max-cards': 99 }).mostCards).toBe(3);
  });

  test('a kind of card is switched off', () => {
    const topics = (configuration: unknown) =>
      answer('2-2-anticoagulated', { hook: 'order-select', order: 'Lumbar brace', ...asked(configuration) })
        .cards.length;
    expect(topics({})).toBe(1);
    expect(topics({ augmentation: false })).toBe(0);
    expect(topics({ referral: false })).toBe(1);
  });

  test.each([
    [{ 'max-cards': '1' }],
    [{ 'max-cards': -1 }],
    [{ 'max-cards': 1.5 }],
    [{ unknown: false }],
    ['x'],
    [null],
    [[1]],
  ])('what is unknown or of the wrong type is ignored: %j', (configuration) => {
    expect(cards(configuration).mostCards).toBe(3);
  });
});
