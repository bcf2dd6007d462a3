/** What has been acknowledged is there, however the process ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import SqliteDatabase from 'libsql';
import { patientViewRequest } from '../support/hook-request.js';
import { startService, type ServiceProcess } from '../support/service-process.js';

const call = '/cds-services/vertebral-fracture-order-select';

let folder: string;
const services: ServiceProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'));
});
afterEach(() => {
  for (const service of services.splice(0)) service.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(): ServiceProcess {
  const service = startService({ DATABASE_URL: `file:${join(folder, 'x.db')}` });
  services.push(service);
  return service;
}

function rows(query: string): Record<string, unknown>[] {
  const database = new SqliteDatabase(join(folder, 'x.db'));
  const found = database.prepare(query).all() as Record<string, unknown>[];
  database.close();
  return found;
}

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

test('after kill -9 under load, all feedback that was acknowledged is there', async () => {
  const service = start();
  const url = `${await service.url}${call}/feedback`;
  const acknowledged: string[] = [];
  let next = 0;
  async function client(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (;;) {
      const card = uuid((next += 1));
      try {
        const { status } = await post(agent, url, feedbackOn(card));
        if (status === 200) acknowledged.push(card);
      } catch {
        return;
      }
      if (acknowledged.length === 300) service.kill('SIGKILL');
    }
  }
  await Promise.all(Array.from({ length: 8 }, client));
  expect(acknowledged.length).toBeGreaterThanOrEqual(300);

  await start().url;
  const stored = new Set(rows('select card_uuid from feedback').map(({ card_uuid }) => card_uuid));
  expect(acknowledged.filter((card) => !stored.has(card))).toEqual([]);
}, 60_000);

test('SIGTERM under load: whoever had sent a request gets its answer, and its cards are kept', async () => {
  const service = start();
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
  const stored = new Set(rows('select uuid from cards').map((row) => row.uuid));
  expect(uuids.filter((card) => !stored.has(card))).toEqual([]);
  const audited = rows("select event from audit where event like '%hook-call%'");
  expect(audited).toHaveLength(answers);
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
