/**
 * One server under load, as a process of its own: `node subject.js KIND`. Tells its port, then answers until it is killed;
 * asked by a message, it tells what it has used.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { createPages, createServices, siteConfigurationSchema } from '../../cds-services/index.js';
import { serverConfigurationSchema } from '../../src/config/server-configuration.js';
import { openDatabase } from '../../src/database/open-database.js';
import { createLog } from '../../src/operations/log.js';
import { readProduct } from '../../src/operations/product.js';
import { startServer } from '../../src/server.js';

export type SubjectKind =
  'bare node:http' | 'bare express 5' | 'express 5 + JWT' | 'service' | 'service + JWT';

const [kind, jwks = '{}', publicUrl = 'https://cds.example.org', databaseUrl] = process.argv.slice(2);
const fixed = JSON.stringify({
  cards: [{ uuid: randomUUID(), summary: 'A fixed card', indicator: 'info', source: { label: 'bench' } }],
});
const limit = 10_000_000;

process.send?.({ port: await start() });
// A profile is written when the process ends by itself.
process.once('SIGTERM', () => process.exit(0));
process.on('message', () => {
  const { rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({ rss, cpu: user + system });
});

async function start(): Promise<number> {
  switch (kind as SubjectKind) {
    case 'bare node:http':
      return bareNode();
    case 'bare express 5':
      return bareExpress(false);
    case 'express 5 + JWT':
      return bareExpress(true);
    case 'service':
    case 'service + JWT':
      return service(kind === 'service + JWT');
  }
}

function bareNode(): Promise<number> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end(fixed);
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
}

function bareExpress(isVerified: boolean): Promise<number> {
  const keys = isVerified ? createLocalJWKSet(JSON.parse(jwks) as JSONWebKeySet) : undefined;
  const app = express();
  app.use(async (request, _response, next) => {
    if (keys === undefined) {
      next();
      return;
    }
    const token = (request.headers.authorization ?? '').slice('Bearer '.length);
    await jwtVerify(token, keys, { algorithms: ['ES384'], audience: `${publicUrl}${request.path}` });
    next();
  });
  app.use(express.json({ limit }));
  app.post('/cds-services/:id', (_request, response) => {
    response.type('application/json').send(fixed);
  });
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Everything on: limits, validation, findings, decision, cards, memory of cards, store, metrics, log, audit. */
async function service(isVerified: boolean): Promise<number> {
  const site = siteConfigurationSchema.parse({});
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const opened = await openDatabase(databaseUrl ?? `file:${join(folder, 'x.db')}`);
  if (!opened.ok) throw new Error(opened.problem);
  const { keys } = JSON.parse(jwks) as { keys?: object[] };
  const configuration = serverConfigurationSchema.parse({
    bodyLimitBytes: limit,
    budgetMs: 30_000,
    ...(isVerified && {
      clients: [
        {
          id: 'bench',
          issuer: 'https://bench.example.org',
          keys,
          callsPerMinute: 1_000_000,
          maxTokenLifetimeSeconds: 86_400,
        },
      ],
    }),
  });
  const started = await startServer(
    {
      host: '127.0.0.1',
      port: 0,
      publicUrl,
      access: isVerified
        ? { kind: 'clients', clients: configuration.clients }
        : { kind: 'trial', fhirServers: 'any' },
      configuration,
      database: opened.database,
      log: createLog('info'),
      product: readProduct(),
      knowledgeVersion: 'bench',
      reviewApps: [],
      processes: 1,
      isDemo: false,
      pages: createPages(site),
    },
    createServices(site),
  );
  if (!started.ok) throw new Error(started.problem);
  return Number(new URL(started.server.url).port);
}
