/**
 * What can be told of a token without cryptography: whom it claims to come from, and whether that client sends tokens
 * of this kind. A stranger's token costs no more than this.
 */
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { ClientConfiguration } from '../../config/client-configuration.js';
import type { TokenRefusal } from './refusal.js';

/** Characters of a token at most: those of real clients have about a thousand. */
const tokenLength = 8192;

export type Claimed<Registered> =
  | { readonly ok: true; readonly token: string; readonly from: Registered }
  | { readonly ok: false; readonly reason: TokenRefusal; readonly client?: string };

/** `authorization`: value of the header. Nothing in it is proved yet. */
export function claimedClient<Registered extends { readonly client: ClientConfiguration }>(
  authorization: string | undefined,
  registered: readonly Registered[],
): Claimed<Registered> {
  if (authorization === undefined) return { ok: false, reason: 'no-token' };
  const token = bearerToken(authorization);
  const unverified = token === undefined ? undefined : readUnverified(token);
  if (token === undefined || unverified === undefined) return { ok: false, reason: 'malformed' };

  const { header, payload } = unverified;
  const ofIssuer = registered.filter(({ client }) => client.issuer === payload.iss);
  if (ofIssuer.length === 0) return { ok: false, reason: 'unknown-issuer' };
  const from = ofIssuer.find(({ client }) => isTenantOf(client, payload));
  if (from === undefined) return { ok: false, reason: 'wrong-tenant', ...onlyOne(ofIssuer) };
  const reason = whyNotSentBy(from.client, header);
  return reason === undefined ? { ok: true, token, from } : { ok: false, reason, client: from.client.id };
}

function onlyOne(registered: readonly { readonly client: ClientConfiguration }[]): {
  readonly client?: string;
} {
  const [only, ...others] = registered;
  return only !== undefined && others.length === 0 ? { client: only.client.id } : {};
}

/** The client that a token belongs to is also told by its `tenant`, where the site has named tenants. */
export function isTenantOf({ tenants }: ClientConfiguration, { tenant }: JWTPayload): boolean {
  return tenants === undefined || (typeof tenant === 'string' && tenants.includes(tenant));
}

function bearerToken(authorization: string): string | undefined {
  const [, token] = /^bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i.exec(authorization) ?? [];
  return token !== undefined && token.length <= tokenLength ? token : undefined;
}

interface Unverified {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: JWTPayload;
}

function readUnverified(token: string): Unverified | undefined {
  try {
    return { header: { ...decodeProtectedHeader(token) }, payload: decodeJwt(token) };
  } catch {
    return undefined;
  }
}

/** Keys that a token brings along (`jwk`, `x5c`, `x5u`) are not looked at; a URL of keys must be the registered one. */
function whyNotSentBy(
  { algorithms, jwks }: ClientConfiguration,
  { alg, kid, jku, ...header }: Unverified['header'],
): TokenRefusal | undefined {
  if (typeof kid !== 'string' || kid === '' || 'crit' in header) return 'malformed';
  if (!algorithms.some((algorithm) => algorithm === alg)) return 'algorithm';
  if (jku !== undefined && jku !== jwks?.url) return 'jku-not-registered';
  return undefined;
}
