import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'libsql';
import { openDatabase } from '../src/database/open-database.js';
import { serverConfigurationSchema } from '../src/config/server-configuration.js';
import { createLog } from '../src/operations/log.js';
import { startServer, type RunningServer } from '../src/server.js';
import { fakeService } from './support/fake-service.js';
import { startFhirServer, type FhirTestServer } from './support/fhir-server.js';
import { patientViewRequest } from './support/hook-request.js';
import { fakePages } from './support/fake-pages.js';

const patient = { resourceType: 'Patient', id: 'p1' } as const;
let folder: string;
const running: RunningServer[] = [];
let fhir: FhirTestServer;
beforeEach(async () => {
  fhir = await startFhirServer([patient]);
  folder = mkdtempSync(join(tmpdir(), 'server-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  await fhir.close();
  rmSync(folder, { recursive: true });
});

async function start(port = 0) {
  const opened = await openDatabase(`file:${join(folder, 'x.db')}`);
  if (!opened.ok) throw new Error(opened.problem);
  const started = await startServer(
    {
      pages: fakePages,
      isDemo: false,
      processes: 1,
      reviewApps: [],
      host: '127.0.0.1',
      port,
      database: opened.database,
      log: createLog('silent'),
      product: { name: 'vertebral-cds', version: '0.0.0' },
      access: { kind: 'trial', fhirServers: 'any' },
      configuration: serverConfigurationSchema.parse({ fhirBudgetMs: 300 }),
    },
    [fakeService('patient-view')],
  );
  if (started.ok) running.push(started.server);
  return started;
}

async function startOrFail(): Promise<RunningServer> {
  const started = await start();
  if (!started.ok) throw new Error(started.problem);
  return started.server;
}

const call = (server: RunningServer, members: Record<string, unknown>) =>
  fetch(`${server.url}/cds-services/fake-patient-view`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(patientViewRequest(members)),
  });

function count(table: 'cards' | 'feedback'): number {
  const database = new Database(join(folder, 'x.db'));
  const rows = database.prepare(`select * from ${table}`).all();
  database.close();
  return rows.length;
}

describe('a running server', () => {
  test('answers, and what it acknowledges is in the database', async () => {
    const server = await startOrFail();
    const answer = (await (await call(server, { prefetch: { patient } })).json()) as {
      cards: [{ uuid: string }];
    };
    const feedback = {
      card: answer.cards[0].uuid,
      outcome: 'overridden',
      outcomeTimestamp: '2026-11-23T10:00:00Z',
    };
    const { status } = await fetch(`${server.url}/cds-services/fake-patient-view/feedback`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ feedback: [feedback] }),
    });
    expect([status, count('cards'), count('feedback')]).toEqual([200, 1, 1]);
  });

  test('that can’t have its port says which', async () => {
    const { url } = await startOrFail();
    const port = Number(new URL(url).port);
    expect(await start(port)).toEqual({
      ok: false,
      problem: expect.stringContaining(`PORT ${port} is in use`),
    });
  });
});

describe('a server that stops', () => {
  test('finishes what is in flight and writes the cards that wait', async () => {
    fhir.break('Condition', 'hang');
    const server = await startOrFail();
    const answer = call(server, { fhirServer: fhir.baseUrl });
    await fhir.arrival('Condition');
    const stopping = server.stop();
    expect((await answer).status).toBe(200);
    await stopping;
    expect(count('cards')).toBe(1);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  test('does not wait for idle keep-alive connections', async () => {
    const server = await startOrFail();
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      httpRequest(`${server.url}/health/live`, { agent }, (response) => {
        response.resume().on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
    const started = performance.now();
    await server.stop();
    expect(performance.now() - started).toBeLessThan(2000);
    agent.destroy();
  });

  test('can be told so twice', async () => {
    const server = await startOrFail();
    await Promise.all([server.stop(), server.stop()]);
  });
});
