/** What a clinician sees: when a card speaks, what it says, and what it offers. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import type { Card } from '../../../../src/cds-hooks/card.js';
import type { ClientProfileName } from '../../../../src/cds-hooks/profiles.js';
import { responseSchema } from '../../../../src/cds-hooks/response.js';
import { answerTo, draftOrder, type Occasion } from '../../../support/hook-answer.js';
import { icd, level, observed, status, study } from '../../../support/record.js';

const percent = (value: number) => ({ valueQuantity: { value, unit: '%' } });
const intact = observed('neurological-deficit', { valueBoolean: false });
const deficit = observed('neurological-deficit', { valueBoolean: true });
const pain = (score: number) => observed('pain-score', { valueInteger: score });
const failed = observed('conservative-therapy-failed', { valueBoolean: true });

/** A fresh, painful wedge fracture of one vertebra, imaged by MR, examined or not. */
function wedge(name = 'L3', loss = 40, code = 'S32.030A'): readonly FhirResource[] {
  return [
    icd(code, { onsetDateTime: '2026-11-05' }),
    study('MR', { description: 'MRI thoracic and lumbar spine' }),
    observed('height-loss-percent', percent(loss), level(name)),
    observed('marrow-oedema', { valueBoolean: true }, level(name)),
  ];
}
const candidate = [...wedge(), intact, pain(8), failed];

function cardsOf(resources: readonly FhirResource[], occasion?: Occasion): readonly Card[] {
  const { cards, records } = answerTo(resources, occasion);
  expect(responseSchema.safeParse({ cards })).toMatchObject({ success: true });
  expect(records.map((record) => record.cardUuid)).toEqual(cards.map((card) => card.uuid));
  return cards;
}
const topics = (cards: readonly Card[]) => cards.map((card) => card.source.topic?.code);
const actionsOf = (card: Card | undefined) =>
  (card?.suggestions ?? []).flatMap((suggestion) => suggestion.actions ?? []);

describe('the summary is one a surgeon would write', () => {
  test.each<[string, readonly FhirResource[], string]>([
    ['kyphoplasty', candidate, 'L3: kyphoplasty favoured: 40 % height loss, acute with oedema, pain 8/10'],
    [
      'vertebroplasty',
      [...wedge('L3', 85), intact, pain(8), failed],
      'L3: vertebroplasty by the article: 85 % height loss, acute with oedema, pain 8/10',
    ],
    [
      'either',
      [...wedge('L3', 75), intact, pain(8), failed],
      'L3: kyphoplasty or vertebroplasty: 75 % height loss, acute with oedema, pain 8/10',
    ],
    [
      'referral',
      [...wedge(), deficit, pain(8)],
      'L3: neurological deficit recorded; sources advise spine surgery referral',
    ],
    [
      'missing',
      [...wedge(), pain(8), failed],
      'L3: if neurologically intact, kyphoplasty favoured (40 % height loss, acute with oedema, pain 8/10). Confirm: neurological examination',
    ],
  ])('%s', (_, record, summary) => {
    expect(cardsOf(record).map((card) => card.summary)).toEqual([summary]);
  });
});

describe('at order-select', () => {
  const at = (order: string, more: Partial<FhirResource> = {}): Occasion => ({
    hook: 'order-select',
    orders: [draftOrder(order, more)],
  });

  test('an unrelated order for a patient without a fracture gives no card', () => {
    expect(cardsOf([], at('Complete blood count'))).toEqual([]);
  });

  test('an unrelated order for a patient with a fracture gives no card, unless there is a danger', () => {
    expect(cardsOf(candidate, at('Complete blood count'))).toEqual([]);
    expect(topics(cardsOf([...wedge(), deficit], at('Complete blood count')))).toEqual(['surgical-referral']);
  });

  test('only the selected orders are judged', () => {
    const orders = [draftOrder('Kyphoplasty L3'), draftOrder('Complete blood count', { id: 'draft-2' })];
    expect(
      cardsOf(candidate, { hook: 'order-select', orders, selections: ['ServiceRequest/draft-2'] }),
    ).toEqual([]);
    expect(
      topics(cardsOf(candidate, { hook: 'order-select', orders, selections: ['ServiceRequest/draft-1'] })),
    ).toEqual(['kyphoplasty']);
  });

  test('a brace for a candidate brings the kyphoplasty order with body site, reason and patient', () => {
    const [card] = cardsOf(candidate, at('Lumbar brace'));
    expect(card).toMatchObject({ indicator: 'info', selectionBehavior: 'any' });
    expect(card?.suggestions).toMatchObject([{ label: 'Order kyphoplasty L3', isRecommended: true }]);
    expect(actionsOf(card)).toMatchObject([
      {
        type: 'create',
        resource: {
          resourceType: 'ServiceRequest',
          status: 'draft',
          subject: { reference: 'Patient/p1' },
          code: {
            coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '22514' }],
            text: 'Balloon kyphoplasty L3',
          },
          bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code: '36470004' }], text: 'L3' }],
          reasonReference: [{ reference: expect.stringMatching(/^Condition\//) }],
        },
      },
    ]);
  });

  test.each([
    ['kyphoplasty', 'T8', 40, 'S22.060A', '22513'],
    ['vertebroplasty', 'T8', 85, 'S22.060A', '22510'],
    ['vertebroplasty', 'L3', 85, 'S32.030A', '22511'],
  ])('%s at %s with %i %% carries the right CPT number', (topic, name, loss, code, number) => {
    const cards = cardsOf([...wedge(name, loss, code), intact, pain(8), failed], at('Lumbar brace'));
    expect(topics(cards)).toEqual([topic]);
    expect(actionsOf(cards[0])).toMatchObject([{ resource: { code: { coding: [{ code: number }] } } }]);
  });

  test('vertebroplasty ordered where kyphoplasty is favoured: one suggestion takes back the draft and orders the other', () => {
    const [card] = cardsOf(candidate, at('Vertebroplasty L3'));
    expect(card?.suggestions).toHaveLength(1);
    expect(actionsOf(card).map(({ type }) => type)).toEqual(['delete', 'create']);
    expect(actionsOf(card)[0]).toMatchObject({ resourceId: 'ServiceRequest/draft-1' });
  });

  test('cement ordered in spite of a deficit: critical, the draft replaced by an urgent referral', () => {
    const [card] = cardsOf([...wedge(), deficit, pain(8)], at('Kyphoplasty L3'));
    expect(card).toMatchObject({ indicator: 'critical', source: { topic: { code: 'surgical-referral' } } });
    expect(actionsOf(card)).toMatchObject([
      { type: 'delete', resourceId: 'ServiceRequest/draft-1' },
      { type: 'create', resource: { priority: 'urgent', code: { text: 'Referral to spine surgery' } } },
    ]);
  });

  test('cement ordered while the neurological status is unknown: a warning, and no procedure is offered', () => {
    const [card] = cardsOf([...wedge(), pain(8), failed], at('Kyphoplasty L3'));
    expect(card).toMatchObject({
      indicator: 'warning',
      source: { topic: { code: 'insufficient-data' } },
      extension: { 'org.vertebral-cds': { rule: '3.1', missing: ['neurologicalDeficit'], levels: ['L3'] } },
    });
    expect(JSON.stringify(card?.suggestions)).not.toMatch(/plasty L3/);
  });

  test('cement for a patient without a recorded fracture is a warning of its own, at the wrong level a critical one', () => {
    expect(cardsOf([], at('Kyphoplasty L1'))[0]).toMatchObject({
      indicator: 'warning',
      summary: expect.stringContaining('no thoracic or lumbar fracture'),
    });
    const [card, ...others] = cardsOf(candidate, at('Kyphoplasty', { bodySite: [{ text: 'L2' }] }));
    expect(others).toEqual([]);
    expect(card).toMatchObject({
      indicator: 'critical',
      summary: 'Cement ordered at L2, but the fracture recorded is at L3. Check the level.',
    });
    expect(actionsOf(card)).toMatchObject([{ type: 'delete', resourceId: 'ServiceRequest/draft-1' }]);
  });

  test('a referral that is already drafted is not suggested again', () => {
    const orders = [
      draftOrder('Referral to spine surgery', { id: 'referral' }),
      draftOrder('Kyphoplasty L3'),
    ];
    const [card] = cardsOf([...wedge(), deficit], { hook: 'order-select', orders });
    expect(actionsOf(card)).toMatchObject([{ type: 'delete', resourceId: 'ServiceRequest/draft-1' }]);
  });

  test('only the draft that is wrong is taken back, not one that is right for another vertebra', () => {
    const healed = [
      icd('S32.040A', { onsetDateTime: '2025-11-05' }),
      observed('marrow-oedema', { valueBoolean: false }, level('L4')),
    ];
    const orders = [
      draftOrder('Kyphoplasty L3', { id: 'right' }),
      draftOrder('Kyphoplasty L4', { id: 'wrong' }),
    ];
    const cards = cardsOf([...candidate, ...healed], { hook: 'order-sign', orders });
    expect(topics(cards)).toEqual(['medical-management']);
    expect(actionsOf(cards[0])).toMatchObject([{ type: 'delete', resourceId: 'ServiceRequest/wrong' }]);
    const open = cardsOf([...candidate, ...healed], at('Kyphoplasty'));
    expect(open.flatMap(actionsOf).filter(({ type }) => type === 'delete')).toEqual([]);
  });

  test('an order for two levels of which one has no fracture is critical, and is not taken back whole', () => {
    const [card] = cardsOf(candidate, at('Kyphoplasty L2 and L3')).filter(({ summary }) =>
      summary.startsWith('Cement'),
    );
    expect(card).toMatchObject({
      indicator: 'critical',
      summary: expect.stringContaining('Check the level'),
    });
    expect(actionsOf(card)).toEqual([]);
  });

  test('cement at a lumbar level where only a cervical fracture is recorded is a warning; for a child nothing is advised', () => {
    expect(cardsOf([icd('M48.52XA')], at('Kyphoplasty L1'))[0]).toMatchObject({ indicator: 'warning' });
    const child: FhirResource = { resourceType: 'Patient', id: 'p1', birthDate: '2012-01-01' };
    expect(cardsOf([child, icd('S32.010A')], at('Kyphoplasty L1'))).toEqual([]);
  });

  test("another patient's draft order is not judged", () => {
    const stranger = draftOrder('Kyphoplasty L3', { subject: { reference: 'Patient/p2' } });
    expect(cardsOf(candidate, { hook: 'order-select', orders: [stranger] })).toEqual([]);
  });

  test('a medication is recognised by its name', () => {
    const order = {
      resourceType: 'MedicationRequest',
      id: 'draft-1',
      medicationCodeableConcept: { text: 'Tramadol 50 mg' },
    };
    expect(topics(cardsOf(candidate, { hook: 'order-select', orders: [order as FhirResource] }))).toEqual([
      'kyphoplasty',
    ]);
  });
});

describe('a choice of one technique', () => {
  const equal = [...wedge('L3', 25), intact, pain(8), failed];
  const item = 'urn:com.epic.cdshooks.action.code.system.preference-list-item';
  const mapped = {
    orderCodes: {
      kyphoplasty: [{ system: item, code: '1' }],
      vertebroplasty: [{ system: item, code: '2' }],
    },
  };
  const select = (profile: ClientProfileName = 'generic', site: Occasion['site'] = {}) =>
    cardsOf(equal, { hook: 'order-select', orders: [draftOrder('Lumbar brace')], profile, site })[0];

  test('is offered as such to a client that understands it', () => {
    const card = select();
    expect([card?.selectionBehavior, card?.suggestions?.length]).toEqual(['at-most-one', 2]);
  });

  test('never becomes two orders on Epic, which knows "any" alone: one is offered, the text names the other', () => {
    const card = select('epic', mapped);
    expect([card?.selectionBehavior, card?.suggestions?.length]).toEqual(['any', 1]);
    expect(card?.detail).toMatch(/vertebroplasty/);
  });
});

describe('at order-sign', () => {
  const at = (order: string): Occasion => ({ hook: 'order-sign', orders: [draftOrder(order)] });

  test('nothing is said when order and assessment agree', () => {
    expect(cardsOf(candidate, at('Kyphoplasty L3'))).toEqual([]);
    expect(cardsOf([...wedge(), deficit], at('Referral to spine surgery'))).toEqual([]);
    expect(cardsOf(candidate, at('Complete blood count'))).toEqual([]);
  });

  test('it speaks when they disagree, when something decisive is missing, and in danger', () => {
    expect(topics(cardsOf(candidate, at('Vertebroplasty L3')))).toEqual(['kyphoplasty']);
    expect(topics(cardsOf([...wedge(), pain(8), failed], at('Kyphoplasty L3')))).toEqual([
      'insufficient-data',
    ]);
    expect(topics(cardsOf([...wedge(), deficit], at('Lumbar brace')))).toEqual(['surgical-referral']);
    const noHeightLoss = candidate.filter((resource) => !JSON.stringify(resource).includes('height-loss'));
    expect(cardsOf(noHeightLoss, at('Kyphoplasty L3'))).toMatchObject([
      { extension: { 'org.vertebral-cds': { rule: '3.2', missing: ['heightLossPercent'] } } },
    ]);
  });
});

describe('at patient-view', () => {
  test('a healed fracture, low pain, and missing data without severe pain say nothing', () => {
    const noOedema = observed('marrow-oedema', { valueBoolean: false }, level('L3'));
    expect(cardsOf([icd('S32.030A'), noOedema])).toEqual([]);
    expect(cardsOf([...wedge(), intact, pain(2)])).toEqual([]);
    expect(cardsOf(wedge())).toEqual([]);
  });

  test('a healed fracture stays silent whatever else befalls the patient, until cement is ordered for it', () => {
    const healed = icd('S32.030A', { clinicalStatus: status('resolved') });
    const sepsis = icd('A41.9');
    expect(cardsOf([healed, sepsis])).toEqual([]);
    expect(cardsOf([healed, icd('G83.4')])).toEqual([]);
    const orders = [draftOrder('Kyphoplasty L3')];
    expect(topics(cardsOf([healed, sepsis], { hook: 'order-sign', orders }))).toEqual(['defer']);
  });

  test('fractures with one outcome share a card, the most urgent card comes first', () => {
    const second = [
      icd('S32.040A', { onsetDateTime: '2026-11-05' }),
      observed('height-loss-percent', percent(50), level('L4')),
      observed('marrow-oedema', { valueBoolean: true }, level('L4')),
    ];
    const retropulsed = [
      icd('S22.060A', { onsetDateTime: '2026-11-05' }),
      observed('height-loss-percent', percent(30), level('T8')),
      observed('retropulsion', { valueBoolean: true }, level('T8')),
    ];
    const cards = cardsOf([...candidate, ...second, ...retropulsed]);
    expect(
      cards.map((card) => [card.source.topic?.code, card.extension?.['org.vertebral-cds']?.levels]),
    ).toEqual([
      ['surgical-referral', ['T8']],
      ['kyphoplasty', ['L3', 'L4']],
    ]);
  });
});

describe('what a card tells besides', () => {
  const detailOf = (resources: readonly FhirResource[], occasion?: Occasion) =>
    cardsOf(resources, occasion)[0]?.detail ?? '';

  test('data of another patient is left out, and the answer says so', () => {
    const strange = { ...icd('G83.4'), id: 'strange', subject: { reference: 'Patient/p2' } };
    const { cards, extension } = answerTo([...candidate, strange]);
    expect(topics(cards)).toEqual(['kyphoplasty']);
    expect(cards[0]?.detail).toContain('belongs to another patient: `Condition/strange`');
    expect(extension).toEqual({
      'org.vertebral-cds': { notUsed: [{ resource: 'Condition/strange', reason: 'other-patient' }] },
    });
    expect(cardsOf([strange])[0]?.summary).toContain('Data of another patient');
  });

  test('data that could not be read is named', () => {
    const data = new Map([['allergies', { state: 'unavailable', reason: 'timeout' } as const]]);
    expect(detailOf(candidate, { data })).toContain('Allergies: not read (not in time).');
  });

  test('evidence comes with its dissent, and the policy with its name', () => {
    const detail = detailOf(candidate);
    expect(detail).toContain('KAVIAR (2014)');
    expect(detail).toContain('NASS (2025) rated cement appropriate in 7 of 144');
    expect(detailOf([...wedge('L3', 85), intact, pain(8), failed])).toContain(
      'AAOS (2010) is strongly against vertebroplasty',
    );
    expect(detail).toMatch(/knowledge version 1\.0\.0/);
  });

  test('a threshold changed by the site is in force and named', () => {
    const site = { policy: { kyphoplastyBelowHeightLoss: 30 } };
    const [card] = cardsOf(candidate, { site });
    expect(card?.source.topic?.code).toBe('kyphoplasty-or-vertebroplasty');
    expect(card?.detail).toContain('kyphoplastyBelowHeightLoss');
  });

  test("the site's own order code comes first in the order", () => {
    const site = {
      orderCodes: { kyphoplasty: [{ system: 'urn:site', code: 'KP1', display: 'Kyphoplasty' }] },
    };
    const [card] = cardsOf(candidate, { site, hook: 'order-select', orders: [draftOrder('Lumbar brace')] });
    expect(actionsOf(card)).toMatchObject([
      { resource: { code: { coding: [{ system: 'urn:site', code: 'KP1' }, { code: '22514' }] } } },
    ]);
  });
});
