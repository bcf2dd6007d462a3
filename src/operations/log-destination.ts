/**
 * Where the lines of the log go: a file descriptor, written to in the background.
 * The log must never stop or slow the service: a reader that has gone, a full disk or a reader that stands still costs
 * lines, which are counted, and nothing else. (pino's own destination hangs the process on a full disk.)
 */
import { write, writeSync } from 'node:fs';

export interface LogDestination {
  /** Takes one line; returns at once and never throws. */
  readonly write: (line: string) => void;
  /** Resolves when every line is written or lost; waits a second at most for a reader that stands still. */
  readonly flush: () => Promise<void>;
  /** Lines lost since it was last asked. */
  readonly takeLost: () => number;
}

export interface DescriptorOptions {
  /** Bytes that wait at most; lines beyond them are lost. */
  readonly limitBytes?: number;
}

interface Batch {
  readonly bytes: Buffer;
  readonly lines: number;
  readonly since: number;
}

/** Longest wait for a write under way, milliseconds, before its reader counts as standing still. */
const patienceMs = 1000;
const retryMs = 50;

/** Writes to standard output; what still waits when the process exits is written then. */
export function standardOutput(): LogDestination {
  const { atExit, ...destination } = toDescriptor(1);
  process.once('exit', atExit);
  return destination;
}

/** `atExit` writes what waits before it returns, unless the reader stands still. */
export function toDescriptor(
  descriptor: number,
  { limitBytes = 8_000_000 }: DescriptorOptions = {},
): LogDestination & { readonly atExit: () => void } {
  let waiting: string[] = [];
  let waitingBytes = 0;
  let underWay: Batch | undefined;
  let whenIdle: (() => void)[] = [];
  let lost = 0;

  function takeWaiting(): Batch | undefined {
    if (waiting.length === 0) return undefined;
    const batch = { bytes: Buffer.from(waiting.join('')), lines: waiting.length, since: performance.now() };
    waiting = [];
    waitingBytes = 0;
    return batch;
  }

  function proceed(): void {
    underWay = takeWaiting();
    if (underWay !== undefined) {
      push(underWay, 0);
      return;
    }
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  }

  function push(batch: Batch, from: number): void {
    write(descriptor, batch.bytes, from, (error, written) => {
      if (error === null && from + written < batch.bytes.length) push(batch, from + written);
      else if (error !== null && isBusy(error)) setTimeout(push, retryMs, batch, from).unref();
      else {
        if (error !== null) lost += batch.lines;
        proceed();
      }
    });
  }

  return {
    write: (line) => {
      const bytes = Buffer.byteLength(line);
      if (waitingBytes + bytes > limitBytes) {
        lost += 1;
        return;
      }
      waiting.push(line);
      waitingBytes += bytes;
      if (underWay === undefined) proceed();
    },
    flush: async () => {
      if (underWay === undefined) return;
      let timer: NodeJS.Timeout | undefined;
      const idle = new Promise<void>((resolve) => whenIdle.push(resolve));
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
      await Promise.race([idle, patience]);
      clearTimeout(timer);
    },
    takeLost: () => {
      const lines = lost;
      lost = 0;
      return lines;
    },
    atExit: () => {
      if (underWay !== undefined && performance.now() - underWay.since > patienceMs / 2) return;
      const last = takeWaiting();
      if (last !== undefined && !isWritten(descriptor, last.bytes)) lost += last.lines;
    },
  };
}

function isWritten(descriptor: number, bytes: Buffer): boolean {
  try {
    let from = 0;
    while (from < bytes.length) from += writeSync(descriptor, bytes, from);
    return true;
  } catch {
    return false;
  }
}

function isBusy({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EAGAIN' || code === 'EBUSY';
}
