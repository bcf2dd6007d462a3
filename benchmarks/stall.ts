/**
 * `npm run bench:stall`: how long small calls wait while large bodies come in. One caller of small calls (20 a second)
 * alone, then beside one that sends a large body four times a second; the service and a bare express 5.
 */
import { bodies, type SizeName, sizes } from './http/bodies.js';
import { hookPath, publicUrl } from './http/call.js';
import { measure } from './http/load.js';
import { startBare, startService, type Subject } from './http/process.js';
import { report, type ResultRow, rounded } from './results.js';

const SECONDS = Number(process.env.SECONDS ?? 8);
const SMALL_EVERY_MS = 50;
const LARGE_EVERY_MS = 250;

const rows: ResultRow[] = [];
await besides('bare express 5', await startBare('bare express 5', '{}', publicUrl));
await besides('service', await startService());
await besides('service, 2 processes', await startService({ environment: { WORKERS: '2' } }));
report('stall', rows);

async function besides(server: string, subject: Subject): Promise<void> {
  const load = { port: subject.port, path: hookPath, headers: () => ({}), seconds: SECONDS };
  const callers = (size: SizeName, everyMs: number) =>
    measure({ ...load, concurrency: 1, everyMs, body: bodies(sizes[size]) });
  const small = () => callers('8 kB', SMALL_EVERY_MS);
  try {
    await Promise.all([small(), callers('3.5 MB', LARGE_EVERY_MS)]);
    const alone = await small();
    rows.push({ server, beside: 'nothing', ...waits(alone) });
    for (const size of ['180 kB', '3.5 MB'] as const) {
      const [beside] = await Promise.all([small(), callers(size, LARGE_EVERY_MS)]);
      rows.push({ server, beside: `${size}, 4 a second`, ...waits(beside) });
    }
  } finally {
    await subject.stop();
  }
}

function waits({ p50, p99, longest }: Awaited<ReturnType<typeof measure>>): ResultRow {
  return { 'p50 ms': rounded(p50, 1), 'p99 ms': rounded(p99, 1), 'longest ms': rounded(longest, 1) };
}
