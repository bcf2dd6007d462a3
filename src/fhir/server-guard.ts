/**
 * Protects FHIR servers from us and us from them: per base, so many reads at once, and none for a while when the
 * last ones all went wrong.
 */
import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  TaskCancelledError,
} from 'cockatiel';
import type { BreakerReport } from './reader.js';
import type { Exchange } from './exchange.js';

export interface GuardSettings {
  /** Reads under way at the same time. */
  readonly readsAtOnce: number;
  /** Reads that wait for their turn; more are refused. */
  readonly readsWaiting: number;
  /** Failures in a row after which no more is asked. */
  readonly failures: number;
  /** Milliseconds until one read is let through to see whether the server is back. */
  readonly halfOpenAfterMs: number;
}

/** Sends one request when it is its turn. */
export type Send = (request: () => Promise<Exchange>) => Promise<Exchange>;

/** `refused`: by the open breaker. `over`: the signal came first. */
export type Guarded = Exchange | 'refused' | 'over';

export interface ServerGuard {
  /** Runs a read, which may send several requests and counts as its last one; ends as soon as `signal` is aborted. */
  readonly run: (read: (send: Send) => Promise<Exchange>, signal: AbortSignal) => Promise<Guarded>;
}

/** The guard of each base, made when it is first asked for; of many, those asked for last are kept. */
export function createServerGuards(
  settings: GuardSettings,
  onBreaker: (report: BreakerReport) => void,
  kept = 1000,
): (server: string) => ServerGuard {
  const guards = new Map<string, ServerGuard>();
  return (server) => {
    const guard = guards.get(server) ?? guardOf(settings, (state) => onBreaker({ server, state }));
    guards.delete(server);
    guards.set(server, guard);
    const [oldest] = guards.keys();
    if (guards.size > kept && oldest !== undefined) guards.delete(oldest);
    return guard;
  };
}

function guardOf(
  { readsAtOnce, readsWaiting, failures, halfOpenAfterMs }: GuardSettings,
  onState: (state: BreakerReport['state']) => void,
): ServerGuard {
  // An answer that had no fair chance counts only for the one read that decides whether the server is back.
  const isFailure = ({ server }: Exchange): boolean =>
    server === 'ill' || (server === 'unclear' && breaker.state === CircuitState.HalfOpen);
  const breaker = circuitBreaker(
    handleWhenResult((result) => isFailure(result as Exchange)),
    { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(failures) },
  );
  breaker.onStateChange((state) => {
    const name = nameOf(state);
    if (name !== undefined) onState(name);
  });
  const line = bulkhead(readsAtOnce, readsWaiting);

  return {
    run: (read, signal) => {
      const send: Send = (request) => line.execute(request, signal).catch(unsentOr);
      const ending = breaker.execute(() => read(send)).catch(refusedOr);
      return unlessAborted(ending, signal);
    },
  };
}

const unsent: Exchange = { reading: { outcome: 'failed' }, server: 'unclear' };

function unsentOr(error: unknown): Exchange {
  if (error instanceof TaskCancelledError || error instanceof BulkheadRejectedError) return unsent;
  throw error;
}

function refusedOr(error: unknown): 'refused' {
  if (error instanceof BrokenCircuitError) return 'refused';
  throw error;
}

/** The bulkhead would tell of an abort only when the turn comes; the caller is told at once. */
function unlessAborted(ending: Promise<Guarded>, signal: AbortSignal): Promise<Guarded> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve('over');
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    void ending.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function nameOf(state: CircuitState): BreakerReport['state'] | undefined {
  switch (state) {
    case CircuitState.Open:
      return 'open';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.Isolated:
      return undefined; // only ever set by hand
    default:
      return state satisfies never;
  }
}
