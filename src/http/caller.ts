/**
 * Who is calling, as the rest of the server needs to know it: a registered client, or anybody in a trial.
 */
import { clientProfile, type ClientProfile } from '../cds-hooks/profiles.js';
import type { Access } from '../config/access.js';
import type { ClientConfiguration } from '../config/client-configuration.js';
import { allowedServer, registeredServer } from '../fhir/registered-servers.js';
import type { RegisteredServer } from '../outbound/network.js';

export interface Caller {
  /** Configured id of the client, or `trial`. */
  readonly client: string;
  /** The name under which cards and feedback are kept: one client may serve several tenants, whose ids may meet. */
  readonly keptAs: string;
  readonly profile: ClientProfile;
  readonly budget: Budget;
  /** Calls and feedback in a minute; undefined for no limit. */
  readonly callsPerMinute?: number;
  /** FHIR bases registered for this caller. */
  readonly fhirServers: readonly string[];
  /** The server that `fhirServer` of a call names, when this caller may send us there. */
  readonly serverNamed: (fhirServer: string) => RegisteredServer | undefined;
}

export interface Budget {
  /** Milliseconds from the arrival of a call to its answer. */
  readonly budgetMs: number;
  /** Milliseconds of it that may go to FHIR reads. */
  readonly fhirBudgetMs: number;
}

/** What a client does not set is set by the site; its time for reads never exceeds its time for the call. */
export function clientCaller(client: ClientConfiguration, tenant: string | undefined, site: Budget): Caller {
  const budgetMs = client.budgetMs ?? site.budgetMs;
  const share = site.fhirBudgetMs / site.budgetMs;
  return {
    client: client.id,
    keptAs: tenant === undefined ? client.id : `${client.id}/${tenant}`,
    profile: clientProfile(client.profile, client.abilities),
    budget: {
      budgetMs,
      fhirBudgetMs: Math.min(budgetMs, client.fhirBudgetMs ?? Math.round(budgetMs * share)),
    },
    callsPerMinute: client.callsPerMinute,
    fhirServers: client.fhirServers.map(({ url }) => url),
    serverNamed: (fhirServer) => registeredServer(fhirServer, client.fhirServers),
  };
}

/** Everybody, where nobody is asked who they are. */
export function trialCaller(
  fhirServers: Extract<Access, { kind: 'trial' }>['fhirServers'],
  budget: Budget,
): Caller {
  return {
    client: 'trial',
    keptAs: 'trial',
    profile: clientProfile('generic'),
    budget,
    fhirServers: fhirServers === 'any' ? [] : fhirServers.map(({ url }) => url),
    serverNamed: (fhirServer) => allowedServer(fhirServer, fhirServers),
  };
}
