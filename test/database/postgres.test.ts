/** What only several instances on one PostgreSQL can show: starts at once, a trail that is one chain, nothing lost. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openDatabase, type Database } from '../../src/database/open-database.js';
import { createFeedbackStore } from '../../src/feedback/database-store.js';
import { auditVerifyCommand } from '../../src/cli/audit-command.js';
import { createAuditTrail } from '../../src/operations/audit/audit-trail.js';
import { checkDatabase } from '../../src/self-check/database.js';
import { opened } from '../support/databases.js';
import { sharedPostgres, startPostgres, type Databases } from '../support/postgres.js';

let server: Databases;
beforeAll(async () => {
  server = await sharedPostgres();
}, 60_000);

test('eight instances that start at once on an empty database all come up, with one key', async () => {
  const url = await server.database();
  const instances = await Promise.all(Array.from({ length: 8 }, () => opened(url)));
  const hashes = new Set(instances.map(({ pseudonym }) => pseudonym('patient', 'north', 'p1')));
  expect(hashes.size).toBe(1);
  await Promise.all(instances.map((database) => database.close()));
});

test('a database of a newer version is refused in one line that names no password', async () => {
  const url = await server.database();
  await (await opened(url)).close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("insert into kysely_migration (name, timestamp) values ('9999-future', '2030')");
  await client.end();
  const secret = url.replace('postgres@', 'postgres:canary@');
  const refused = await openDatabase(secret);
  expect(refused).toEqual({
    ok: false,
    problem: expect.stringContaining('newer version (step 9999-future)'),
  });
  expect(await checkDatabase(secret)).toMatchObject({
    verdict: 'problem',
    text: expect.stringMatching(
      /^PostgreSQL at 127\.0\.0\.1:\d+\/test_\d+ has the schema of a newer version/,
    ),
  });
});

test('`check` tells an empty database, one in order, and one that does not answer', async () => {
  const url = await server.database();
  expect(await checkDatabase(url)).toMatchObject({
    verdict: 'ok',
    text: expect.stringContaining('no tables yet'),
  });
  await (await opened(url)).close();
  expect(await checkDatabase(url)).toMatchObject({
    verdict: 'ok',
    text: expect.stringContaining('in order'),
  });
  const nowhere = await checkDatabase('postgres://user:canary@127.0.0.1:1/x');
  expect(nowhere).toMatchObject({ verdict: 'problem', text: expect.stringContaining('does not answer') });
  expect(JSON.stringify(nowhere)).not.toContain('canary');
});

describe('two instances under load', () => {
  const product = { name: 'vertebral-cds', version: '0.0.0' };
  let url: string;
  let instances: readonly [Database, Database];
  beforeAll(async () => {
    url = await server.database();
    instances = [await opened(url), await opened(url)];
  });
  afterAll(() => Promise.all(instances.map((database) => database.close())));

  test('write one audit trail without a gap or a fork', async () => {
    const trails = instances.map((database) => createAuditTrail({ database, product }));
    for (let round = 0; round < 20; round += 1) {
      for (const trail of trails) trail.record({ kind: 'start', at: new Date() });
      await Promise.all(trails.map((trail) => trail.flush()));
    }
    const { exitCode, stdout } = await auditVerifyCommand({}, { DATABASE_URL: url });
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^40 entries/)]);
  });

  test('lose no feedback and count right', async () => {
    const stores = [createFeedbackStore(instances[0]), createFeedbackStore(instances[1])] as const;
    const entries = Array.from({ length: 200 }, (_, index) => ({
      service: 's',
      client: 'north',
      feedback: {
        card: `00000000-0000-4000-8000-${String(index % 50).padStart(12, '0')}`,
        outcome: 'overridden' as const,
        hasComment: false,
        outcomeTimestamp: '2026-11-23T10:00:00.000Z',
      },
      receivedAt: new Date('2026-11-23T10:00:00Z'),
    }));
    await Promise.all(entries.map((entry, index) => stores[index % 2 === 0 ? 0 : 1].addFeedback([entry])));
    const rows = await instances[0].tables.selectFrom('feedback').select('card_uuid').execute();
    expect(rows).toHaveLength(200);
    expect(new Set(rows.map((row) => row.card_uuid)).size).toBe(50);
  });
});

/** As an administrator or a failover would. */
async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vertebral-cds'",
  );
  await client.end();
}

/** A socket's end is read in the event loop's next turns, after the server process is gone. */
async function connectionsAreSeenClosed(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
}

test('when the server is gone, a write fails in seconds and never ends the process, and works once it is back', async () => {
  const own = await startPostgres();
  const url = await own.database();
  const database = await opened(url);
  const write = () =>
    database.write((transaction) =>
      transaction
        .insertInto('seen_tokens')
        .values({ hash: 'h', client: 'c', expires_at: '2026' })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  await write();
  await own.kill();
  await expect(write()).rejects.toThrow();
  expect(await database.isReady()).toBe(false);
  await own.restart();
  await write();
  expect(await database.isReady()).toBe(true);
  const cutShort = database.write(async (transaction) => {
    await transaction.selectFrom('seen_tokens').selectAll().execute();
    await endConnections(url);
    await connectionsAreSeenClosed();
    await transaction.selectFrom('seen_tokens').selectAll().execute();
  });
  await expect(cutShort).rejects.toThrow();
  await database.close();
  await own.stop();
}, 30_000);
