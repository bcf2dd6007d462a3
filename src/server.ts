/**
 * The running server: the application with everything it needs, on a socket, from start to an orderly stop.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CdsService } from './cds-hooks/service.js';
import type { Access } from './config/access.js';
import type { ServerConfiguration } from './config/server-configuration.js';
import { createFeedbackIntake } from './feedback/intake.js';
import type { FeedbackStore } from './feedback/store.js';
import { createFhirReader } from './fhir/kit-reader.js';
import { createAdmission } from './http/admission.js';
import { createApp } from './http/app.js';
import { createAuthenticator } from './http/authentication/authenticator.js';
import { createReplayGuard } from './http/authentication/replay-guard.js';
import type { AllowedOrigins } from './http/cors.js';
import { createRateLimit } from './http/rate-limit.js';
import type { OperationsLog } from './operations/log.js';
import { createMetrics } from './operations/metrics.js';
import type { Product } from './operations/product.js';
import { createOutbound } from './outbound/outbound.js';

export interface ServerParts {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The base that clients call, without a slash at the end; the address of the socket unless given. */
  readonly publicUrl?: string;
  readonly access: Access;
  readonly configuration: ServerConfiguration;
  /** Belongs to the server from here on: stopping closes it. */
  readonly store: FeedbackStore;
  readonly log: OperationsLog;
  readonly product: Product;
}

export interface RunningServer {
  /** Base URL of the socket, without a slash at the end. */
  readonly url: string;
  /** Accepts nothing new, finishes what is in flight, writes the cards that wait, closes the store. */
  readonly stop: () => Promise<void>;
}

/** A problem is one line that names the variable to change. */
export type Started =
  { readonly ok: true; readonly server: RunningServer } | { readonly ok: false; readonly problem: string };

/** Milliseconds that requests in flight get before their connections are cut. */
const graceMs = 8000;

export async function startServer(parts: ServerParts, services: readonly CdsService[]): Promise<Started> {
  const { access, configuration, host, port, store, log, product } = parts;
  const clock = () => new Date();
  let isOpen = true;
  const metrics = createMetrics({ product, services, ...namesIn(access) });
  const outbound = createOutbound();
  const feedback = createFeedbackIntake(store, {
    onTrouble: (trouble) => {
      log.event(trouble);
      metrics.notWritten(trouble.event, trouble.count);
    },
  });
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 });
  const problem = await listen(server, host, port);
  if (problem !== undefined) {
    await Promise.all([feedback.close(), outbound.close()]);
    return { ok: false, problem };
  }
  const url = urlOf(server);
  const admission = createAdmission({
    access,
    budget: configuration,
    publicUrl: parts.publicUrl ?? url,
    authenticator: createAuthenticator({
      clients: access.kind === 'clients' ? access.clients : [],
      replayGuard: createReplayGuard(),
      outbound,
      clock,
    }),
    rateLimit: createRateLimit(),
  });
  const app = createApp({
    services,
    admission,
    fhirReader: createFhirReader({ outbound, onRead: metrics.fhirRead, onBreaker: metrics.breaker }),
    feedback,
    clock,
    newId: randomUUID,
    limits: {
      pages: 10,
      depth: 64,
      values: 200_000,
      callBytes: configuration.bodyLimitBytes,
      feedbackBytes: 256_000,
    },
    corsOrigins: originsFor(access, configuration),
    about: product,
    metrics: metrics.render,
    isOpen: () => isOpen,
    onFinished: ({ line }) => {
      log.request(line);
      metrics.request(line);
    },
    onFault: log.fault,
  });
  server.on('request', app);
  metrics.ready(true);
  log.event({ event: 'started' });

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    isOpen = false;
    metrics.ready(false);
    log.event({ event: 'stopping' });
    await drain(server);
    await Promise.all([feedback.close(), outbound.close()]);
    log.event({ event: 'stopped' });
    log.flush();
  }
  return { ok: true, server: { url, stop: () => (stopped ??= stop()) } };
}

/** What metrics may name: a trial has neither clients nor, unless they are registered, servers. */
function namesIn(access: Access): {
  readonly clients: readonly string[];
  readonly fhirServers: readonly string[];
} {
  switch (access.kind) {
    case 'clients':
      return {
        clients: access.clients.map(({ id }) => id),
        fhirServers: [
          ...new Set(access.clients.flatMap(({ fhirServers }) => fhirServers.map(({ url }) => url))),
        ],
      };
    case 'trial':
      return {
        clients: [],
        fhirServers: access.fhirServers === 'any' ? [] : access.fhirServers.map(({ url }) => url),
      };
    default:
      return access satisfies never;
  }
}

/** A trial is open to every page; clients name the origins that they have. */
function originsFor(access: Access, { corsOrigins }: ServerConfiguration): AllowedOrigins {
  if (access.kind === 'trial') return corsOrigins ?? 'any';
  return [...(corsOrigins ?? []), ...access.clients.flatMap((client) => client.corsOrigins)];
}

/** Resolves to a problem when the address can't be had. */
function listen(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(listenProblem(error.code, host, port));
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve(undefined);
    });
  });
}

function listenProblem(code: string | undefined, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} is in use on ${host}: stop what listens there or choose another`;
    case 'EACCES':
      return `PORT ${port} may not be opened by this user: choose one above 1023`;
    default:
      return `HOST ${host} cannot be listened on (${code ?? 'unknown error'})`;
  }
}

/** Keep-alive connections fall idle one after the other, so idle ones are closed until none is left. */
async function drain(server: Server): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(sweep);
  clearTimeout(cut);
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
