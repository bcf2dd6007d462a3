/**
 * An EHR's authorization server for tests, in front of a FHIR server: SMART App Launch as real ones enforce it. One app is
 * registered; a launch is one that was issued, a code works once, and only with its PKCE verifier.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FhirTestServer } from './fhir-server.js';

export interface SmartServer {
  /** `iss` of its launches. */
  readonly fhirBase: string;
  /** A launch token for an open chart. */
  readonly launch: (context: LaunchContext) => string;
  /** What was wrong with requests it refused. */
  readonly refusals: readonly string[];
  readonly close: () => Promise<void>;
}

export interface LaunchContext {
  /** Absent: the chart names nobody. */
  readonly patient?: string;
  readonly appContext?: string;
}

export interface RegisteredApp {
  readonly clientId: string;
  readonly secret?: string;
  readonly redirectUri: string;
}

interface Granted extends LaunchContext {
  readonly challenge: string;
  readonly scope: string;
}

/** @param accessToken what the FHIR server asks for */
export async function startSmartServer(
  fhir: FhirTestServer,
  app: () => RegisteredApp,
  accessToken: string,
): Promise<SmartServer> {
  const launches = new Map<string, LaunchContext>();
  const codes = new Map<string, Granted>();
  const refusals: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fhirBase = `${origin}/fhir`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', origin);
    switch (url.pathname) {
      case '/fhir/.well-known/smart-configuration':
        json(response, 200, {
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
          grant_types_supported: ['authorization_code'],
          code_challenge_methods_supported: ['S256'],
          capabilities: ['launch-ehr', 'permission-v2', 'client-public', 'client-confidential-symmetric'],
        });
        return;
      case '/authorize':
        authorize(url.searchParams, response);
        return;
      case '/token':
        token(request, new URLSearchParams(await bodyOf(request)), response);
        return;
      default:
        await forward(request, url, response);
    }
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const { clientId, redirectUri } = app();
    const is = (name: string, value: string) => query.get(name) === value;
    const launch = launches.get(query.get('launch') ?? '');
    const scope = query.get('scope') ?? '';
    const state = query.get('state') ?? '';
    const wrong = [
      !is('response_type', 'code') && 'response_type',
      !is('client_id', clientId) && 'client_id',
      !is('redirect_uri', redirectUri) && 'redirect_uri',
      !is('aud', fhirBase) && 'aud',
      !is('code_challenge_method', 'S256') && 'code_challenge_method',
      !/^[\w-]{43}$/.test(query.get('code_challenge') ?? '') && 'code_challenge',
      state.length < 20 && 'state',
      launch === undefined && 'launch',
      !scope.split(' ').includes('launch') && 'scope launch',
      /\*|write|\.[cud]/.test(scope) && 'a scope that asks for too much',
    ].filter((one) => one !== false);
    if (wrong.length > 0) {
      refuse(response, 400, wrong.join(', '));
      return;
    }
    launches.delete(query.get('launch') ?? '');
    const code = randomUUID();
    codes.set(code, { ...launch, challenge: query.get('code_challenge') ?? '', scope });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', state);
    response.writeHead(302, { Location: back.href }).end();
  }

  function token(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void {
    const { clientId, secret, redirectUri } = app();
    const basic = `Basic ${Buffer.from(`${clientId}:${secret ?? ''}`).toString('base64')}`;
    const granted = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient =
      secret === undefined
        ? form.get('client_id') === clientId && request.headers.authorization === undefined
        : request.headers.authorization === basic;
    const wrong = [
      request.method !== 'POST' && 'method',
      !isClient && 'client authentication',
      form.get('grant_type') !== 'authorization_code' && 'grant_type',
      form.get('redirect_uri') !== redirectUri && 'redirect_uri',
      granted === undefined && 'code',
      granted?.challenge !== verifier && 'code_verifier',
    ].filter((one) => one !== false);
    if (wrong.length > 0 || granted === undefined) {
      refuse(response, 400, wrong.join(', '));
      return;
    }
    json(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 60,
      scope: granted.scope,
      ...(granted.patient !== undefined && { patient: granted.patient }),
      ...(granted.appContext !== undefined && { appContext: granted.appContext }),
    });
  }

  function refuse(response: ServerResponse, status: number, why: string): void {
    refusals.push(why);
    json(response, status, { error: 'invalid_request', error_description: why });
  }

  async function forward(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const { authorization } = request.headers;
    const answered = await fetch(fhir.baseUrl.replace(/\/fhir$/, '') + url.pathname + url.search, {
      headers: { accept: 'application/fhir+json', ...(authorization !== undefined && { authorization }) },
    });
    response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? '' });
    response.end(await answered.text());
  }

  return {
    fhirBase,
    launch: (context) => {
      const name = randomUUID();
      launches.set(name, context);
      return name;
    },
    refusals,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
