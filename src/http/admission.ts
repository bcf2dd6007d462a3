/**
 * Lets a request in, or not: who calls, and whether it calls too often.
 */
import type { Request, Response } from 'express';
import type { Access } from '../config/access.js';
import type { ClientConfiguration } from '../config/client-configuration.js';
import type { Authenticator } from './authentication/authenticator.js';
import type { TokenRefusal } from './authentication/refusal.js';
import { clientCaller, trialCaller, type Budget, type Caller } from './caller.js';
import type { RateLimit } from './rate-limit.js';

export type Admitted =
  | { readonly ok: true; readonly caller: Caller }
  | {
      readonly ok: false;
      readonly failure: 'unauthenticated';
      readonly refusal: TokenRefusal;
      /** When the token named one, whether or not it was its own. */
      readonly client?: string;
    }
  | {
      readonly ok: false;
      readonly failure: 'too-many-calls';
      readonly client: string;
      readonly retryAfterSeconds: number;
    };

export type Admission = (request: Request, response: Response) => Promise<Admitted>;

export interface AdmissionParts {
  readonly access: Access;
  readonly budget: Budget;
  /** The base that clients call, without a slash at the end: tokens name it as their audience. */
  readonly publicUrl: string;
  readonly authenticator: Authenticator;
  readonly rateLimit: RateLimit;
}

/** Callers are made once, at start. */
export function createAdmission(parts: AdmissionParts): Admission {
  const { access, budget } = parts;
  switch (access.kind) {
    case 'trial': {
      const admitted = { ok: true as const, caller: trialCaller(access.fhirServers, budget) };
      return () => Promise.resolve(admitted);
    }
    case 'clients': {
      const callers = new Map(access.clients.flatMap((client) => callersOf(client, budget)));
      return (request, response) => admitClient(request, response, callers, parts);
    }
    default:
      return access satisfies never;
  }
}

/** A tenant counts only where the site has named it: the word of a token alone would be an open set. */
function callersOf(client: ClientConfiguration, budget: Budget): readonly (readonly [string, Caller])[] {
  const tenants = client.tenants ?? [undefined];
  return tenants.map((tenant) => [callerKey(client, tenant), clientCaller(client, tenant, budget)] as const);
}

function callerKey({ id, tenants }: ClientConfiguration, tenant: string | undefined): string {
  return tenants === undefined || tenant === undefined ? id : `${id}/${tenant}`;
}

async function admitClient(
  request: Request,
  response: Response,
  callers: ReadonlyMap<string, Caller>,
  { publicUrl, authenticator, rateLimit }: AdmissionParts,
): Promise<Admitted> {
  const audience = `${publicUrl}${request.path}`;
  const authentication = await authenticator.authenticate(request.headers.authorization, audience);
  if (!authentication.ok) {
    const { reason, client } = authentication;
    return {
      ok: false,
      failure: 'unauthenticated',
      refusal: reason,
      ...(client === undefined ? {} : { client }),
    };
  }
  const caller = callers.get(callerKey(authentication.client, authentication.tenant));
  if (caller === undefined) throw new Error('an authenticated client is not registered');
  const allowance = await rateLimit(request, response, caller);
  if (allowance.isAllowed) return { ok: true, caller };
  const { retryAfterSeconds } = allowance;
  return { ok: false, failure: 'too-many-calls', client: caller.client, retryAfterSeconds };
}
