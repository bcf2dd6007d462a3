/**
 * Which tokens have been used, for several instances on one database: whoever writes a token there first has used it. What
 * this instance has seen itself is refused without asking.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type ReplayGuard, type SeenToken, tokenHash, type TokenUse, type Use } from './replay-guard.js';

export interface SharedReplayGuard {
  readonly use: (token: TokenUse, now: Date) => Promise<Use>;
  readonly isUsed: ReplayGuard['isUsed'];
}

export interface Sharing {
  /** Writes the token unless it is there and still good; true when it was written. */
  readonly claim: (seen: SeenToken, now: Date) => Promise<boolean>;
  /** Told when the database did not answer in time: the token is then judged by what this instance knows. */
  readonly onUnshared: () => void;
  /** Milliseconds a call waits for the database. */
  readonly patienceMs?: number;
}

const defaultPatienceMs = 250;

/** Without `sharing` one instance is all there is. */
export function shareReplayGuard(local: ReplayGuard, sharing?: Sharing): SharedReplayGuard {
  return {
    isUsed: local.isUsed,
    use: async (token, now) => {
      const use = local.use(token, now);
      if (use !== 'first' || sharing === undefined) return use;
      const { issuer, jti, client, until } = token;
      const seen = { hash: tokenHash(issuer, jti), client, expiresAt: until };
      const { claim, onUnshared, patienceMs = defaultPatienceMs } = sharing;
      const isFirst = await inTime(claim(seen, now), patienceMs);
      if (isFirst === undefined) onUnshared();
      return isFirst === false ? 'again' : 'first';
    },
  };
}

/** Undefined when it fails or takes too long. */
async function inTime<Result>(work: Promise<Result>, ms: number): Promise<Result | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([work, wait(ms, undefined, { signal: over.signal, ref: false })]);
  } catch {
    return undefined;
  } finally {
    over.abort();
    work.catch(() => undefined);
  }
}
