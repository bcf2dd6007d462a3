import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import type { Feedback } from '../../src/cds-hooks/feedback.js';
import type { Database } from '../../src/database/open-database.js';
import type { Tables } from '../../src/database/tables.js';
import { commentSeal } from '../../src/feedback/comments.js';
import { createFeedbackStore } from '../../src/feedback/database-store.js';
import { onEveryDatabase, opened } from '../support/databases.js';
import type { FeedbackStore, GivenFeedback, ShownCard } from '../../src/feedback/store.js';

const shown: ShownCard = {
  record: {
    cardUuid: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
    outcome: 'kyphoplasty',
    rule: 'T6',
    knowledgeVersion: '1.0.0',
    indicator: 'info',
    levels: ['L1'],
    missing: ['painScore'],
    rules: ['T6'],
    fingerprint: 'f',
    isGuard: false,
    suggestions: [{ uuid: 'e56e1945-20b3-4393-8503-a1a20fd73152', label: 'Order kyphoplasty' }],
  },
  service: 's',
  client: 'north',
  hook: 'order-select',
  encounterId: 'canary-encounter',
  hookInstance: 'canary-call',
  mode: 'live',
  isRepeat: false,
  patientId: 'canary-patient',
  userId: 'Practitioner/canary-user',
  shownAt: new Date('2026-11-23T10:00:00Z'),
};
const accepted: Feedback = {
  card: shown.record.cardUuid,
  outcome: 'accepted',
  acceptedSuggestions: ['e56e1945-20b3-4393-8503-a1a20fd73152'],
  outcomeTimestamp: '2026-11-23T10:01:00.000Z',
};
const given = (feedback: Feedback, service = 's', client = 'north'): GivenFeedback => ({
  service,
  client,
  feedback,
  receivedAt: new Date('2026-11-23T10:02:00Z'),
});

/** What lies on the disk, where the database is a file of ours. */
function everyByte(url: string): readonly string[] {
  if (!url.startsWith('file:')) return [];
  const path = url.slice('file:'.length);
  return [path, `${path}-wal`].map((one) => readFileSync(one, 'latin1'));
}

onEveryDatabase((databases) => {
  let url: string;
  const held: Database[] = [];
  beforeEach(async () => {
    url = await databases.url();
  });
  afterEach(async () => {
    await Promise.all(held.splice(0).map((database) => database.close()));
  });

  async function open(): Promise<FeedbackStore> {
    const database = await opened(url);
    held.push(database);
    return createFeedbackStore(database);
  }

  /** Looks into the database as another process would. */
  async function rows(query: string): Promise<readonly unknown[]> {
    const database = await opened(url);
    const { rows: found } = await sql.raw(query).execute(database.tables as Kysely<Tables>);
    await database.close();
    return found;
  }

  describe('a card', () => {
    test('is kept with its suggestions, and with hashes in place of ids', async () => {
      await (await open()).rememberCards([shown]);
      expect(await rows('select * from cards')).toEqual([
        {
          uuid: shown.record.cardUuid,
          service: 's',
          hook: 'order-select',
          outcome: 'kyphoplasty',
          rule: 'T6',
          knowledge_version: '1.0.0',
          indicator: 'info',
          levels: '["L1"]',
          missing: '["painScore"]',
          client: 'north',
          patient_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          user_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          shown_at: '2026-11-23T10:00:00.000Z',
          fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
          encounter_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          instance_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          rules: '["T6"]',
          mode: 'live',
          is_repeat: 0,
          state: null,
          answered_at: null,
          state_reason_system: null,
          state_reason_code: null,
          act_seconds: null,
        },
      ]);
      expect(await rows('select label, card_uuid from suggestions')).toEqual([
        { label: 'Order kyphoplasty', card_uuid: shown.record.cardUuid },
      ]);
    });

    test('leaves no id of patient or user in the files', async () => {
      await (await open()).rememberCards([shown]);
      for (const text of everyByte(url)) expect(text).not.toContain('canary');
    });

    test('written twice is kept once', async () => {
      const store = await open();
      await store.rememberCards([shown]);
      await store.rememberCards([shown]);
      expect(await rows('select uuid from cards')).toHaveLength(1);
    });

    test('of the same patient has the same hash after a restart, and another in another installation', async () => {
      const hash = () => rows('select distinct patient_hash from cards');
      await (await open()).rememberCards([shown]);
      await held.pop()?.close();
      await (
        await open()
      ).rememberCards([{ ...shown, record: { ...shown.record, cardUuid: 'another', suggestions: [] } }]);
      const here = await hash();
      expect(here).toHaveLength(1);
      url = await databases.url();
      await (await open()).rememberCards([shown]);
      expect(await hash()).not.toEqual(here);
    });
  });

  describe('feedback', () => {
    test('is appended, repeats included', async () => {
      const store = await open();
      await store.rememberCards([shown]);
      await store.addFeedback([given(accepted), given(accepted)]);
      await store.addFeedback([given(accepted)]);
      expect(
        await rows('select outcome, accepted_suggestions, card_known, received_at from feedback'),
      ).toEqual(
        Array(3).fill({
          outcome: 'accepted',
          accepted_suggestions: '["e56e1945-20b3-4393-8503-a1a20fd73152"]',
          card_known: 1,
          received_at: '2026-11-23T10:02:00.000Z',
        }),
      );
    });

    const nobodys = '00000000-0000-4000-8000-000000000000';
    const cards: readonly [string, string, string, string, number][] = [
      ['of a card of this service', shown.record.cardUuid, 's', 'north', 1],
      ['of a card nobody knows', nobodys, 's', 'north', 0],
      ['of a card of another service', shown.record.cardUuid, 'other', 'north', 0],
      ["of another client's card", shown.record.cardUuid, 's', 'south', 0],
      ["of another tenant's card", shown.record.cardUuid, 's', 'north/t2', 0],
    ];
    test.each(cards)(
      '%s is kept and says whether the card is known',
      async (_, card, service, client, known) => {
        const store = await open();
        await store.rememberCards([shown]);
        await store.addFeedback([given({ ...accepted, card }, service, client)]);
        expect(await rows('select card_uuid, client, card_known from feedback')).toEqual([
          { card_uuid: card, client, card_known: known },
        ]);
      },
    );

    test('what another instance took before the card was written is known from then on', async () => {
      const store = await open();
      await store.addFeedback([given({ ...accepted, card: shown.record.cardUuid }, 's', 'north')]);
      await store.rememberCards([shown]);
      expect(await rows('select card_known from feedback')).toEqual([{ card_known: 1 }]);
      expect(await rows('select state from cards')).toEqual([{ state: 'accepted' }]);
    });

    const overridden = (reason: { code: string; system?: string; display?: string }): Feedback => ({
      card: shown.record.cardUuid,
      outcome: 'overridden',
      reason,
      hasComment: true,
      outcomeTimestamp: accepted.outcomeTimestamp,
    });

    test("keeps a reason of the client's own making, without its words", async () => {
      await (
        await open()
      ).addFeedback([given(overridden({ code: 'own-7', system: 'urn:oid:1.2.3', display: 'canary' }))]);
      expect(
        await rows('select reason_system, reason_code, reason_display, has_comment from feedback'),
      ).toEqual([
        { reason_system: 'urn:oid:1.2.3', reason_code: 'own-7', reason_display: null, has_comment: 1 },
      ]);
    });

    test('keeps a comment sealed with the key of the site, and without one not at all', async () => {
      const commented: Feedback = {
        card: shown.record.cardUuid,
        outcome: 'overridden',
        hasComment: true,
        comment: 'canary comment',
        outcomeTimestamp: accepted.outcomeTimestamp,
      };
      await (await open()).addFeedback([given(commented)]);
      const database = await opened(url);
      held.push(database);
      const seal = commentSeal('a key of thirty-two characters, or so');
      await createFeedbackStore(database, seal).addFeedback([given(commented)]);
      expect(await rows('select comment, has_comment from feedback order by id')).toEqual([
        { comment: null, has_comment: 1 },
        { comment: expect.stringMatching(/^1:[A-Za-z0-9+/=]+$/), has_comment: 1 },
      ]);
      for (const text of everyByte(url)) expect(text).not.toContain('canary');
    });

    test('keeps only a hash of ids and codes that could be words about a patient', async () => {
      const hostile = overridden({ code: "canary'; drop table cards --", display: 'half a \ud83d pair' });
      await (
        await open()
      ).addFeedback([
        given({ ...hostile, card: 'canary card' }),
        given({ ...accepted, acceptedSuggestions: ['canary suggestion'] }),
      ]);
      expect(await rows('select card_uuid, reason_code from feedback')).toEqual([
        {
          card_uuid: expect.stringMatching(/^[0-9a-f]{64}$/),
          reason_code: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        { card_uuid: shown.record.cardUuid, reason_code: null },
      ]);
      for (const text of everyByte(url)) expect(text).not.toContain('canary');
    });
  });
});
