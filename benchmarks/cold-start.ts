/** `npm run bench:start`: from the command to the first card, with what Node alone takes beside it. */
import { spawnSync } from 'node:child_process';
import { bodies, sizes } from './http/bodies.js';
import { hookPath } from './http/call.js';
import { measure } from './http/load.js';
import { startService } from './http/process.js';
import { median, report, rounded } from './results.js';

const ROUNDS = 7;
const body = bodies(sizes['8 kB']);

const node: number[] = [];
const listening: number[] = [];
const firstCard: number[] = [];
const memory: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const begun = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  node.push(performance.now() - begun);
  const service = await startService();
  const { p50 } = await measure({
    port: service.port,
    path: hookPath,
    concurrency: 1,
    seconds: 0,
    atLeast: 1,
    body,
    headers: () => ({}),
  });
  listening.push(service.startMs);
  firstCard.push(service.startMs + p50);
  memory.push(service.used().rss);
  await service.stop();
}

report('cold-start', [
  { what: 'node -e 0', 'median ms': rounded(median(node), 0), 'RSS MB': '' },
  { what: 'service listens', 'median ms': rounded(median(listening), 0), 'RSS MB': '' },
  {
    what: 'first card',
    'median ms': rounded(median(firstCard), 0),
    'RSS MB': rounded(median(memory) / 1e6, 0),
  },
]);
