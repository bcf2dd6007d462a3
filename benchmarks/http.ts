/**
 * `npm run bench:http`: the service beside bare servers, in one run, in turns, on bodies of three sizes. Ratios to a bare
 * express 5 of the same run are what counts; absolute figures are the machine's. `SECONDS` sets the time of each turn.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { exportJWK, SignJWT } from 'jose';
import { bodies, type SizeName, sizes } from './http/bodies.js';
import { measure, type Measured } from './http/load.js';
import { startSubject, type Subject } from './http/process.js';
import type { SubjectKind } from './http/subject.js';

const seconds = Number(process.env.SECONDS ?? 3);
const rounds = Number(process.env.ROUNDS ?? 2);
const publicUrl = 'https://cds.example.org';
const path = '/cds-services/vertebral-fracture-order-select';
const kinds: readonly SubjectKind[] = [
  'bare node:http',
  'bare express 5',
  'service',
  'express 5 + JWT',
  'service + JWT',
];
/** Fifty callers with bodies of 3.5 MB measure the queue of the socket, and take minutes. */
const concurrenciesFor = (size: SizeName) => (size === '3.5 MB' ? [1, 4] : [1, 10, 50]);

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES384' }] });

/** Signed before the clock starts: the caller's signatures are not what is measured. */
async function tokens(count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, () =>
      new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: 'bench' })
        .setIssuer('https://bench.example.org')
        .setAudience(`${publicUrl}${path}`)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    ),
  );
}

interface Row extends Measured {
  readonly size: SizeName;
  readonly concurrency: number;
  readonly kind: SubjectKind;
  readonly rss: number;
  /** Milliseconds of CPU a call. */
  readonly cpuPerCall: number;
}

const subjects: readonly Subject[] = await Promise.all(
  kinds.map((kind) => startSubject(kind, jwks, publicUrl)),
);
const rows: Row[] = [];
try {
  for (const [size, bytes] of Object.entries(sizes) as [SizeName, number][]) {
    const text = bodies(bytes);
    for (const subject of subjects) await turn(subject, text, size, 10, 1.5);
    for (const concurrency of concurrenciesFor(size)) {
      for (let round = 0; round < rounds; round += 1) {
        for (const subject of subjects) rows.push(await turn(subject, text, size, concurrency, seconds));
      }
    }
  }
} finally {
  await Promise.all(subjects.map((subject) => subject.stop()));
}

async function turn(
  subject: Subject,
  text: () => string,
  size: SizeName,
  concurrency: number,
  duration: number,
): Promise<Row> {
  const isSigned = subject.kind.includes('JWT');
  const most = size === '8 kB' ? 900 : size === '180 kB' ? 400 : 40;
  const own = isSigned ? await tokens(Math.ceil(most * duration)) : [];
  const before = await subject.used();
  const measured = await measure({
    port: subject.port,
    path,
    concurrency,
    seconds: duration,
    body: text,
    headers: () => {
      if (!isSigned) return {};
      const token = own.pop();
      return token === undefined ? undefined : { authorization: `Bearer ${token}` };
    },
  });
  const after = await subject.used();
  if (measured.failures > 0) throw new Error(`${subject.kind}: ${measured.failures} calls failed`);
  return {
    ...measured,
    size,
    concurrency,
    kind: subject.kind,
    rss: after.rss,
    cpuPerCall: (after.cpu - before.cpu) / 1000 / measured.calls,
  };
}

/** The better of the rounds: what disturbs a turn makes it slower, never faster. */
function best(size: SizeName, concurrency: number, kind: SubjectKind): Row | undefined {
  return rows
    .filter((row) => row.size === size && row.concurrency === concurrency && row.kind === kind)
    .sort((a, b) => b.perSecond - a.perSecond)[0];
}

const [cpu] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} x ${cpu?.model ?? 'unknown'}, ${seconds} s a turn, best of ${rounds}\n`,
);
console.log(
  '| body | callers | server | calls/s | ratio | p50 ms | p95 ms | p99 ms | CPU ms a call | RSS MB |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const size of Object.keys(sizes) as SizeName[]) {
  for (const concurrency of concurrenciesFor(size)) {
    for (const kind of kinds) {
      const row = best(size, concurrency, kind);
      const base = best(size, concurrency, kind === 'service + JWT' ? 'express 5 + JWT' : 'bare express 5');
      if (row === undefined || base === undefined) continue;
      const cells = [
        size,
        concurrency,
        kind,
        row.perSecond.toFixed(0),
        (row.perSecond / base.perSecond).toFixed(2),
        row.p50.toFixed(1),
        row.p95.toFixed(1),
        row.p99.toFixed(1),
        row.cpuPerCall.toFixed(2),
        (row.rss / 1e6).toFixed(0),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
}
if (process.env.JSON_FILE !== undefined) writeFileSync(process.env.JSON_FILE, JSON.stringify(rows, null, 2));
