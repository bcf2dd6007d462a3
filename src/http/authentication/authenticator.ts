/**
 * Who sends a request: the CDS Hooks JWT, checked against the clients that the site has registered.
 * CDS Hooks 2.0.1 "Trusting CDS Clients"; cryptography and dates are jose's.
 */
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { ClientConfiguration } from '../../config/client-configuration.js';
import { KeysUnavailable, keysOf, type KeySourceOptions } from './client-keys.js';
import type { TokenRefusal } from './refusal.js';
import type { ReplayGuard } from './replay-guard.js';

export type Authentication =
  | { readonly ok: true; readonly client: ClientConfiguration; readonly tenant?: string }
  | {
      readonly ok: false;
      readonly reason: TokenRefusal;
      /** The client that the token claims to come from, when it is a registered one. */
      readonly client?: string;
    };

export interface Authenticator {
  /**
   * @param authorization value of the Authorization header
   * @param audience exact public URL of the endpoint that was called
   */
  readonly authenticate: (authorization: string | undefined, audience: string) => Promise<Authentication>;
}

export interface AuthenticatorParts extends KeySourceOptions {
  readonly clients: readonly ClientConfiguration[];
  readonly replayGuard: ReplayGuard;
}

/** Characters of a token at most: those of real clients have about a thousand. */
const tokenLength = 8192;
const jtiLength = 500;

interface RegisteredClient {
  readonly client: ClientConfiguration;
  readonly keys: JWTVerifyGetKey;
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const registered = parts.clients.map((client): RegisteredClient => ({
    client,
    keys: keysOf(client, parts),
  }));
  return {
    authenticate: async (authorization, audience) => {
      const token = bearerToken(authorization);
      if (token === undefined)
        return { ok: false, reason: authorization === undefined ? 'no-token' : 'malformed' };
      const claimed = claimedBy(token, registered);
      if (!claimed.ok) return claimed;
      const { client } = claimed.from;
      const verified = await verify(token, audience, claimed.from, parts);
      return verified.ok ? verified : { ...verified, client: client.id };
    },
  };
}

function bearerToken(authorization = ''): string | undefined {
  const [, token] = /^bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i.exec(authorization) ?? [];
  return token !== undefined && token.length <= tokenLength ? token : undefined;
}

type Claimed =
  { readonly ok: true; readonly from: RegisteredClient } | Extract<Authentication, { readonly ok: false }>;

/** What can be told without cryptography: whom a token claims to come from, and whether that client signs so. */
function claimedBy(token: string, registered: readonly RegisteredClient[]): Claimed {
  const read = readUnverified(token);
  if (read === undefined) return { ok: false, reason: 'malformed' };
  const { header, payload } = read;
  const issued = registered.filter(({ client }) => client.issuer === payload.iss);
  if (issued.length === 0) return { ok: false, reason: 'unknown-issuer' };
  const from = issued.find(({ client }) => isTenantOf(client, payload));
  if (from === undefined) return { ok: false, reason: 'wrong-tenant' };

  const { client } = from;
  const refuse = (reason: TokenRefusal): Claimed => ({ ok: false, reason, client: client.id });
  if (typeof header.kid !== 'string' || header.kid === '' || 'crit' in header) return refuse('malformed');
  if (!client.algorithms.some((algorithm) => algorithm === header.alg)) return refuse('algorithm');
  if (header.jku !== undefined && header.jku !== client.jwks?.url) return refuse('jku-not-registered');
  return { ok: true, from };
}

function readUnverified(token: string) {
  try {
    return { header: decodeProtectedHeader(token), payload: decodeJwt(token) };
  } catch {
    return undefined;
  }
}

function isTenantOf({ tenants }: ClientConfiguration, { tenant }: JWTPayload): boolean {
  return tenants === undefined || (typeof tenant === 'string' && tenants.includes(tenant));
}

type Verified =
  | { readonly ok: true; readonly client: ClientConfiguration; readonly tenant?: string }
  | { readonly ok: false; readonly reason: TokenRefusal };

async function verify(
  token: string,
  audience: string,
  { client, keys }: RegisteredClient,
  { clock, replayGuard }: AuthenticatorParts,
): Promise<Verified> {
  const now = clock();
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, keys, {
      typ: 'JWT',
      algorithms: [...client.algorithms],
      issuer: client.issuer,
      audience: [audience, ...client.audiences],
      requiredClaims: ['exp', 'iat', 'jti'],
      clockTolerance: client.clockSkewSeconds,
      currentDate: now,
      ...(client.subject === undefined ? {} : { subject: client.subject }),
    }));
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
  const reason = whyRefused(payload, client, now);
  if (reason !== undefined) return { ok: false, reason };
  if (client.tokenReplay === 'refused' && !isFirstUse(payload, client, replayGuard, now)) {
    return { ok: false, reason: 'replayed' };
  }
  const { tenant } = payload;
  return { ok: true, client, ...(typeof tenant === 'string' ? { tenant } : {}) };
}

/** What the standard leaves to us: how long a token may live, and that it was not issued tomorrow. */
function whyRefused(
  { exp, iat, jti, ...payload }: JWTPayload,
  client: ClientConfiguration,
  now: Date,
): TokenRefusal | undefined {
  if (exp === undefined || iat === undefined || typeof jti !== 'string') return 'missing-claim';
  if (jti === '' || jti.length > jtiLength) return 'missing-claim';
  if (!isTenantOf(client, payload)) return 'wrong-tenant';
  if (iat > now.getTime() / 1000 + client.clockSkewSeconds) return 'issued-in-future';
  if (exp - iat > client.maxTokenLifetimeSeconds) return 'lifetime';
  return undefined;
}

function isFirstUse(
  { exp = 0, jti = '' }: JWTPayload,
  { id, issuer, clockSkewSeconds }: ClientConfiguration,
  guard: ReplayGuard,
  now: Date,
): boolean {
  const until = new Date((exp + clockSkewSeconds + 1) * 1000);
  return guard.isFirstUse({ issuer, jti, client: id, until }, now);
}

/** Errors of jose and of the key source, as reasons for the log. */
function reasonOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimReason(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'unknown-key';
  }
  if (
    error instanceof KeysUnavailable ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid
  ) {
    return 'keys-unavailable';
  }
  // A key that can't be used with its algorithm: too weak, of another curve, or broken.
  const isUselessKey =
    error instanceof TypeError || error instanceof DOMException || error instanceof errors.JOSENotSupported;
  if (isUselessKey) return 'unknown-key';
  if (error instanceof errors.JOSEError) return 'malformed';
  throw error;
}

function claimReason({ claim, reason }: errors.JWTClaimValidationFailed): TokenRefusal {
  switch (claim) {
    case 'aud':
      return 'audience';
    case 'sub':
      return 'wrong-subject';
    case 'nbf':
      return reason === 'check_failed' ? 'not-yet-valid' : 'missing-claim';
    case 'typ':
      return 'malformed';
    case 'iss':
      return 'unknown-issuer';
    default:
      return 'missing-claim';
  }
}
