/** What a site adds: orders that stand already, procedures it does not offer, specialties spared quiet cards, its policy. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource, ServiceRequest } from 'fhir/r4.js';
import { createServices, type SiteConfiguration } from '../../../../cds-services/index.js';
import { describeServices, discoverySchema } from '../../../../src/cds-hooks/discovery.js';
import type { KeyData } from '../../../../src/cds-hooks/service.js';
import { answerTo, draftOrder, type Occasion } from '../../../support/hook-answer.js';
import { icd, level, observed, study, subject } from '../../../support/record.js';

const candidate: readonly FhirResource[] = [
  icd('S32.030A', { onsetDateTime: '2026-11-05' }),
  study('MR', { description: 'MRI lumbar spine' }),
  observed('height-loss-percent', { valueQuantity: { value: 40, unit: '%' } }, level('L3')),
  observed('marrow-oedema', { valueBoolean: true }, level('L3')),
  observed('neurological-deficit', { valueBoolean: false }),
  observed('pain-score', { valueInteger: 8 }),
  observed('conservative-therapy-failed', { valueBoolean: true }),
];
const brace: Occasion = { hook: 'order-select', orders: [draftOrder('Lumbar brace')] };
const cards = (resources: readonly FhirResource[], occasion: Occasion = {}) =>
  answerTo(resources, occasion).cards;

function standing(text: string, more: Partial<ServiceRequest> = {}): ServiceRequest {
  return {
    resourceType: 'ServiceRequest',
    id: 'standing',
    status: 'active',
    intent: 'order',
    subject,
    code: { text },
    authoredOn: '2026-11-20',
    ...more,
  };
}

describe('a fracture that somebody acts on', () => {
  test.each(['Kyphoplasty L3', 'Vertebroplasty lumbar spine', 'Referral to spine surgery', 'Lumbar fusion'])(
    'is not brought up again: %s is ordered',
    (text) => {
      expect(cards([...candidate, standing(text)])).toEqual([]);
      expect(cards([...candidate, standing(text)], brace)).toEqual([]);
    },
  );

  test.each<[string, ServiceRequest]>([
    ['for another level', standing('Kyphoplasty L1')],
    ['of another region', standing('Thoracic vertebroplasty')],
    ['for something else', standing('Complete blood count')],
    ['more than 90 days ago', standing('Referral to spine surgery', { authoredOn: '2026-08-24' })],
    ['without a date', standing('Referral to spine surgery', { authoredOn: '' })],
    ['and revoked', standing('Kyphoplasty L3', { status: 'revoked' })],
    ['for another patient', standing('Kyphoplasty L3', { subject: { reference: 'Patient/p2' } })],
  ])('but is, when the order is %s', (_, order) => {
    expect(cards([...candidate, order], brace)).toHaveLength(1);
  });

  test('a danger is told all the same, with the referral that stands, and is not referred twice', () => {
    const danger = [...candidate.slice(0, 4), observed('neurological-deficit', { valueBoolean: true })];
    const [card] = cards([...danger, standing('Referral to spine surgery')]);
    expect(card).toMatchObject({ indicator: 'critical' });
    expect(card?.suggestions).toBeUndefined();
    expect(card?.detail).toContain(
      'Spine surgery referral, ordered `2026-11-20`. (`ServiceRequest/standing`)',
    );
  });

  test('what is ordered or done is handed on to compare advice with', () => {
    const done: FhirResource = {
      resourceType: 'Procedure',
      id: 'done',
      status: 'completed',
      subject,
      code: { text: 'Vertebroplasty' },
      bodySite: [{ text: 'T12' }],
      performedDateTime: '2026-11-22',
    };
    const { acts } = answerTo([...candidate, standing('Kyphoplasty L3'), done], {
      hook: 'order-sign',
      orders: [draftOrder('Referral to spine surgery'), draftOrder('Lumbar brace', { id: 'b' })],
    });
    expect(acts).toEqual([
      { kind: 'spine-referral', state: 'signing', levels: [], date: '2026-11-23' },
      { kind: 'kyphoplasty', state: 'ordered', levels: ['L3'], date: '2026-11-20' },
      { kind: 'vertebroplasty', state: 'done', levels: ['T12'], date: '2026-11-22' },
    ]);
  });
});

describe('a procedure the site does not offer', () => {
  const site: SiteConfiguration = { notOffered: ['kyphoplasty'] };
  test('is advised all the same, with a referral in place of the order, and named as the policy of the site', () => {
    const [card] = cards(candidate, { ...brace, site });
    expect(card?.source.topic?.code).toBe('kyphoplasty');
    expect(card?.suggestions).toMatchObject([
      {
        label: 'Refer to a centre that offers kyphoplasty',
        actions: [
          { type: 'create', resource: { code: { text: expect.stringContaining('not offered here') } } },
        ],
      },
    ]);
    expect(card?.detail).toContain('Kyphoplasty is not offered at this site');
  });

  test('leaves the other technique of a choice as it is', () => {
    const equal = candidate.map((resource) =>
      JSON.stringify(resource).includes('height-loss')
        ? observed('height-loss-percent', { valueQuantity: { value: 25, unit: '%' } }, level('L3'))
        : resource,
    );
    const [card] = cards(equal, { ...brace, site });
    expect(card?.suggestions?.map(({ label }) => label)).toEqual([
      'Refer to a centre that offers kyphoplasty',
      'Order vertebroplasty L3',
    ]);
  });
});

describe('a specialty that the site spares quiet cards', () => {
  const surgeon = { system: 'urn:site:specialty', code: 'neurosurgery' };
  const site: SiteConfiguration = { informedSpecialties: [surgeon] };
  const roles = (coding: object): ReadonlyMap<string, KeyData> =>
    new Map([
      [
        'userRoles',
        {
          state: 'present',
          from: 'prefetch',
          complete: true,
          resources: [{ resourceType: 'PractitionerRole', id: 'r', specialty: [{ coding: [coding] }] }],
        },
      ],
    ]);

  test('is not told of a candidate, others are', () => {
    expect(cards(candidate, { ...brace, site, data: roles(surgeon) })).toEqual([]);
    expect(cards(candidate, { site, data: roles(surgeon) })).toEqual([]);
    expect(cards(candidate, { ...brace, site, data: roles({ ...surgeon, code: '1' }) })).toHaveLength(1);
    expect(cards(candidate, { ...brace, site })).toHaveLength(1);
  });

  test('is told of dangers and contradictions', () => {
    const danger = [...candidate.slice(0, 4), observed('neurological-deficit', { valueBoolean: true })];
    expect(cards(danger, { ...brace, site, data: roles(surgeon) })).toHaveLength(1);
    const wrong: Occasion = { hook: 'order-select', orders: [draftOrder('Kyphoplasty L1')] };
    expect(cards(candidate, { ...wrong, site, data: roles(surgeon) })).toMatchObject([
      { indicator: 'critical' },
    ]);
  });

  test('is asked for only where the site wants it', () => {
    const keys = (configuration: SiteConfiguration) =>
      Object.keys(createServices(configuration)[0]?.prefetch ?? {});
    expect(keys({})).not.toContain('userRoles');
    expect(keys(site)).toContain('userRoles');
  });
});

test('a changed threshold stands on the card beside the published one', () => {
  const [card] = cards(candidate, { ...brace, site: { policy: { kyphoplastyBelowHeightLoss: 60 } } });
  expect(card?.detail).toContain('- kyphoplastyBelowHeightLoss: 60 % here, 70 as published.');
});

test('discovery names the options of each service, and is valid', () => {
  const discovery = describeServices(createServices({}));
  expect(discoverySchema.safeParse(discovery)).toMatchObject({ success: true });
  expect(discovery.services[0]?.extension?.['davinci-crd.configuration-options']).toContainEqual(
    expect.objectContaining({ code: 'max-cards', type: 'integer', default: 1 }),
  );
});
