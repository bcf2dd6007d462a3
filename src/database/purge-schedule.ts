/**
 * Purges at start and once a day, as long as the service runs.
 */
import type { Purged } from './purge.js';

export interface PurgeSchedule {
  /** Ends the schedule, and waits for a purge that is under way. */
  readonly stop: () => Promise<void>;
}

const dayMs = 86_400_000;

/** `onPurged` is told after each purge, `onFailed` when one failed: the next day tries again. */
export function startPurgeSchedule(
  purge: () => Promise<Purged>,
  { onPurged, onFailed }: { readonly onPurged: (purged: Purged) => void; readonly onFailed: () => void },
): PurgeSchedule {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = running.then(purge).then(onPurged).catch(onFailed);
  };
  const timer = setInterval(run, dayMs).unref();
  run();
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}
