/**
 * Rows that may be written a moment later: gathered off the path of a call, written in order and in batches, tried
 * again while the database is in trouble, and bounded in memory.
 */
import { setImmediate } from 'node:timers/promises';

export interface BatchedWriter<Row> {
  /** Returns at once. */
  readonly add: (rows: readonly Row[]) => void;
  /** Writes everything that waits; resolves to false when that failed. */
  readonly flush: () => Promise<boolean>;
  /** Rows that are not known to be written yet. */
  readonly waiting: () => readonly Row[];
}

export interface BatchedWriterOptions {
  /** Milliseconds between a row and its write. */
  readonly delayMs?: number;
  /** Rows that wait at most; beyond it the newest are lost. */
  readonly queueLimit?: number;
  /** Told when rows could not be written (they are tried again) or were lost. */
  readonly onTrouble?: (trouble: WriteTrouble) => void;
}

export interface WriteTrouble {
  readonly kind: 'not-written' | 'lost';
  readonly count: number;
}

const batchSize = 200;

/** `write` makes a batch durable before it resolves; the same batch may come again after a failure. */
export function createBatchedWriter<Row>(
  write: (rows: readonly Row[]) => Promise<void>,
  { delayMs = 100, queueLimit = 10_000, onTrouble = () => undefined }: BatchedWriterOptions = {},
): BatchedWriter<Row> {
  const queue: Row[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<boolean> = Promise.resolve(true);
  let next: Promise<boolean> | undefined;

  /** Writes run one after the other; whoever asks before the next one begins shares it. */
  function flush(): Promise<boolean> {
    clearTimeout(timer);
    timer = undefined;
    next ??= writing.then(() => {
      next = undefined;
      return writeAll();
    });
    writing = next;
    return next;
  }

  async function writeAll(): Promise<boolean> {
    while (queue.length > 0) {
      const batch = queue.slice(0, batchSize);
      try {
        await write(batch);
      } catch {
        onTrouble({ kind: 'not-written', count: batch.length });
        return false;
      }
      queue.splice(0, batch.length);
      // The embedded database works in this thread: calls get their turn in between.
      if (queue.length > 0) await setImmediate();
    }
    return true;
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      void flush().then((isWritten) => {
        if (!isWritten) schedule();
      });
    }, delayMs).unref();
  }

  return {
    add: (rows) => {
      const accepted = rows.slice(0, queueLimit - queue.length);
      queue.push(...accepted);
      if (accepted.length < rows.length) onTrouble({ kind: 'lost', count: rows.length - accepted.length });
      if (queue.length > 0) schedule();
    },
    flush,
    waiting: () => queue,
  };
}
