/**
 * The time that all FHIR reads of one call share.
 */
export interface Deadline {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  readonly remainingMs: () => number;
  /** To be called when the reads are done: lets go of the timer. */
  readonly end: () => void;
}

/** Starts to run at once; no time at all is over at once. */
export function startDeadline(ms: number): Deadline {
  const controller = new AbortController();
  const endsAt = performance.now() + ms;
  if (ms <= 0) controller.abort();
  const timer = setTimeout(() => controller.abort(), Math.max(0, ms));
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, endsAt - performance.now()),
    end: () => clearTimeout(timer),
  };
}
