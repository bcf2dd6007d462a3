/**
 * `npm run bench:processes`: two processes beside one, on one PostgreSQL. The callers and the database run on the same
 * machine: once the processes take what they get of it, once each is held to a share of a core, so that callers and
 * database have theirs as they have on machines of their own.
 */
import { startPostgres } from '../test/support/postgres.js';
import { bodies, type SizeName, sizes } from './http/bodies.js';
import { hookPath } from './http/call.js';
import { limitCores } from './http/limited.js';
import { measure } from './http/load.js';
import { startService, type Subject } from './http/process.js';
import { report, type ResultRow, rounded } from './results.js';

const SECONDS = Number(process.env.SECONDS ?? 5);
const ROUNDS = 2;
const CALLERS = 16;
/** Of a core, for each process. */
const SHARE = Number(process.env.SHARE ?? 0.3);

const postgres = await startPostgres();
const rows: ResultRow[] = [];
try {
  rows.push(...(await compared(undefined)));
  rows.push(...(await compared(SHARE)));
} finally {
  await postgres.stop();
}
report('processes', rows);

/** @param share of a core for each process; undefined leaves them what they get */
async function compared(share: number | undefined): Promise<readonly ResultRow[]> {
  const one = await startService({ databaseUrl: await postgres.database() });
  const two = await startService({ databaseUrl: await postgres.database(), environment: { WORKERS: '2' } });
  const subjects = [
    [1, one],
    [2, two],
  ] as const;
  const limits =
    share === undefined ? [] : subjects.map(([count, subject]) => limited(subject, count, share));
  if (limits.includes(undefined)) console.log('processes can’t be held to a share of a core here');
  const found: ResultRow[] = [];
  for (const size of ['8 kB', '180 kB'] as const satisfies readonly SizeName[]) {
    const best = await inRounds(subjects, size);
    const alone = best.get(1)?.perSecond ?? Number.NaN;
    for (const [processes, { perSecond, p95, cpuMs }] of best)
      found.push({
        body: size,
        'cores each': share ?? 'what is free',
        processes,
        'calls/s': rounded(perSecond, 0),
        'times one': rounded(perSecond / alone, 2),
        'p95 ms': rounded(p95, 1),
        'CPU ms a call': rounded(cpuMs, 2),
      });
  }
  await Promise.all([one.stop(), two.stop()]);
  for (const end of limits) end?.();
  return found;
}

function limited({ pids }: Subject, count: number, share: number): (() => void) | undefined {
  return limitCores(pids(), count * share, `bench-processes-${process.pid}-${count}`);
}

interface Best {
  readonly perSecond: number;
  readonly p95: number;
  readonly cpuMs: number;
}

async function inRounds(
  subjects: readonly (readonly [number, Subject])[],
  size: SizeName,
): Promise<ReadonlyMap<number, Best>> {
  const load = { path: hookPath, headers: () => ({}), concurrency: CALLERS, body: bodies(sizes[size]) };
  const best = new Map<number, Best>();
  for (const [, { port }] of subjects) await measure({ ...load, port, seconds: 4 });
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
  return best;
}
