import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { purge } from '../../../src/database/purge.js';
import { createAuditTrail } from '../../../src/operations/audit/audit-trail.js';
import { checkpointSeal } from '../../../src/operations/audit/chain.js';
import { verifyAudit } from '../../../src/operations/audit/verify.js';
import { auditFile, callEntry, product, type AuditFile } from '../../support/audit.js';

const key = 'k'.repeat(32);
const day = (index: number) => new Date(Date.UTC(2026, 0, index));

let file: AuditFile;
beforeEach(() => {
  file = auditFile();
});
afterEach(() => file.close());

/** A trail of `count` entries, a day apart. */
async function written(count: number, withKey?: string) {
  const database = await file.open();
  const trail = file.trail(database, withKey);
  for (let index = 1; index <= count; index += 1) trail.record(callEntry(day(index)));
  expect(await trail.flush()).toBe(true);
  return database;
}

test('an untouched trail is verified from its first entry to its last', async () => {
  const database = await written(450);
  expect(await verifyAudit(database)).toEqual({
    ok: true,
    entries: 450,
    keyed: 0,
    first: day(1).toISOString(),
    last: day(450).toISOString(),
    head: expect.stringMatching(/^450:sha256:[0-9a-f]{64}$/),
  });
});

test('an empty trail is in order', async () => {
  expect(await verifyAudit(await file.open())).toMatchObject({ ok: true, entries: 0, head: '0:origin' });
});

test('neither patient nor user can be found in the files', async () => {
  await written(3);
  for (const path of [file.path, `${file.path}-wal`]) {
    expect(readFileSync(path, 'latin1')).not.toContain('canary');
  }
});

describe('whoever touches the trail is found out:', () => {
  const acts: readonly [string, string, number][] = [
    [
      'an event is changed',
      "update audit set event = replace(event, 'kyphoplasty', 'defer') where seq = 3",
      3,
    ],
    ['a time is changed', "update audit set recorded_at = '2020-01-01T00:00:00.000Z' where seq = 3", 3],
    ['a hash is changed', "update audit set hash = 'sha256:0' where seq = 3", 3],
    ['a link is changed', "update audit set previous_hash = 'sha256:0' where seq = 3", 3],
    ['an entry in the middle is removed', 'delete from audit where seq = 3', 4],
    ['the first entry is removed', 'delete from audit where seq = 1', 2],
    [
      'two entries change places',
      'update audit set seq = 99 where seq = 3; update audit set seq = 3 where seq = 4; update audit set seq = 4 where seq = 99',
      3,
    ],
    [
      'a removed entry is covered up by renumbering',
      'delete from audit where seq = 3; update audit set seq = 3 where seq = 4; update audit set seq = 4 where seq = 5',
      3,
    ],
    ['an entry is put before the first', "insert into audit values (0, '', '{}', '', '')", 0],
  ];
  test.each(acts)('%s', async (_act, sql, seq) => {
    const database = await written(5);
    file.tamper(sql);
    expect(await verifyAudit(database)).toMatchObject({ ok: false, seq });
  });

  test('the end is cut off: a head noted earlier tells', async () => {
    const database = await written(5);
    const before = await verifyAudit(database);
    const expected = before.ok ? before.head : '';
    expect(await verifyAudit(database, { expected })).toMatchObject({ ok: true });
    file.tamper('delete from audit where seq = 5');
    expect(await verifyAudit(database)).toMatchObject({ ok: true, entries: 4 });
    expect(await verifyAudit(database, { expected })).toMatchObject({
      ok: false,
      seq: 4,
      problem: expect.stringContaining('cut off'),
    });
  });

  test('the chain is made anew without the key', async () => {
    const database = await written(3, key);
    expect(await verifyAudit(database, { key })).toMatchObject({ ok: true, keyed: 3 });
    const forger = file.trail(database);
    file.tamper('delete from audit where seq = 3');
    forger.record(callEntry(day(9)));
    await forger.flush();
    expect(await verifyAudit(database, { key })).toMatchObject({
      ok: false,
      seq: 3,
      problem: expect.stringContaining('without the key'),
    });
  });

  test('the whole chain is made anew, without the key, from the first entry on', async () => {
    const database = await written(3);
    expect(await verifyAudit(database, { key })).toMatchObject({
      ok: false,
      seq: 1,
      problem: expect.stringContaining('--keyed-from'),
    });
    expect(await verifyAudit(database, { key, keyedFrom: 4 })).toMatchObject({ ok: true });
    expect(await verifyAudit(database, { key, keyedFrom: 3 })).toMatchObject({ ok: false, seq: 3 });
  });

  test('the beginning is removed, and a purge is pretended', async () => {
    const database = await written(5, key);
    const [third] = await database.tables.selectFrom('audit').select('hash').where('seq', '=', 3).execute();
    file.tamper(`delete from audit where seq <= 3;
      insert into audit_checkpoints values (3, '${third?.hash ?? ''}', '2026', null)`);
    expect(await verifyAudit(database, { key })).toMatchObject({ ok: false, seq: 3 });
    file.tamper("update audit_checkpoints set seal = 'forged'");
    expect(await verifyAudit(database, { key })).toMatchObject({ ok: false, seq: 3 });
  });

  test('but a real purge, by somebody with the key, is believed', async () => {
    const database = await written(30, key);
    const seal = (last: { seq: number; hash: string }) => checkpointSeal(last, key);
    await purge(database, { cards: 1, feedback: 1, audit: 10, decisions: 365 }, day(31), { seal });
    expect(await verifyAudit(database, { key })).toMatchObject({ ok: true, entries: 10 });
    expect(await verifyAudit(database)).toMatchObject({ ok: false, seq: 20 });
  });

  test('the wrong key, or none, can’t verify a keyed trail', async () => {
    const database = await written(2, key);
    expect(await verifyAudit(database)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/AUDIT_KEY/),
    });
    expect(await verifyAudit(database, { key: 'x'.repeat(32) })).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/AUDIT_KEY/),
    });
  });
});

test('two instances append to one trail without gaps, doubles or losses', async () => {
  const [one, other] = [await file.open(), await file.open()];
  const trails = [file.trail(one), file.trail(other)];
  for (let round = 0; round < 20; round += 1) {
    for (const trail of trails) trail.record(callEntry(day(round + 1)));
    await Promise.all(trails.map((trail) => trail.flush()));
  }
  await Promise.all(trails.map((trail) => trail.flush()));
  expect(await verifyAudit(one)).toMatchObject({ ok: true, entries: 40 });
});

test('a purge cuts off the beginning, and the rest still proves itself', async () => {
  const database = await written(30);
  const retention = { cards: 1000, feedback: 1000, audit: 10, decisions: 365 };
  const dry = await purge(database, retention, day(31), { dryRun: true });
  expect([dry.audit, (await verifyAudit(database)).ok]).toEqual([20, true]);
  expect(await purge(database, retention, day(31))).toMatchObject({ audit: 20 });
  expect(await verifyAudit(database)).toMatchObject({ ok: true, entries: 10, first: day(21).toISOString() });
  const trail = file.trail(database);
  trail.record(callEntry(day(31)));
  await trail.flush();
  expect(await verifyAudit(database)).toMatchObject({ ok: true, entries: 11 });
  file.tamper('delete from audit where seq = 21');
  expect(await verifyAudit(database)).toMatchObject({ ok: false, seq: 22 });
});

test('a trail that is purged whole goes on from where it was', async () => {
  const database = await written(3);
  await purge(database, { cards: 1, feedback: 1, audit: 1, decisions: 365 }, day(100));
  const trail = file.trail(database);
  trail.record(callEntry(day(101)));
  await trail.flush();
  expect(await verifyAudit(database)).toMatchObject({
    ok: true,
    entries: 1,
    head: expect.stringMatching(/^4:/),
  });
});

test('what is lost while the database is out of reach is counted, and the trail says so itself', async () => {
  const database = await file.open();
  const trouble: object[] = [];
  const trail = createAuditTrail({ database, product, queueLimit: 2, onTrouble: (one) => trouble.push(one) });
  file.tamper('alter table audit rename to away');
  for (let index = 1; index <= 5; index += 1) trail.record(callEntry(day(index)));
  expect(await trail.flush()).toBe(false);
  expect(trouble).toContainEqual({ kind: 'not-written', count: 2 });
  expect(trouble.filter((one) => 'kind' in one && one.kind === 'lost')).toHaveLength(3);
  file.tamper('alter table away rename to audit');
  expect(await trail.flush()).toBe(true);
  const events = await database.tables.selectFrom('audit').select('event').orderBy('seq').execute();
  expect(events.map(({ event }) => JSON.parse(event) as object)).toMatchObject([
    { subtype: [{ code: 'lost' }], entity: [{ detail: [{ type: 'entries', valueString: '3' }] }] },
    { subtype: [{ code: 'hook-call' }] },
    { subtype: [{ code: 'hook-call' }] },
  ]);
  expect(await verifyAudit(database)).toMatchObject({ ok: true, entries: 3 });
});
