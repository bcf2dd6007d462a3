/** The application behind client authentication, on a real socket: what a caller gets, and what the log says of it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientConfiguration } from '../../src/config/client-configuration.js';
import { createAdmission } from '../../src/http/admission.js';
import { createAuthenticator } from '../../src/http/authentication/authenticator.js';
import { createReplayGuard } from '../../src/http/authentication/replay-guard.js';
import { shareReplayGuard } from '../../src/http/authentication/shared-replay-guard.js';
import { createRateLimit } from '../../src/http/rate-limit.js';
import { createOutbound } from '../../src/outbound/outbound.js';
import { testApp } from './app.js';

export const publicUrl = 'https://cds.example.org';
/** What a token for discovery has to name as its audience. */
export const discoveryUrl = `${publicUrl}/cds-services`;

export interface GuardedApp {
  /** Where discovery really is: behind the proxy, as it were. */
  readonly url: string;
  /** Asks for discovery. */
  readonly send: (authorization?: string) => Promise<GuardedAnswer>;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export interface GuardedAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What stands in the log. */
  readonly logged: { readonly refusal?: string; readonly client?: string };
}

export async function startGuardedApp(
  clients: readonly ClientConfiguration[],
  clock: () => Date,
): Promise<GuardedApp> {
  const outbound = createOutbound();
  const { app, log } = testApp({
    admission: createAdmission({
      access: { kind: 'clients', clients },
      budget: { budgetMs: 1000, fhirBudgetMs: 800 },
      publicUrl,
      authenticator: createAuthenticator({
        clients,
        replayGuard: shareReplayGuard(createReplayGuard()),
        outbound,
        clock,
        fetchMs: 300,
      }),
      rateLimit: createRateLimit(),
    }),
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cds-services`;
  return {
    url,
    log: () => log.join(''),
    send: async (authorization) => {
      const answer = await fetch(url, authorization === undefined ? {} : { headers: { authorization } });
      const body: unknown = await answer.json();
      return {
        status: answer.status,
        body,
        logged: JSON.parse(log.at(-1) ?? '{}') as GuardedAnswer['logged'],
      };
    },
    stop: async () => {
      server.closeAllConnections();
      await Promise.all([once(server.close(), 'close'), outbound.close()]);
    },
  };
}
