/**
 * One call's work in each turn of the event loop. In between the sockets are looked at, so that a new connection, a health
 * check or the next body does not wait until every call that has come in is worked off.
 */

/** Resolves when it is the caller's turn, first come, first served. */
export type Turn = () => Promise<void>;

export function createTurns(): Turn {
  const waiting: (() => void)[] = [];

  function next(): void {
    const begin = waiting.shift();
    if (waiting.length > 0) setImmediate(next);
    begin?.();
  }

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(next);
    });
}
