/** Decisions are kept where the site agrees, and nowhere else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { purge } from '../../src/database/purge.js';
import type { Database } from '../../src/database/open-database.js';
import { createDecisionKeeper, keptDecision, keptDecisions } from '../../src/decisions/decision-keeper.js';
import { attentiveApp } from '../support/attentive-app.js';
import { onEveryDatabase } from '../support/databases.js';
import { icd, observed, PATIENT } from '../support/record.js';

const now = () => new Date('2026-11-23T23:59:59Z');

async function everyDecision(database: Database): Promise<readonly object[]> {
  const kept: object[] = [];
  for await (const decision of keptDecisions(database)) kept.push(decision);
  return kept;
}

onEveryDatabase((databases) => {
  let database: Database;
  beforeEach(async () => {
    database = await databases.open();
  });
  afterEach(() => database.close());

  test('what was kept is read again, by its id and all together, and written twice it is there once', async () => {
    const keeper = createDecisionKeeper(database, {});
    const decision = { id: 'd1', keptAt: now(), body: { rule: '0.1' } };
    keeper.add([decision, decision]);
    expect(await keeper.flush()).toBe(true);
    expect(await keptDecision(database, 'd1')).toEqual({ id: 'd1', rule: '0.1' });
    expect(await keptDecision(database, 'd2')).toBeUndefined();
    expect(await everyDecision(database)).toEqual([{ id: 'd1', rule: '0.1' }]);
  });

  test('more than a page of them come once each', async () => {
    const keeper = createDecisionKeeper(database, {});
    const ids = Array.from({ length: 2500 }, (_, index) => `d${String(index).padStart(5, '0')}`);
    keeper.add(ids.map((id) => ({ id, keptAt: now(), body: {} })));
    await keeper.flush();
    expect(await everyDecision(database)).toEqual(ids.map((id) => ({ id })));
  });

  test('the day is not kept, only the month, and a purge takes them when their time is over', async () => {
    const keeper = createDecisionKeeper(database, {});
    keeper.add([
      { id: 'old', keptAt: new Date('2025-06-30T23:00:00Z'), body: {} },
      { id: 'new', keptAt: now(), body: {} },
    ]);
    await keeper.flush();
    const months = await database.tables
      .selectFrom('decisions')
      .select(['id', 'month'])
      .orderBy('id')
      .execute();
    expect(months).toEqual([
      { id: 'new', month: '2026-11-01' },
      { id: 'old', month: '2025-06-01' },
    ]);
    const retention = { cards: 1, feedback: 1, audit: 1, decisions: 365 };
    expect((await purge(database, retention, now(), { dryRun: true })).decisions).toBe(1);
    expect((await purge(database, retention, now())).decisions).toBe(1);
    expect(await everyDecision(database)).toEqual([{ id: 'new' }]);
  });
});

describe('a call that shows a card', () => {
  let folder: string;
  let url: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'decisions-'));
    url = `file:${join(folder, 'kept.db')}`;
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const deficit = observed('neurological-deficit', { valueBoolean: true });
  const resources = [icd('S32.010A', { onsetDateTime: '2026-11-05' }), deficit];

  test('keeps its decision where the site agrees: values and rows, and nothing that leads to card or patient', async () => {
    const app = await attentiveApp(url, { now, keepsDecisions: true });
    const [card] = await app.ask(resources, { hook: 'patient-view' });
    await app.flush();
    const kept = await everyDecision(app.database);
    expect(kept).toMatchObject([{ knowledge: { version: '1.0.0' }, fractures: [{ levels: ['L1'] }] }]);
    const text = JSON.stringify(kept);
    for (const secret of [card?.uuid ?? 'no card', `"${PATIENT}"`, 'Practitioner/u1', '2026-11'])
      expect(text).not.toContain(secret);
    await app.close();
  });

  test('keeps none where it has not agreed', async () => {
    const app = await attentiveApp(url, { now });
    expect(await app.ask(resources, { hook: 'patient-view' })).toHaveLength(1);
    await app.flush();
    expect(await everyDecision(app.database)).toEqual([]);
    await app.close();
  });
});
