/**
 * Remembers which tokens have been used, for as long as they could be used again.
 */
import { createHash } from 'node:crypto';

export interface SeenToken {
  /** Hash of issuer and jti: what a client puts into a jti is its own affair. */
  readonly hash: string;
  readonly client: string;
  readonly expiresAt: Date;
}

/** `full`: no more can be remembered. To forget a token that is still good would open the door to its replay. */
export type Use = 'first' | 'again' | 'full';

export interface ReplayGuard {
  /** Of two equal tokens exactly one is the first, however close they come. */
  readonly use: (token: TokenUse, now: Date) => Use;
  /** Whether it has been used, without using it. */
  readonly isUsed: (token: Omit<TokenUse, 'until'>, now: Date) => boolean;
  /** Takes over what an earlier run of the service has seen. */
  readonly load: (seen: readonly SeenToken[]) => void;
}

export interface TokenUse {
  readonly issuer: string;
  readonly jti: string;
  readonly client: string;
  /** From then on the token is refused for its age. */
  readonly until: Date;
}

export interface ReplayGuardOptions {
  /** Tokens that are remembered at most, about 150 bytes each; 500,000 unless given. */
  readonly capacity?: number;
  /** Those of one client at most, so that none can use up the memory of all; 200,000 unless given. */
  readonly perClient?: number;
  /** Told of every token that is remembered. */
  readonly onSeen?: (seen: SeenToken) => void;
}

const sweepMs = 60_000;
/** A sweep walks over all tokens: a client that keeps the memory full must not cause one with each call. */
const sweepWhenFullMs = 1000;

export function createReplayGuard(options: ReplayGuardOptions = {}): ReplayGuard {
  const { capacity = 500_000, perClient = 200_000, onSeen = () => undefined } = options;
  const clients = new Map<string, Map<string, number>>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  return {
    use: ({ issuer, jti, client, until }, now) => {
      const hash = tokenHash(issuer, jti);
      const known = clients.get(client)?.get(hash);
      if (known !== undefined && known > now.getTime()) return 'again';
      const since = now.getTime() - sweptAt;
      if (since >= sweepMs || (isFull(client) && since >= sweepWhenFullMs)) sweep(now.getTime());
      if (isFull(client)) return 'full';
      seenOf(client).set(hash, until.getTime());
      onSeen({ hash, client, expiresAt: until });
      return 'first';
    },
    isUsed: ({ issuer, jti, client }, now) =>
      (clients.get(client)?.get(tokenHash(issuer, jti)) ?? 0) > now.getTime(),
    load: (tokens) => {
      for (const { hash, client, expiresAt } of tokens) seenOf(client).set(hash, expiresAt.getTime());
    },
  };

  function seenOf(client: string): Map<string, number> {
    const seen = clients.get(client) ?? new Map<string, number>();
    clients.set(client, seen);
    return seen;
  }

  function isFull(client: string): boolean {
    let total = 0;
    for (const seen of clients.values()) total += seen.size;
    return total >= capacity || (clients.get(client)?.size ?? 0) >= perClient;
  }

  function sweep(now: number): void {
    sweptAt = now;
    for (const seen of clients.values()) {
      for (const [hash, until] of seen) if (until <= now) seen.delete(hash);
    }
  }
}

/** What is remembered of a token. */
export function tokenHash(issuer: string, jti: string): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, jti]))
    .digest('base64url');
}
