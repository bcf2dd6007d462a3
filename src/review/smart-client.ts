/**
 * SMART App Launch 2.x as an app: discovery, authorization with PKCE, token. The OAuth part is oauth4webapi's; every
 * request goes out through src/outbound.
 */
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import type { Outbound } from '../outbound/outbound.js';
import type { ReviewApp } from './review-app.js';
import type { PendingLaunch } from './sealed-launch.js';

/** Why a launch can't go on. */
export type LaunchFailure =
  | 'no-smart' // the FHIR server does not answer its SMART configuration, or not as it should
  | 'refused' // the authorization server or the user said no
  | 'token-refused' // the authorization server gave no token
  | 'no-patient'; // it gave one, but no patient with it

export interface Authorized {
  readonly accessToken: string;
  readonly patientId: string;
  /** What the card that led here said, as it came back from the EHR. */
  readonly appContext?: string;
}

export interface LaunchRequest {
  /** Of a launch from the EHR; a standalone one has none. */
  readonly launch?: string;
  readonly redirectUri: string;
  /** Resource types that are read. */
  readonly resourceTypes: readonly string[];
}

type Result<Value> =
  ({ readonly ok: true } & Value) | { readonly ok: false; readonly failure: LaunchFailure };

export interface SmartClient {
  /** The address to send the browser to, and what has to be known when it comes back. */
  readonly authorize: (
    app: ReviewApp,
    request: LaunchRequest,
  ) => Promise<Result<{ readonly url: string; readonly pending: PendingLaunch }>>;
  /** @param answer parameters of the address the browser came back to */
  readonly redeem: (
    app: ReviewApp,
    answer: URLSearchParams,
    pending: PendingLaunch,
    redirectUri: string,
  ) => Promise<Result<{ readonly authorized: Authorized }>>;
}

const timeoutMs = 5000;
const answerBytes = 100_000;

const smartConfiguration = z.object({
  issuer: z.string().optional(),
  authorization_endpoint: z.url({ protocol: /^https?$/ }),
  token_endpoint: z.url({ protocol: /^https?$/ }),
  capabilities: z.array(z.string()).default([]),
});
type SmartConfiguration = z.output<typeof smartConfiguration>;

export function createSmartClient(outbound: Outbound): SmartClient {
  return {
    authorize: async (app, { launch, redirectUri, resourceTypes }) => {
      const found = await discover(app, outbound);
      if (found === undefined) return { ok: false, failure: 'no-smart' };
      const state = oauth.generateRandomState();
      const verifier = oauth.generateRandomCodeVerifier();
      const url = new URL(found.authorization_endpoint);
      const parameters = {
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: redirectUri,
        scope: scopesFor(resourceTypes, launch, found),
        state,
        aud: app.fhirServer.url,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(launch !== undefined && { launch }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return { ok: true, url: url.href, pending: { fhirServer: app.fhirServer.url, state, verifier } };
    },

    redeem: async (app, answer, { state, verifier }, redirectUri) => {
      const found = await discover(app, outbound);
      if (found === undefined) return { ok: false, failure: 'no-smart' };
      const server: oauth.AuthorizationServer = {
        issuer: found.issuer ?? app.fhirServer.url,
        token_endpoint: found.token_endpoint,
      };
      const client: oauth.Client = { client_id: app.clientId };
      let checked: URLSearchParams;
      try {
        // `iss` here is OAuth's (RFC 9207), which SMART servers do not send.
        checked = oauth.validateAuthResponse(server, client, answer, state);
      } catch (error) {
        return expected(error, 'refused');
      }
      try {
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          app.secret === undefined ? oauth.None() : basic(app.secret),
          checked,
          redirectUri,
          verifier,
          { [oauth.customFetch]: through(outbound, app), ...plainHttp(found.token_endpoint) },
        );
        return tokenOf(await response.json());
      } catch (error) {
        return expected(error, 'token-refused');
      }
    },
  };
}

/** Known endings of the library, of the network and of JSON; anything else is a bug. */
function expected(
  error: unknown,
  failure: LaunchFailure,
): { readonly ok: false; readonly failure: LaunchFailure } {
  const isKnown =
    error instanceof oauth.AuthorizationResponseError ||
    error instanceof oauth.OperationProcessingError ||
    error instanceof oauth.ResponseBodyError ||
    error instanceof NotReached ||
    error instanceof SyntaxError;
  if (!isKnown) throw error;
  return { ok: false, failure };
}

const smartToken = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/),
  token_type: z.string().regex(/^bearer$/i),
  patient: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,64}$/)
    .optional(),
  appContext: z.string().max(2000).optional(),
});

function tokenOf(body: unknown): Result<{ readonly authorized: Authorized }> {
  const parsed = smartToken.safeParse(body);
  if (!parsed.success) return { ok: false, failure: 'token-refused' };
  const { access_token: accessToken, patient: patientId, appContext } = parsed.data;
  if (patientId === undefined) return { ok: false, failure: 'no-patient' };
  return {
    ok: true,
    authorized: { accessToken, patientId, ...(appContext !== undefined && { appContext }) },
  };
}

/** SMART 2 scopes where the server knows them, those of SMART 1 where it does not say so. */
function scopesFor(
  resourceTypes: readonly string[],
  launch: string | undefined,
  { capabilities }: SmartConfiguration,
): string {
  const suffix = capabilities.includes('permission-v2') ? 'rs' : 'read';
  const data = resourceTypes.map((type) => `patient/${type}.${suffix}`);
  return [launch === undefined ? 'launch/patient' : 'launch', ...data].join(' ');
}

async function discover(app: ReviewApp, outbound: Outbound): Promise<SmartConfiguration | undefined> {
  const base = app.fhirServer.url.replace(/\/$/, '');
  const answer = await outbound.fetch(`${base}/.well-known/smart-configuration`, {
    network: app.fhirServer.network,
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/json' },
    maxBytes: answerBytes,
  });
  if (!answer.ok || answer.status !== 200) return undefined;
  try {
    return smartConfiguration.parse(JSON.parse(answer.text));
  } catch {
    return undefined;
  }
}

/**
 * HTTP Basic as both kinds of servers read it: those that decode the parts (RFC 6749 2.3.1) and those that don't. The
 * library's own writes a hyphen as %2D, which the latter take for another client.
 */
function basic(secret: string): oauth.ClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    const credentials = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  };
}

/** A test system may speak plain http, where its FHIR server was registered so; src/outbound keeps to that. */
function plainHttp(endpoint: string): object {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- not deprecated, but marked so that it stands out
  return endpoint.startsWith('http:') ? { [oauth.allowInsecureRequests]: true } : {};
}

class NotReached extends Error {}

/** The token endpoint is where the registered FHIR server says; it is reached in the same network, and no other. */
function through(outbound: Outbound, app: ReviewApp) {
  return async (
    url: string,
    { headers, body }: oauth.CustomFetchOptions<'POST', URLSearchParams>,
  ): Promise<Response> => {
    const answer = await outbound.fetch(url, {
      network: app.fhirServer.network,
      signal: AbortSignal.timeout(timeoutMs),
      headers,
      body: body.toString(),
      maxBytes: answerBytes,
    });
    if (!answer.ok) throw new NotReached(answer.reason);
    return new Response(answer.text, {
      status: answer.status,
      headers: { 'content-type': answer.contentType ?? 'application/json' },
    });
  };
}
