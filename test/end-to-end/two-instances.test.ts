/** Two instances on one PostgreSQL, calls to either and feedback to the other: nothing is lost, everything counts once. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Card } from '../../src/cds-hooks/card.js';
import { opened } from '../support/databases.js';
import { sharedPostgres, type Databases } from '../support/postgres.js';
import { startService, type ServiceProcess } from '../support/service-process.js';

const adminToken = 'an-admin-token-of-more-than-32-characters';
const path = '/cds-services/vertebral-fracture-patient-view';
const request = readFileSync(
  new URL('../../fixtures/hooks/patient-view-kyphoplasty/request.json', import.meta.url),
  'utf8',
);
const patientId = (JSON.parse(request) as { readonly context: { readonly patientId: string } }).context
  .patientId;

const calls = 120;
const atATime = 8;

let server: Databases;
let database: string;
let instances: readonly ServiceProcess[];
let urls: readonly string[];
beforeAll(async () => {
  server = await sharedPostgres();
  database = await server.database();
  const env = { DATABASE_URL: database, ADMIN_TOKEN: adminToken };
  instances = [startService(env), startService(env)];
  urls = await Promise.all(instances.map(({ url }) => url));
}, 60_000);
afterAll(() => {
  for (const instance of instances) instance.kill('SIGKILL');
});

/** Either instance; `call` and `call + 1` are never the same. */
const instance = (call: number) => urls[call % urls.length] ?? '';

async function post(url: string, body: string): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(200);
  return answer.json();
}

/** A card at one instance, its dismissal at the other; every third is accepted later, and every fifth told twice. */
async function cardAndFeedback(call: number): Promise<void> {
  const own = request.replaceAll(patientId, `${patientId}-${call}`);
  const { cards } = (await post(`${instance(call)}${path}`, own)) as { readonly cards: readonly Card[] };
  expect(cards).toHaveLength(1);
  const [{ uuid, suggestions: [suggestion] = [] }] = cards as [Card];
  const minutesLater = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const said = (outcome: object, minutes: number) =>
    post(
      `${instance(call + 1)}${path}/feedback`,
      JSON.stringify({
        feedback: [{ card: uuid, outcomeTimestamp: minutesLater(minutes), ...outcome }],
      }),
    );
  const dismissal = { outcome: 'overridden', overrideReason: { reason: { code: 'patient-refuses' } } };
  await said(dismissal, 1);
  if (call % 5 === 0) await said(dismissal, 1);
  if (call % 3 === 0) await said({ outcome: 'accepted', acceptedSuggestions: [{ id: suggestion?.uuid }] }, 2);
}

test('under load two instances lose nothing and count right', async () => {
  let next = 0;
  const worker = async () => {
    while (next < calls) {
      next += 1;
      await cardAndFeedback(next);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));

  const accepted = Math.floor(calls / 3);
  const expected = { shown: calls, accepted, overridden: calls - accepted };
  const figures = await Promise.all(
    urls.map(async (url) => {
      const answer = await fetch(`${url}/feedback.json?days=7`, {
        headers: { authorization: `Bearer ${adminToken}` },
      });
      return (await answer.json()) as { readonly total: object; readonly unknownCards: number };
    }),
  );
  for (const { total, unknownCards } of figures) {
    expect(total).toMatchObject(expected);
    expect(unknownCards).toBe(0);
  }
  expect(await historyLength()).toBe(calls + Math.floor(calls / 5) + accepted);
}, 60_000);

async function historyLength(): Promise<number> {
  const reader = await opened(database);
  const entries = await reader.tables.selectFrom('feedback').select('card_uuid').execute();
  await reader.close();
  return entries.length;
}
