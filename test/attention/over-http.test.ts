/** No fatigue, over HTTP and a real database: what was dismissed stays silent until something decisive changes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { attentiveApp, type AttentiveApp, type Asked } from '../support/attentive-app.js';
import { onEveryDatabase } from '../support/databases.js';
import { createServices } from '../../cds-services/index.js';
import { createAttention } from '../../src/attention/attention.js';
import { answerTo, draftOrder } from '../support/hook-answer.js';
import { icd, level, observed, study } from '../support/record.js';

const percent = (value: number) => ({ valueQuantity: { value, unit: '%' } });
const wedge = (loss = 40): readonly FhirResource[] => [
  icd('S32.030A', { onsetDateTime: '2026-11-05' }),
  study('MR', { description: 'MRI lumbar spine' }),
  observed('height-loss-percent', percent(loss), level('L3')),
  observed('marrow-oedema', { valueBoolean: true }, level('L3')),
];
const pain = (score: number) => observed('pain-score', { valueInteger: score });
const intact = observed('neurological-deficit', { valueBoolean: false });
const deficit = observed('neurological-deficit', { valueBoolean: true });
const failed = observed('conservative-therapy-failed', { valueBoolean: true });
const candidate = [...wedge(), intact, pain(8), failed];
const snooze = (code: string) => ({
  system: 'https://vertebral-cds.org/fhir/CodeSystem/override-reason',
  code,
});

onEveryDatabase((databases) => {
  let now: Date;
  let url: string;
  let service: AttentiveApp;
  beforeEach(async () => {
    now = new Date('2026-11-23T23:59:59Z');
    url = await databases.url();
    service = await attentiveApp(url, { now: () => now });
  });
  afterEach(() => service.close());

  /** The same findings, recorded again today. */
  const candidateToday = (): readonly FhirResource[] =>
    candidate.map((resource) =>
      resource.resourceType === 'Observation'
        ? { ...resource, effectiveDateTime: now.toISOString().slice(0, 10) }
        : resource,
    );

  const brace: Asked = { orders: [draftOrder('Lumbar brace')] };
  const later = (days: number) => {
    now = new Date(now.getTime() + days * 86_400_000);
  };
  const topics = async (resources: readonly FhirResource[], asked: Asked) =>
    (await service.ask(resources, asked)).map(({ source }) => source.topic?.code);

  describe('a card that was dismissed', () => {
    test('is silent at every hook, until its snooze ends', async () => {
      const [card] = await service.ask(candidate, brace);
      await service.dismiss(card, snooze('snooze-1-month'));
      expect(await topics(candidate, brace)).toEqual([]);
      expect(await topics(candidate, { hook: 'patient-view' })).toEqual([]);
      later(29);
      expect(await topics(candidateToday(), brace)).toEqual([]);
      later(1);
      expect(await topics(candidateToday(), brace)).toEqual(['kyphoplasty']);
    });

    test('stays silent when nothing decisive changes: the pain within its band, the height by a little, new ids', async () => {
      const [card] = await service.ask(candidate, brace);
      await service.dismiss(card);
      expect(await topics([...wedge(42), intact, pain(9), failed], brace)).toEqual([]);
    });

    test.each<[string, readonly FhirResource[], Asked, string]>([
      ['a deficit appears', [...wedge(), deficit, pain(8), failed], brace, 'surgical-referral'],
      ['the vertebra collapses', [...wedge(85), intact, pain(8), failed], brace, 'vertebroplasty'],
      ['height is lost, below the threshold', [...wedge(50), intact, pain(8), failed], brace, 'kyphoplasty'],
      [
        'an anticoagulant is started',
        [...candidate, observed('anticoagulated', { valueBoolean: true })],
        brace,
        'kyphoplasty',
      ],
      ['a fracture of another level joins', [...candidate, icd('S32.040A')], brace, 'insufficient-data'],
      [
        'the wrong cement is ordered',
        candidate,
        { orders: [draftOrder('Vertebroplasty L3')] },
        'kyphoplasty',
      ],
    ])('speaks again as soon as %s', async (_, changed, asked, topic) => {
      const [card] = await service.ask(candidate, brace);
      await service.dismiss(card, snooze('snooze-12-months'));
      expect(await topics(changed, asked)).toContain(topic);
    });

    test('was another patient: that one is told', async () => {
      const [card] = await service.ask(candidate, brace);
      await service.dismiss(card);
      const other = candidate.map((resource) => ({ ...resource, subject: { reference: 'Patient/p2' } }));
      const order = draftOrder('Lumbar brace', { subject: { reference: 'Patient/p2' } });
      expect(await topics(other as FhirResource[], { orders: [order], patientId: 'p2' })).toEqual([
        'kyphoplasty',
      ]);
    });

    test('returns before the signature when it is critical', async () => {
      const danger = [...wedge(), deficit, pain(8)];
      const cement: Asked = { orders: [draftOrder('Kyphoplasty L3')] };
      const [card] = await service.ask(danger, cement);
      await service.dismiss(card, snooze('snooze-3-months'));
      expect(await topics(danger, cement)).toEqual([]);
      expect(await topics(danger, { ...cement, hook: 'order-sign' })).toEqual(['surgical-referral']);
    });

    test('twice: the answer given last counts, whenever it arrives', async () => {
      const [card] = await service.ask(candidate, brace);
      await service.dismiss(card, snooze('snooze-12-months'), '2026-11-20T00:00:00Z');
      await service.dismiss(card, undefined, '2026-11-19T00:00:00Z');
      later(40);
      expect(await topics(candidateToday(), brace)).toEqual([]);
      await service.dismiss(card, undefined, '2026-11-22T00:00:00Z');
      expect(await topics(candidateToday(), brace)).toEqual(['kyphoplasty']);
    });
  });

  describe('one card a topic in an encounter', () => {
    test('whatever is ordered next; the next encounter is told again', async () => {
      const first: Asked = { ...brace, encounterId: 'e1' };
      expect(await topics(candidate, first)).toEqual(['kyphoplasty']);
      expect(await topics(candidate, first)).toEqual([]);
      expect(await topics(candidate, { orders: [draftOrder('Physiotherapy')], encounterId: 'e1' })).toEqual(
        [],
      );
      expect(await topics(candidate, { ...brace, encounterId: 'e2' })).toEqual(['kyphoplasty']);
    });

    test('a retry of the same call is answered as before', async () => {
      const call: Asked = {
        ...brace,
        encounterId: 'e1',
        hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
      };
      expect(await topics(candidate, call)).toEqual(['kyphoplasty']);
      expect(await topics(candidate, call)).toEqual(['kyphoplasty']);
    });

    test('signing asks once more for what was ignored while selecting', async () => {
      const missing = [...wedge(), pain(8), failed];
      const cement: Asked = { orders: [draftOrder('Kyphoplasty L3')], encounterId: 'e1' };
      expect(await topics(missing, cement)).toEqual(['insufficient-data']);
      expect(await topics(missing, cement)).toEqual([]);
      expect(await topics(missing, { ...cement, hook: 'order-sign' })).toEqual(['insufficient-data']);
      expect(await topics(missing, { ...cement, hook: 'order-sign' })).toEqual([]);
    });
  });

  test('a second instance on the same database knows what the first was told', async () => {
    const second = await attentiveApp(url, { now: () => now });
    const [card] = await service.ask(candidate, brace);
    await second.dismiss(card);
    expect(await topics(candidate, brace)).toEqual([]);
    await second.close();
  });

  test('when the database does not answer, everything is said', async () => {
    let isBlind = false;
    const other = await attentiveApp(await databases.url(), { now: () => now, isBlind: () => isBlind });
    const [card] = await other.ask(candidate, brace);
    await other.dismiss(card);
    expect(await other.ask(candidate, brace)).toEqual([]);
    isBlind = true;
    expect(await other.ask(candidate, brace)).toHaveLength(1);
    await other.close();
  });

  test('when the database does not answer in time, the call is answered all the same', async () => {
    const unread: string[] = [];
    const attention = createAttention({
      history: { of: () => new Promise(() => undefined) },
      pseudonym: service.database.pseudonym,
      onUnread: () => unread.push('unread'),
      patienceMs: 20,
    });
    const answer = answerTo(candidate, { hook: 'order-select', orders: [draftOrder('Lumbar brace')] });
    const context = { hook: 'patient-view', patientId: 'p1', userId: 'Practitioner/1' } as const;
    const [called] = createServices({});
    const spoken = await attention(answer, { client: 'c', context, hookInstance: 'i', now }, called!);
    expect([spoken.cards.length, unread]).toEqual([1, ['unread']]);
  });

  test('no id of patient, encounter or call, and no finding in words, is in the database', async () => {
    await service.ask(candidate, { ...brace, encounterId: 'canary-encounter' });
    await service.flush();
    const rows = await service.database.tables.selectFrom('cards').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/canary|"p1"|height|8\/10/);
  });
});
