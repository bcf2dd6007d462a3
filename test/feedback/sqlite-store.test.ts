import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'libsql';
import type { Feedback } from '../../src/cds-hooks/feedback.js';
import { openFeedbackStore } from '../../src/feedback/open-store.js';
import type { FeedbackStore, GivenFeedback, ShownCard } from '../../src/feedback/store.js';

let folder: string;
let file: string;
const opened: FeedbackStore[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedback-'));
  file = join(folder, 'data', 'x.db');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  rmSync(folder, { recursive: true });
});

async function open(): Promise<FeedbackStore> {
  const store = await openFeedbackStore(`file:${file}`);
  if (!store.ok) throw new Error(store.problem);
  opened.push(store.store);
  return store.store;
}

/** Looks into the file as another process would. */
function rows(query: string): unknown[] {
  const database = new Database(file);
  const found = database.prepare(query).all();
  database.close();
  return found;
}

const shown: ShownCard = {
  record: {
    cardUuid: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
    outcome: 'kyphoplasty',
    rule: 'T6',
    knowledgeVersion: '1.0.0',
    indicator: 'info',
    levels: ['L1'],
    missing: ['painScore'],
    suggestions: [{ uuid: 'e56e1945-20b3-4393-8503-a1a20fd73152', label: 'Order kyphoplasty' }],
  },
  service: 's',
  hook: 'order-select',
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
const given = (feedback: Feedback, service = 's'): GivenFeedback => ({
  service,
  feedback,
  receivedAt: new Date('2026-11-23T10:02:00Z'),
});

describe('a card', () => {
  test('is kept with its suggestions, and with hashes in place of ids', async () => {
    await (await open()).rememberCards([shown]);
    expect(rows('select * from cards')).toEqual([
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
        client: null,
        patient_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        user_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        shown_at: '2026-11-23T10:00:00.000Z',
      },
    ]);
    expect(rows('select label, card_uuid from suggestions')).toEqual([
      { label: 'Order kyphoplasty', card_uuid: shown.record.cardUuid },
    ]);
  });

  test('leaves no id of patient or user in the files', async () => {
    await (await open()).rememberCards([shown]);
    for (const path of [file, `${file}-wal`]) expect(readFileSync(path, 'latin1')).not.toContain('canary');
  });

  test('written twice is kept once', async () => {
    const store = await open();
    await store.rememberCards([shown]);
    await store.rememberCards([shown]);
    expect(rows('select uuid from cards')).toHaveLength(1);
  });

  test('of the same patient has the same hash after a restart, and another in another installation', async () => {
    const hash = () => rows('select distinct patient_hash from cards');
    await (await open()).rememberCards([shown]);
    await opened.pop()?.close();
    await (
      await open()
    ).rememberCards([{ ...shown, record: { ...shown.record, cardUuid: 'another', suggestions: [] } }]);
    const here = hash();
    expect(here).toHaveLength(1);
    file = join(folder, 'elsewhere.db');
    await (await open()).rememberCards([shown]);
    expect(hash()).not.toEqual(here);
  });
});

describe('feedback', () => {
  test('is appended, repeats included', async () => {
    const store = await open();
    await store.rememberCards([shown]);
    await store.addFeedback([given(accepted), given(accepted)]);
    await store.addFeedback([given(accepted)]);
    expect(rows('select outcome, accepted_suggestions, card_known, received_at from feedback')).toEqual(
      Array(3).fill({
        outcome: 'accepted',
        accepted_suggestions: '["e56e1945-20b3-4393-8503-a1a20fd73152"]',
        card_known: 1,
        received_at: '2026-11-23T10:02:00.000Z',
      }),
    );
  });

  const cards: readonly [string, string, string, number][] = [
    ['of a card of this service', shown.record.cardUuid, 's', 1],
    ['of a card nobody knows', 'nobody', 's', 0],
    ['of a card of another service', shown.record.cardUuid, 'other', 0],
  ];
  test.each(cards)('%s is kept and says whether the card is known', async (_, card, service, known) => {
    const store = await open();
    await store.rememberCards([shown]);
    await store.addFeedback([given({ ...accepted, card }, service)]);
    expect(rows('select card_uuid, card_known from feedback')).toEqual([
      { card_uuid: card, card_known: known },
    ]);
  });

  test('keeps a reason of the client’s own making, whatever characters it is made of', async () => {
    const reason = { code: "it's; drop table cards --", display: 'half a \ud83d pair and a \u0000' };
    await (
      await open()
    ).addFeedback([
      given({
        card: 'c',
        outcome: 'overridden',
        reason,
        hasComment: true,
        outcomeTimestamp: accepted.outcomeTimestamp,
      }),
    ]);
    expect(rows('select reason_system, reason_code, has_comment from feedback')).toEqual([
      { reason_system: null, reason_code: reason.code, has_comment: 1 },
    ]);
  });
});

describe('a database', () => {
  test('is ready while it is open', async () => {
    const store = await open();
    expect(await store.isReady()).toBe(true);
    await opened.pop()?.close();
    expect(await store.isReady()).toBe(false);
  });

  test('that a newer version has changed is refused, saying so', async () => {
    await open();
    await opened.pop()?.close();
    rows("insert into kysely_migration (name, timestamp) values ('9999-future', '2030') returning name");
    expect(await openFeedbackStore(`file:${file}`)).toEqual({
      ok: false,
      problem: expect.stringContaining('newer version (step 9999-future)'),
    });
  });

  test('that is no database is refused in one line', async () => {
    const path = join(folder, 'text.db');
    writeFileSync(path, 'no database at all, '.repeat(100));
    const result = await openFeedbackStore(`file:${path}`);
    expect(result).toEqual({
      ok: false,
      problem: expect.stringMatching(/^the database at .*could not be opened: [^\n]*$/),
    });
  });

  test.each(['postgres://db/x', 'x.db', 'file:', 'file://host/x.db'])('at %s is refused', async (url) => {
    expect((await openFeedbackStore(url)).ok).toBe(false);
  });
});
