/**
 * What one call may spend on FHIR reads: time, and bytes of answers.
 */
import { setMaxListeners } from 'node:events';
import type { ByteAllowance } from '../outbound/answer-limits.js';

export interface Deadline {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  readonly remainingMs: () => number;
  /** Shared by all answers of the call. */
  readonly bytes: ByteAllowance;
  /** Ends it early: reads that are still under way or waiting are given up. */
  readonly end: () => void;
}

/** One for all calls, each of which ends with it: an error made anew costs more than the rest of the deadline. */
const OVER = new DOMException('The time of the call is over.', 'AbortError');

/**
 * Starts the clock.
 * @param ms from now; 0 or less is over at once
 * @param bytes of all answers together; 20 MB unless set
 */
export function startDeadline(ms: number, bytes = 20_000_000): Deadline {
  const over = new AbortController();
  // All reads of a call listen, however many there are: Node would take more than ten for a leak and warn.
  setMaxListeners(0, over.signal);
  const endsAt = performance.now() + ms;
  const timer = ms > 0 ? setTimeout(() => over.abort(OVER), ms) : undefined;
  if (timer === undefined) over.abort(OVER);

  let bytesLeft = bytes;
  return {
    signal: over.signal,
    remainingMs: () => (over.signal.aborted ? 0 : Math.max(0, endsAt - performance.now())),
    bytes: { take: (taken) => (bytesLeft -= taken) >= 0 },
    end: () => {
      clearTimeout(timer);
      over.abort(OVER);
    },
  };
}
