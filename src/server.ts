/**
 * The running server: the application on a socket, from start to an orderly stop.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { queryKind } from './cds-hooks/prefetch-template.js';
import type { CdsService } from './cds-hooks/service.js';
import type { ServerConfiguration } from './config/server-configuration.js';
import { createFeedbackIntake } from './feedback/intake.js';
import type { FeedbackStore } from './feedback/store.js';
import { createFhirReader } from './fhir/kit-reader.js';
import { createApp } from './http/app.js';
import type { OperationsLog } from './operations/log.js';
import type { Product } from './operations/product.js';
import { isLoopback } from './outbound/addresses.js';
import { createOutbound } from './outbound/outbound.js';

export interface ServerParts extends ServerConfiguration {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
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
  const { host, port, store, log } = parts;
  const feedback = createFeedbackIntake(store, { onTrouble: log.event });
  const outbound = createOutbound();
  let isOpen = true;
  const app = createApp({
    services,
    fhirReader: createFhirReader({ outbound, resourceTypes: templateTypes(services) }),
    fhirServers: parts.fhirServers ?? (isLoopback(host) ? 'any' : []),
    feedback,
    clock: () => new Date(),
    newId: randomUUID,
    log,
    limits: {
      budgetMs: parts.budgetMs,
      fhirBudgetMs: parts.fhirBudgetMs,
      pages: 10,
      depth: 64,
      values: 200_000,
      callBytes: parts.bodyLimitBytes,
      feedbackBytes: 256_000,
    },
    corsOrigins: parts.corsOrigins ?? 'any',
    about: parts.product,
    isOpen: () => isOpen,
  });
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, app);
  const problem = await listen(server, host, port);
  if (problem !== undefined) {
    await Promise.all([outbound.close(), feedback.close()]);
    return { ok: false, problem };
  }
  log.event({ event: 'started' });

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    isOpen = false;
    log.event({ event: 'stopping' });
    await drain(server);
    await Promise.all([outbound.close(), feedback.close()]);
    log.event({ event: 'stopped' });
    log.flush();
  }
  return { ok: true, server: { url: urlOf(server), stop: () => (stopped ??= stop()) } };
}

/** The resource types that the services ask for. */
function templateTypes(services: readonly CdsService[]): ReadonlySet<string> {
  const queries = services.flatMap(({ prefetch }) => Object.values(prefetch).map(({ query }) => query));
  return new Set(queries.map((query) => queryKind(query).resourceType));
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
