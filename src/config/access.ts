/**
 * Who may call this instance, decided once at start from AUTH, NODE_ENV and the clients of the site configuration.
 */
import { isLoopback } from '../outbound/addresses.js';
import type { RegisteredServer } from '../outbound/network.js';
import type { ClientConfiguration } from './client-configuration.js';
import type { Environment } from './environment.js';
import type { ServerConfiguration } from './server-configuration.js';

export type Access =
  | { readonly kind: 'clients'; readonly clients: readonly ClientConfiguration[] }
  /** Everybody who can reach the address. `any`: calls may name whatever FHIR server they like. */
  | { readonly kind: 'trial'; readonly fhirServers: readonly RegisteredServer[] | 'any' };

/** What the operator should know: a variable, and the rest of the sentence. */
export interface Warning {
  readonly subject: string;
  readonly text: string;
}

/** A problem is one line that names the variable. */
export type AccessDecision =
  | { readonly ok: true; readonly access: Access; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly problem: string };

/** Whoever asks for authentication, or has registered clients, must not get a service that is open to everybody. */
export function decideAccess(environment: Environment, server: ServerConfiguration): AccessDecision {
  const { auth, isProduction, publicUrl } = environment;
  const { clients } = server;
  const isRequired = auth === 'required' || (auth === undefined && (clients.length > 0 || isProduction));
  if (!isRequired) return trial(environment, server);
  if (clients.length === 0) {
    const why = auth === 'required' ? 'AUTH is "required"' : 'AUTH is required with NODE_ENV=production';
    return {
      ok: false,
      problem: `${why}, but the site configuration (CONFIG_FILE) names no clients: add "clients", or set AUTH=off for a local trial`,
    };
  }
  const warnings = publicUrl?.startsWith('https:') === true ? [] : [publicUrlWarning];
  return { ok: true, access: { kind: 'clients', clients }, warnings };
}

const publicUrlWarning: Warning = {
  subject: 'PUBLIC_URL',
  text: 'is not set to an https address: tokens have to name exactly the URL that the EHR calls',
};

const openWarning: Warning = {
  subject: 'AUTH',
  text: 'is off, everybody who can reach this address can call it: for local trials only',
};

const unreadWarning: Warning = {
  subject: 'HOST',
  text: 'is not a loopback address, so calls may not name a FHIR server: list those they may name as "fhirServers" in CONFIG_FILE',
};

function trial({ host }: Environment, server: ServerConfiguration): AccessDecision {
  const registered = server.fhirServers ?? server.clients.flatMap(({ fhirServers }) => fhirServers);
  const isNamed = server.fhirServers !== undefined || registered.length > 0;
  const isLocal = isLoopback(host);
  return {
    ok: true,
    access: { kind: 'trial', fhirServers: isNamed || !isLocal ? registered : 'any' },
    warnings: isNamed || isLocal ? [openWarning] : [openWarning, unreadWarning],
  };
}
