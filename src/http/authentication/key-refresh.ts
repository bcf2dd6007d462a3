/**
 * Keeps the keys of clients fresh, so that no call has to wait for a JWKS.
 */
import type { Authenticator } from './authenticator.js';

export interface KeyRefresh {
  /** Clients without keys at the last refresh. */
  readonly missing: () => readonly string[];
  readonly stop: () => void;
}

/** Milliseconds; below the ten minutes for which fetched keys are good. */
const usualMs = 480_000;
const afterFailureMs = 30_000;

/** Refreshes at once and then again and again, sooner where keys are missing. `onMissing` is told of each such client. */
export function keepKeysFresh(
  { refreshKeys }: Pick<Authenticator, 'refreshKeys'>,
  onMissing: (client: string) => void,
): KeyRefresh {
  let missing: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function refresh(): Promise<void> {
    missing = await refreshKeys();
    missing.forEach(onMissing);
    if (isStopped) return;
    timer = setTimeout(() => void refresh(), missing.length === 0 ? usualMs : afterFailureMs).unref();
  }
  void refresh();

  return {
    missing: () => missing,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
