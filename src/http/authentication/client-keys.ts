/**
 * The public keys of a client: from the configuration, or from its JWKS URL, which is fetched when it is needed.
 */
import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { ClientConfiguration } from '../../config/client-configuration.js';
import type { RegisteredServer } from '../../outbound/network.js';
import type { Outbound } from '../../outbound/outbound.js';
import { usableKeys } from './usable-key.js';

/** Fetched keys are good for so long; and so much time lies between two fetches for a kid that is not among them. */
const cacheMs = 600_000;
const cooldownMs = 30_000;
/**
 * An EHR whose JWKS is down for a while still gets its cards: its last keys are used until they are so old. The price
 * is that a key withdrawn during the outage is believed until then.
 */
const oldestMs = 3_600_000;
/** After a failed fetch nobody tries again for so long, whatever tokens come. */
const restMs = 10_000;
const setBytes = 256_000;
const mostKeys = 100;

export class KeysUnavailable extends Error {}

export interface KeySourceOptions {
  readonly outbound: Pick<Outbound, 'fetch'>;
  readonly clock: () => Date;
  /** Milliseconds that a JWKS has to arrive in; 2000 unless given. */
  readonly fetchMs?: number;
}

export interface ClientKeys {
  readonly find: JWTVerifyGetKey;
  /** Fetches them before a call has to wait for it; false when there are none to be had. */
  readonly refresh: () => Promise<boolean>;
}

/**
 * The keys to verify a client's tokens with. `find` rejects with KeysUnavailable where they can't be had, with jose's
 * JWKSNoMatchingKey or JWKSMultipleMatchingKeys where not exactly one fits the header of the token.
 */
export function keysOf({ keys, jwks }: ClientConfiguration, options: KeySourceOptions): ClientKeys {
  if (jwks === undefined) {
    return {
      find: createLocalJWKSet({ keys: [...usableKeys(keys ?? [])] }),
      refresh: () => Promise.resolve(true),
    };
  }
  const source = createKeySource(jwks, options);
  const find = createRemoteJWKSet(new URL(jwks.url), {
    cacheMaxAge: cacheMs,
    cooldownDuration: cooldownMs,
    [customFetch]: async () => Response.json({ keys: await source() }),
  });
  return {
    find,
    refresh: () =>
      find.reload().then(
        () => true,
        () => false,
      ),
  };
}

type KeySet = readonly unknown[];

/** jose asks for one set at a time; after a failure it gets the last good one, and no new attempt for a while. */
function createKeySource(server: RegisteredServer, options: KeySourceOptions): () => Promise<KeySet> {
  let good: { readonly keys: KeySet; readonly at: number } | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  return async () => {
    const now = options.clock().getTime();
    if (now - failedAt >= restMs) {
      const keys = await fetchKeySet(server, options);
      if (keys !== undefined) {
        good = { keys, at: now };
        return keys;
      }
      failedAt = now;
    }
    // jose keeps what it is given here as long as any other set.
    if (good !== undefined && now - good.at <= oldestMs - cacheMs) return good.keys;
    throw new KeysUnavailable('the keys of the client could not be fetched');
  };
}

/** A set without a usable key is an answer too: the client has withdrawn its keys. */
async function fetchKeySet(
  server: RegisteredServer,
  { outbound, fetchMs = 2000 }: KeySourceOptions,
): Promise<KeySet | undefined> {
  const answer = await outbound.fetch(server.url, {
    network: server.network,
    headers: { accept: 'application/json, application/jwk-set+json' },
    signal: AbortSignal.timeout(fetchMs),
    maxBytes: setBytes,
  });
  if (!answer.ok || answer.status !== 200) return undefined;
  const parsed = keySet.safeParse(jsonOf(answer.text));
  return parsed.success ? usableKeys(parsed.data.keys) : undefined;
}

const keySet = z.object({ keys: z.array(z.unknown()).max(mostKeys) });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
