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

export interface ReplayGuard {
  /** False when this token has been used before, or when no more can be remembered. */
  readonly isFirstUse: (token: TokenUse, now: Date) => boolean;
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
  /** Tokens of one client that are remembered at most: one client can't use up the memory of all. */
  readonly perClient?: number;
  /** Told of every token that is remembered. */
  readonly onSeen?: (seen: SeenToken) => void;
}

export function createReplayGuard(options: ReplayGuardOptions = {}): ReplayGuard {
  const { perClient = 200_000, onSeen = () => undefined } = options;
  const clients = new Map<string, Map<string, number>>();

  function seenOf(client: string): Map<string, number> {
    const seen = clients.get(client) ?? new Map<string, number>();
    clients.set(client, seen);
    return seen;
  }

  return {
    isFirstUse: ({ issuer, jti, client, until }, now) => {
      const seen = seenOf(client);
      const hash = createHash('sha256')
        .update(JSON.stringify([issuer, jti]))
        .digest('base64url');
      const known = seen.get(hash);
      if (known !== undefined && known > now.getTime()) return false;
      if (seen.size >= perClient) forgetExpired(seen, now);
      // Forgetting a token that is still good would open the door to its replay.
      if (seen.size >= perClient) return false;
      seen.set(hash, until.getTime());
      onSeen({ hash, client, expiresAt: until });
      return true;
    },
    load: (tokens) => {
      for (const { hash, client, expiresAt } of tokens) seenOf(client).set(hash, expiresAt.getTime());
    },
  };
}

function forgetExpired(seen: Map<string, number>, now: Date): void {
  for (const [hash, until] of seen) if (until <= now.getTime()) seen.delete(hash);
}
