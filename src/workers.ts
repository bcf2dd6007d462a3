/**
 * Several processes on one address: each a whole service that shares nothing with the others but the database. This one
 * only starts them, starts again the one that dies, and hands on what it is told.
 */
import cluster, { type Worker } from 'node:cluster';
import { z } from 'zod';

/** What a worker sends once it takes calls. */
export const listeningMessage = { vertebralCds: 'listening' } as const;
const fromWorker = z.object({ vertebralCds: z.literal('listening') });

/** Milliseconds before a worker that died is started again. */
const restartMs = 1000;

export interface Workers {
  /** Exit code once all have ended: that of a start that was refused, else 0, or 1 when one ended badly while stopping. */
  readonly ended: Promise<number>;
}

/**
 * Starts the first, which checks the settings and prepares the database, and the others once it listens. SIGTERM, SIGINT
 * and SIGHUP are handed on.
 * @param say tells the operator a line: also when, at the start or after a loss, all of them take calls
 */
export function superviseWorkers(count: number, say: (line: string) => void): Workers {
  let isStopping = false;
  let isUp = false;
  let worst = 0;
  const live = new Set<Worker>();
  const listening = new Set<Worker>();
  let resolveEnded: (code: number) => void;
  const ended = new Promise<number>((resolve) => (resolveEnded = resolve));

  function start(): void {
    const worker = cluster.fork();
    live.add(worker);
    worker.on('message', (message: unknown) => {
      if (!fromWorker.safeParse(message).success) return;
      listening.add(worker);
      if (listening.size === count) say(`runs as ${count} processes`);
      if (isUp) return;
      isUp = true;
      for (let started = 1; started < count; started += 1) start();
    });
    worker.once('exit', (code: number | null) => {
      live.delete(worker);
      listening.delete(worker);
      const isOver = isStopping || !isUp;
      if (isOver) worst = Math.max(worst, code ?? 1);
      if (isOver && live.size === 0) resolveEnded(worst);
      if (isOver) return;
      say(`a process has ended (${code ?? 'killed'}); another is started`);
      setTimeout(() => {
        if (!isStopping) start();
      }, restartMs).unref();
      if (live.size === 0) keepAwake();
    });
  }

  /** Until the next worker is started nothing else would keep this process. */
  function keepAwake(): void {
    setTimeout(() => undefined, 2 * restartMs);
  }

  function handOn(signal: NodeJS.Signals): void {
    for (const { process: worker } of live) worker.kill(signal);
  }

  function stop(): void {
    isStopping = true;
    handOn('SIGTERM');
    if (live.size === 0) resolveEnded(worst);
  }

  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('SIGHUP', () => handOn('SIGHUP'));
  start();
  return { ended };
}
