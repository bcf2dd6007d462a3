/**
 * What protects a FHIR server from us, and us from a FHIR server in trouble: so many reads at a time, and none at all
 * for a while after it has failed again and again.
 */
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  bulkhead,
  circuitBreaker,
  handleWhenResult,
  wrap,
} from 'cockatiel';

export type BreakerState = 'open' | 'half-open' | 'closed';

/** Runs a read, unless the server may not be asked now: then it ends as `refused` without any request. */
export type ServerGuard = <Result>(read: () => Promise<Result>) => Promise<Result | 'refused'>;

export interface GuardOptions {
  /** Reads under way at the same time. */
  readonly reads: number;
  /** Failures in a row after which the server is left alone. */
  readonly failures: number;
  /** Milliseconds until one read tries again. */
  readonly restMs: number;
  readonly onBreaker: (state: BreakerState) => void;
}

/** `isTrouble`: which results of a read count against the server. */
export function guardServer(isTrouble: (result: unknown) => boolean, options: GuardOptions): ServerGuard {
  const breaker = circuitBreaker(handleWhenResult(isTrouble), {
    breaker: new ConsecutiveBreaker(options.failures),
    halfOpenAfter: options.restMs,
  });
  breaker.onStateChange((state) => options.onBreaker(stateName(state)));
  const policy = wrap(bulkhead(options.reads, options.reads * 4), breaker);
  return async (read) => {
    try {
      return await policy.execute(read);
    } catch (error) {
      if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError) return 'refused';
      throw error;
    }
  };
}

function stateName(state: CircuitState): BreakerState {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open';
  }
}
