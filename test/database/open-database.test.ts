import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import SqliteDatabase from 'libsql';
import { openDatabase, type Database } from '../../src/database/open-database.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'));
  file = join(folder, 'data', 'x.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function open(patienceMs?: number): Promise<Database> {
  const opened = await openDatabase(`file:${file}`, patienceMs === undefined ? {} : { patienceMs });
  if (!opened.ok) throw new Error(opened.problem);
  return opened.database;
}

test('is ready while it is open', async () => {
  const database = await open();
  expect(await database.isReady()).toBe(true);
  await database.close();
  expect(await database.isReady()).toBe(false);
});

test('is for its own user alone, with its folder and the files beside it', async () => {
  const before = process.umask(0);
  const database = await open();
  process.umask(before);
  const modes = [join(folder, 'data'), file, `${file}-wal`].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  await database.close();
});

test('from the first version of the tables keeps its rows and gains the new columns', async () => {
  const database = await open();
  await database.close();
  const older = new SqliteDatabase(file);
  older.exec(`delete from kysely_migration where name > '0001-cards-and-feedback';
    drop table acts; drop table card_days; drop table card_day_reasons; drop table card_day_missing;
    drop table stale_days; alter table feedback drop column comment;
    alter table cards drop column state; alter table cards drop column answered_at;
    alter table cards drop column state_reason_system; alter table cards drop column state_reason_code;
    alter table cards drop column act_seconds; alter table cards drop column is_repeat;
    alter table cards drop column fingerprint; alter table cards drop column encounter_hash;
    alter table cards drop column instance_hash; alter table cards drop column rules; alter table cards drop column mode;
    drop table audit; drop table audit_checkpoints; drop table seen_tokens; drop table decisions;
    alter table feedback drop column client;
    insert into feedback (card_uuid, service, outcome, accepted_suggestions, has_comment, outcome_timestamp, received_at, card_known)
      values ('c', 's', 'overridden', '[]', 0, '2026', '2026', 0);`);
  older.close();
  const again = await open();
  expect(await again.tables.selectFrom('feedback').select(['card_uuid', 'client']).execute()).toEqual([
    { card_uuid: 'c', client: null },
  ]);
  await again.close();
});

test('that a newer version has changed is refused, saying so', async () => {
  await (await open()).close();
  const newer = new SqliteDatabase(file);
  newer.exec("insert into kysely_migration (name, timestamp) values ('9999-future', '2030')");
  newer.close();
  expect(await openDatabase(`file:${file}`)).toEqual({
    ok: false,
    problem: expect.stringContaining('newer version (step 9999-future)'),
  });
});

test('that is none is refused in one line', async () => {
  const path = join(folder, 'text.db');
  writeFileSync(path, 'no database at all, '.repeat(100));
  expect(await openDatabase(`file:${path}`)).toEqual({
    ok: false,
    problem: expect.stringMatching(/^the database at .*could not be opened: [^\n]*$/),
  });
});

test.each(['postgres:x', 'x.db', 'file:', 'file://host/x.db', 'file::memory:'])(
  'at %s is refused',
  async (url) => {
    expect((await openDatabase(url)).ok).toBe(false);
  },
);

describe('while another process writes', () => {
  const name = (text: string) => ({ name: text, value: 'x' });
  const insert = (database: Database, text: string) =>
    database.write((transaction) => transaction.insertInto('installation').values(name(text)).execute());

  /** Takes the write lock as a backup or another instance would; gives the function that lets go of it. */
  function lock(): () => void {
    const other = new SqliteDatabase(file);
    other.exec('begin immediate');
    return () => {
      other.exec('rollback');
      other.close();
    };
  }

  test('an opening waits its turn too, and calls are answered meanwhile', async () => {
    await (await open()).close();
    const release = lock();
    const opening = open();
    let turns = 0;
    while (turns < 50) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    release();
    const database = await opening;
    expect(await database.isReady()).toBe(true);
    await database.close();
  });

  test('a write waits its turn, and calls are answered meanwhile', async () => {
    const database = await open();
    const release = lock();
    const written = insert(database, 'a');
    let turns = 0;
    while (turns < 50) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    release();
    await written;
    expect(
      await database.tables.selectFrom('installation').select('name').where('name', '=', 'a').execute(),
    ).toHaveLength(1);
    await database.close();
  });

  test('a write that has waited too long fails, and those after it do not', async () => {
    const database = await open(50);
    const release = lock();
    await expect(insert(database, 'a')).rejects.toThrow(/locked|busy/i);
    await expect(insert(database, 'b')).rejects.toThrow(/locked|busy/i);
    release();
    await insert(database, 'c');
    await insert(database, 'd');
    const kept = await database.tables
      .selectFrom('installation')
      .select('name')
      .where('name', 'in', ['a', 'b', 'c', 'd'])
      .orderBy('name')
      .execute();
    expect(kept.map((row) => row.name)).toEqual(['c', 'd']);
    await database.close();
  });

  test('what was deleted is not left in the file', async () => {
    const database = await open();
    await insert(database, 'canary-of-a-name');
    await database.write((transaction) =>
      transaction.deleteFrom('installation').where('name', '=', 'canary-of-a-name').execute(),
    );
    await database.close();
    expect(readFileSync(file, 'latin1')).not.toContain('canary-of-a-name');
  });
});
