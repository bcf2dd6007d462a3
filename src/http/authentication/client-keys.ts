/**
 * The public keys of a client: from the configuration, or from its JWKS URL, which is fetched when it is needed.
 */
import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { ClientConfiguration } from '../../config/client-configuration.js';
import type { Outbound } from '../../outbound/outbound.js';

/** Fetched keys are good for so long; and so much time lies between two fetches for a kid that is not among them. */
const cacheMs = 600_000;
const cooldownMs = 30_000;
/** An EHR whose JWKS is down for a while still gets its cards: its last keys are used for so long. */
const staleMs = 3_600_000;
/** After a failed fetch nobody tries again for so long, whatever tokens come. */
const restMs = 10_000;
const fetchMs = 2000;
const setBytes = 256_000;
const mostKeys = 100;

export class KeysUnavailable extends Error {}

export interface KeySourceOptions {
  readonly outbound: Pick<Outbound, 'get'>;
  readonly clock: () => Date;
}

/** The keys to verify a client's tokens with; fails with KeysUnavailable where they can't be had. */
export function keysOf({ keys, jwks }: ClientConfiguration, options: KeySourceOptions): JWTVerifyGetKey {
  if (jwks === undefined) return createLocalJWKSet({ keys: (keys ?? []).map((key) => ({ ...key })) });
  const source = createKeySource(jwks, options);
  return createRemoteJWKSet(new URL(jwks.url), {
    cacheMaxAge: cacheMs,
    cooldownDuration: cooldownMs,
    timeoutDuration: fetchMs + 1000,
    [customFetch]: async () => new Response(await source()),
  });
}

/** Fetches the set, at most once at a time and not again soon after a failure; falls back on the last good one. */
function createKeySource(
  server: NonNullable<ClientConfiguration['jwks']>,
  { outbound, clock }: KeySourceOptions,
): () => Promise<string> {
  let good: { readonly text: string; readonly at: number } | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  return async () => {
    const now = clock().getTime();
    const text = now - failedAt < restMs ? undefined : await fetchKeySet(server, outbound);
    if (text !== undefined) {
      good = { text, at: now };
      return text;
    }
    if (now - failedAt >= restMs) failedAt = now;
    if (good !== undefined && now - good.at < staleMs) return good.text;
    throw new KeysUnavailable('the keys of the client could not be fetched');
  };
}

async function fetchKeySet(
  server: NonNullable<ClientConfiguration['jwks']>,
  outbound: Pick<Outbound, 'get'>,
): Promise<string | undefined> {
  const answer = await outbound.get(server, server.url, {
    accept: 'application/json, application/jwk-set+json',
    signal: AbortSignal.timeout(fetchMs),
    maxBytes: setBytes,
  });
  return answer.ok && answer.status === 200 ? publicKeysIn(answer.text) : undefined;
}

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(mostKeys) });

/** The set without keys that no token may be signed with; undefined when it is none, or useless. */
function publicKeysIn(text: string): string | undefined {
  const parsed = keySet.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const keys = parsed.data.keys.filter(
    (key) => (key.kty === 'EC' || key.kty === 'RSA') && typeof key.kid === 'string' && !('d' in key),
  );
  return keys.length === 0 ? undefined : JSON.stringify({ keys });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
