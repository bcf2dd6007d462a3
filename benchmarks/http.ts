/**
 * `npm run bench:http`: the service beside bare servers, in one run, in turns, on bodies of three sizes. Ratios to a bare
 * express 5 of the same run are what counts; absolute figures are the machine's. `SECONDS` sets the time of each turn.
 */
import { bodies, type SizeName, sizes } from './http/bodies.js';
import { hookPath, publicUrl } from './http/call.js';
import { type Measured, measure } from './http/load.js';
import { startBare, startService, type Subject } from './http/process.js';
import type { BareKind } from './http/subject.js';
import { jwks, signedClient, tokens } from './http/tokens.js';
import { report, rounded } from './results.js';

const seconds = Number(process.env.SECONDS ?? 3);
const rounds = Number(process.env.ROUNDS ?? 2);

const bareKinds = [
  'bare node:http',
  'bare express 5',
  'express 5, body by hand',
  'bare express 4',
  'express 5 + JWT',
] as const satisfies readonly BareKind[];
type Kind = BareKind | 'service' | 'service + JWT';
const kinds: readonly Kind[] = [...bareKinds.slice(0, 4), 'service', 'express 5 + JWT', 'service + JWT'];

/** Seconds until the engine has compiled what a call runs through: the rate still grows for ten. */
const WARM_UP = 12;

/** Fifty callers with bodies of 3.5 MB measure the queue of the socket, and take minutes. */
const concurrenciesFor = (size: SizeName) => (size === '3.5 MB' ? [1, 4] : [1, 10, 50]);

interface Turn extends Measured {
  readonly size: SizeName;
  readonly concurrency: number;
  readonly kind: Kind;
  readonly rss: number;
  readonly cpuMsPerCall: number;
}

const subjects = new Map<Kind, Subject>();
for (const kind of bareKinds) subjects.set(kind, await startBare(kind, jwks, publicUrl));
subjects.set('service', await startService({ environment: { PUBLIC_URL: publicUrl, AUTH: 'off' } }));
subjects.set(
  'service + JWT',
  await startService({ configuration: signedClient, environment: { PUBLIC_URL: publicUrl } }),
);

const turns: Turn[] = [];
try {
  for (const [size, bytes] of Object.entries(sizes) as [SizeName, number][]) {
    const body = bodies(bytes);
    for (const kind of kinds) await turn(kind, body, size, 10, kind.startsWith('service') ? WARM_UP : 1.5);
    for (const concurrency of concurrenciesFor(size)) {
      for (let round = 0; round < rounds; round += 1)
        for (const kind of kinds) turns.push(await turn(kind, body, size, concurrency, seconds));
    }
  }
} finally {
  await Promise.all([...subjects.values()].map((subject) => subject.stop()));
}

async function turn(
  kind: Kind,
  body: () => Buffer,
  size: SizeName,
  concurrency: number,
  duration: number,
): Promise<Turn> {
  const subject = subjects.get(kind);
  if (subject === undefined) throw new Error(`${kind} was not started`);
  const isSigned = kind.includes('JWT');
  const most = size === '8 kB' ? 900 : size === '180 kB' ? 400 : 40;
  const own = isSigned ? await tokens(Math.ceil(most * duration)) : [];
  const before = subject.used();
  const measured = await measure({
    port: subject.port,
    path: hookPath,
    concurrency,
    seconds: duration,
    body,
    headers: () => {
      if (!isSigned) return {};
      const token = own.pop();
      return token === undefined ? undefined : { authorization: `Bearer ${token}` };
    },
  });
  const after = subject.used();
  if (measured.failures > 0) throw new Error(`${kind}: ${measured.failures} calls failed`);
  const cpuMsPerCall = (after.cpuMs - before.cpuMs) / measured.calls;
  return { ...measured, size, concurrency, kind, rss: after.rss, cpuMsPerCall };
}

/** The better of the rounds: what disturbs a turn makes it slower, never faster. */
function best(size: SizeName, concurrency: number, kind: Kind): Turn {
  const [first] = turns
    .filter((one) => one.size === size && one.concurrency === concurrency && one.kind === kind)
    .sort((a, b) => b.perSecond - a.perSecond);
  if (first === undefined) throw new Error(`${kind} had no turn`);
  return first;
}

report(
  'http',
  (Object.keys(sizes) as SizeName[]).flatMap((size) =>
    concurrenciesFor(size).flatMap((callers) =>
      kinds.map((kind) => {
        const row = best(size, callers, kind);
        const base = best(size, callers, kind === 'service + JWT' ? 'express 5 + JWT' : 'bare express 5');
        return {
          body: size,
          callers,
          server: kind,
          'calls/s': rounded(row.perSecond, 0),
          ratio: rounded(row.perSecond / base.perSecond, 2),
          'p50 ms': rounded(row.p50, 1),
          'p95 ms': rounded(row.p95, 1),
          'p99 ms': rounded(row.p99, 1),
          'CPU ms a call': rounded(row.cpuMsPerCall, 2),
          'RSS MB': rounded(row.rss / 1e6, 0),
        };
      }),
    ),
  ),
);
