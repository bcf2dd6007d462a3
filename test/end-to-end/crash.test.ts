/** What has been acknowledged is there, however the process ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { onEveryDatabase, opened } from '../support/databases.js';
import { patientViewRequest } from '../support/hook-request.js';
import { startService, type ServiceProcess } from '../support/service-process.js';

const call = '/cds-services/vertebral-fracture-order-select';

const services: ServiceProcess[] = [];
afterEach(() => {
  for (const service of services.splice(0)) service.kill('SIGKILL');
});

function start(url: string): ServiceProcess {
  const service = startService({ DATABASE_URL: url });
  services.push(service);
  return service;
}

/** How many posts are acknowledged before the process is killed, in three lives one after the other. */
const POSTS = Number(process.env.CRASH_POSTS ?? 150);
const LIVES = 3;

const uuid = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const feedbackOn = (card: string) =>
  JSON.stringify({ feedback: [{ card, outcome: 'overridden', outcomeTimestamp: '2026-11-23T10:00:00Z' }] });

interface Answer {
  readonly status: number;
  readonly isLast: boolean;
  readonly body: string;
}

/** One POST over a kept-alive connection; rejects when the connection breaks. */
function post(agent: Agent, url: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            isLast: response.headers.connection === 'close',
            body: text,
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject).end(body);
  });
}

onEveryDatabase((databases) => {
  test(
    'after kill -9 under load, again and again, all feedback that was acknowledged is there',
    async () => {
      const database = await databases.url();
      const acknowledged: string[] = [];
      let next = 0;
      for (let life = 1; life <= LIVES; life += 1) {
        const service = start(database);
        const url = `${await service.url}${call}/feedback`;
        const enough = acknowledged.length + POSTS;
        const client = async (): Promise<void> => {
          const agent = new Agent({ keepAlive: true, maxSockets: 1 });
          for (;;) {
            const card = uuid((next += 1));
            try {
              const { status } = await post(agent, url, feedbackOn(card));
              if (status === 200) acknowledged.push(card);
            } catch {
              return;
            }
            if (acknowledged.length === enough) service.kill('SIGKILL');
          }
        };
        await Promise.all(Array.from({ length: 8 }, client));
        expect(acknowledged.length).toBeGreaterThanOrEqual(enough);
      }
      const { tables, close } = await opened(database);
      const rows = await tables.selectFrom('feedback').select('card_uuid').execute();
      await close();
      const stored = new Set(rows.map((row) => row.card_uuid));
      expect(acknowledged.filter((card) => !stored.has(card))).toEqual([]);
    },
    60_000 + POSTS * 50,
  );
});

test('SIGTERM under load: whoever had sent a request gets its answer, and its cards are kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const database = `file:${join(folder, 'x.db')}`;
  const service = start(database);
  const url = await service.url;
  const uuids: string[] = [];
  const broken: unknown[] = [];
  const body = callWithCard();
  let answers = 0;
  async function client(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (;;) {
      let answer: Answer;
      try {
        answer = await post(agent, `${url}${call}`, body);
      } catch (error) {
        broken.push(error);
        return;
      }
      expect(answer.status).toBe(200);
      const { cards } = JSON.parse(answer.body) as { cards: { uuid: string }[] };
      uuids.push(...cards.map((card) => card.uuid));
      answers += 1;
      if (answers === 200) service.kill('SIGTERM');
      // A client that has been told so opens no further request on this connection.
      if (answer.isLast) return;
    }
  }
  await Promise.all(Array.from({ length: 8 }, client));
  const { code } = await service.ended;
  expect([code, broken]).toEqual([0, []]);
  expect(uuids.length).toBeGreaterThanOrEqual(200);
  const { tables, close } = await opened(database);
  const cards = await tables.selectFrom('cards').select('uuid').execute();
  const stored = new Set(cards.map((card) => card.uuid));
  expect(uuids.filter((card) => !stored.has(card))).toEqual([]);
  const audited = await tables
    .selectFrom('audit')
    .select('seq')
    .where('event', 'like', '%hook-call%')
    .execute();
  expect(audited).toHaveLength(answers);
  await close();
  rmSync(folder, { recursive: true });
}, 60_000);

/** A spine referral for a patient about whom nothing is known: one card that says so. */
function callWithCard(): string {
  const order = {
    resourceType: 'ServiceRequest',
    id: 'o1',
    status: 'draft',
    intent: 'order',
    subject: { reference: 'Patient/p1' },
    code: { text: 'Vertebroplasty L1' },
  };
  return JSON.stringify({
    ...patientViewRequest({
      hook: 'order-select',
      prefetch: { patient: { resourceType: 'Patient', id: 'p1' }, conditions: null },
    }),
    context: {
      patientId: 'p1',
      userId: 'Practitioner/u1',
      selections: ['ServiceRequest/o1'],
      draftOrders: { resourceType: 'Bundle', entry: [{ resource: order }] },
    },
  });
}
