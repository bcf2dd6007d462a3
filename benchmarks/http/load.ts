/** A closed loop of so many callers at once: each sends its next call when the last is answered. */
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly concurrency: number;
  readonly seconds: number;
  /** Calls of each caller that are made whatever the time. */
  readonly atLeast?: number;
  /** Milliseconds from one call of a caller to its next, when it should not send as fast as it can. */
  readonly everyMs?: number;
  /** Of the next call. */
  readonly body: () => Buffer;
  /** Of the next call; undefined when there are no more. */
  readonly headers: () => Readonly<Record<string, string>> | undefined;
}

export interface Measured {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
  readonly calls: number;
  readonly failures: number;
}

export async function measure({
  port,
  path,
  concurrency,
  seconds,
  atLeast = 0,
  everyMs,
  body,
  headers,
}: Load): Promise<Measured> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency, pipelining: 1 });
  const times: number[] = [];
  let failures = 0;
  const end = performance.now() + seconds * 1000;
  const started = performance.now();
  async function caller(): Promise<void> {
    for (let made = 0; made < atLeast || performance.now() < end; made += 1) {
      const own = headers();
      if (own === undefined) return;
      const begun = performance.now();
      const answer = await pool.request({
        path,
        method: 'POST',
        body: body(),
        headers: { 'content-type': 'application/json', ...own },
      });
      const text = await answer.body.text();
      times.push(performance.now() - begun);
      if (answer.statusCode !== 200 || !text.includes('"summary"')) failures += 1;
      if (everyMs !== undefined) await setTimeout(Math.max(0, begun + everyMs - performance.now()));
    }
  }
  await Promise.all(Array.from({ length: concurrency }, caller));
  const elapsed = (performance.now() - started) / 1000;
  await pool.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    perSecond: times.length / elapsed,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    longest: times.at(-1) ?? 0,
    calls: times.length,
    failures,
  };
}
