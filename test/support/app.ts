/** The application with fakes at its rim: nothing is stored, every line that would be logged is kept. */
import { everythingLive } from '../../src/rollout/rollout.js';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import request from 'supertest';
import { serverConfigurationSchema } from '../../src/config/server-configuration.js';
import { createFhirReader } from '../../src/fhir/kit-reader.js';
import type { GivenFeedback, ShownCard } from '../../src/feedback/store.js';
import { createApp, type AppParts } from '../../src/http/app.js';
import { trialCaller, type Caller } from '../../src/http/caller.js';
import { createLog } from '../../src/operations/log.js';
import { installationFolder } from '../../src/operations/product.js';
import { createOutbound } from '../../src/outbound/outbound.js';
import { registrationOf } from '../../src/web/console/registration.js';
import { launchSeal } from '../../src/review/sealed-launch.js';
import { createSmartClient } from '../../src/review/smart-client.js';
import { createPublication } from '../../src/published/publication.js';
import { loadAssets } from '../../src/web/page/assets.js';
import { fakePages } from './fake-pages.js';
import { fakeService } from './fake-service.js';

/** An answer with its body as unknown as it is. */
export interface TestAnswer {
  readonly status: number;
  readonly body: unknown;
}

const listening = new WeakMap<Express, Server>();

/** Listens once for an application; neither it nor a connection that is kept keeps a test file from ending. */
export function serverOf(app: Express): Server {
  const server = listening.get(app) ?? createServer(app).listen(0).unref();
  if (!listening.has(app)) server.on('connection', (socket) => socket.unref());
  listening.set(app, server);
  return server;
}

/** Posts JSON, as `application/json` unless told otherwise. */
export async function post(
  app: Express,
  path: string,
  body: object,
  type = 'application/json',
): Promise<TestAnswer> {
  return request(serverOf(app)).post(path).set('Content-Type', type).send(JSON.stringify(body));
}

export async function get(app: Express, path: string): Promise<TestAnswer> {
  return request(serverOf(app)).get(path);
}

export interface TestApp {
  readonly app: Express;
  readonly cards: readonly ShownCard[];
  readonly feedback: readonly GivenFeedback[];
  readonly log: readonly string[];
}

type Replaced = Partial<Omit<AppParts, 'limits'>> & {
  readonly limits?: Partial<AppParts['limits']>;
  /** Who calls, where it is not anybody in a trial. */
  readonly caller?: Partial<Caller>;
};

/** One for all tests of a file: connections are kept alive, as in the running service. */
const outbound = createOutbound();

/** Read once, as by the running service. */
const assets = loadAssets(installationFolder());

const budget = { budgetMs: 1000, fhirBudgetMs: 800 };

/** `parts` replace the fakes; `limits` and `caller` what they name. */
export function testApp({ limits, caller, ...parts }: Replaced = {}): TestApp {
  const cards: ShownCard[] = [];
  const feedback: GivenFeedback[] = [];
  const log: string[] = [];
  const services = parts.services ?? [
    fakeService('patient-view'),
    fakeService('order-select'),
    fakeService('order-sign'),
  ];
  const lines = createLog('trace', { write: (line) => log.push(line) });
  const app = createApp({
    services,
    admission: () => Promise.resolve({ ok: true, caller: { ...trialCaller('any', budget), ...caller } }),
    fhirReader: createFhirReader({ outbound }),
    feedback: {
      rememberCards: (shown) => cards.push(...shown),
      rememberActs: () => undefined,
      addFeedback: (given) => Promise.resolve(feedback.push(...given) > 0),
    },
    attention: ({ cards: said, records, mostCards }) =>
      Promise.resolve({
        cards: said.slice(0, mostCards),
        records: records.slice(0, mostCards),
        repeats: new Set(),
        silent: {},
      }),
    pseudonym: (kind, client, id) => `${kind} ${client ?? ''} ${id}`,
    rollout: () => everythingLive,
    dashboard: {
      adminToken: undefined,
      names: { rules: new Map(), reasons: new Map() },
      charts: undefined,
      statistics: () => Promise.reject(new Error('no statistics in this test')),
    },
    pages: fakePages,
    review: {
      apps: [],
      smart: createSmartClient(outbound),
      seal: launchSeal(new Uint8Array(32)),
    },
    frame: { assets, places: [{ path: '/feedback', name: 'Feedback' }] },
    publication: createPublication({
      definitions: [],
      software: { name: 'vertebral-cds', version: '0.0.0' },
      base: 'http://localhost/fhir',
    }),
    clock: () => new Date('2026-11-23T10:00:00Z'),
    newId: randomUUID,
    onFinished: ({ line }) => lines.request(line),
    onFault: lines.fault,
    metrics: () => Promise.resolve({ contentType: 'text/plain', text: '' }),
    limits: {
      pages: 10,
      depth: 64,
      values: 200_000,
      callBytes: 2_000_000,
      feedbackBytes: 256_000,
      ...limits,
    },
    corsOrigins: 'any',
    console: {
      registration: registrationOf({
        product: { name: 'vertebral-cds', version: '0.0.0' },
        knowledgeVersion: '1.0.0',
        publicUrl: 'https://cds.example.org',
        services,
        facts: fakePages.registration,
        configuration: serverConfigurationSchema.parse({}),
        isTrial: true,
        areCommentsKept: false,
        conformanceRun: undefined,
      }),
      clients: [],
      inspectToken: () => Promise.resolve({ ok: false, reason: 'unknown-issuer' }),
      adminToken: undefined,
      isDemo: false,
    },
    whyNotReady: () => Promise.resolve([]),
    isOpen: () => true,
    ...parts,
  });
  return { app, cards, feedback, log };
}
