/**
 * `npm run bench:processes`: two processes beside one, on one PostgreSQL. The callers run on the same cores as the
 * processes and take their share; the CPU that a call costs tells what is left of that.
 */
import { startPostgres } from '../test/support/postgres.js';
import { bodies, type SizeName, sizes } from './http/bodies.js';
import { hookPath } from './http/call.js';
import { measure } from './http/load.js';
import { startService } from './http/process.js';
import { report, type ResultRow, rounded } from './results.js';

const SECONDS = Number(process.env.SECONDS ?? 5);
const ROUNDS = 2;
const CALLERS = 16;

const postgres = await startPostgres();
const rows: ResultRow[] = [];
try {
  const one = await startService({ databaseUrl: await postgres.database() });
  const two = await startService({ databaseUrl: await postgres.database(), environment: { WORKERS: '2' } });
  const subjects = [
    [1, one],
    [2, two],
  ] as const;
  for (const size of ['8 kB', '180 kB'] as const satisfies readonly SizeName[]) {
    const load = { path: hookPath, headers: () => ({}), concurrency: CALLERS, body: bodies(sizes[size]) };
    const best = new Map<number, { perSecond: number; p95: number; cpuMs: number }>();
    for (const [, { port }] of subjects) await measure({ ...load, port, seconds: 2 });
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [processes, subject] of subjects) {
        const before = subject.used().cpuMs;
        const { perSecond, p95, calls, failures } = await measure({
          ...load,
          port: subject.port,
          seconds: SECONDS,
        });
        if (failures > 0) throw new Error(`${failures} calls failed`);
        const cpuMs = (subject.used().cpuMs - before) / calls;
        if (perSecond > (best.get(processes)?.perSecond ?? 0)) best.set(processes, { perSecond, p95, cpuMs });
      }
    }
    const alone = best.get(1)?.perSecond ?? Number.NaN;
    for (const [processes, { perSecond, p95, cpuMs }] of best)
      rows.push({
        body: size,
        processes,
        'calls/s': rounded(perSecond, 0),
        'times one': rounded(perSecond / alone, 2),
        'p95 ms': rounded(p95, 1),
        'CPU ms a call': rounded(cpuMs, 2),
      });
  }
  await Promise.all([one.stop(), two.stop()]);
} finally {
  await postgres.stop();
}
report('processes', rows);
