/** `npm run bench:profile [-- "8 kB"]`: where the time of a hook call goes, by function, under load of ten callers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodies, type SizeName, sizes } from './http/bodies.js';
import { measure } from './http/load.js';
import { hookPath } from './http/call.js';
import { startService } from './http/process.js';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const size = (process.argv[2] ?? '8 kB') as SizeName;
const folder = mkdtempSync(join(tmpdir(), 'profile-'));
const subject = await startService({ profileTo: folder });
const load = {
  port: subject.port,
  path: hookPath,
  concurrency: 10,
  body: bodies(sizes[size]),
  headers: () => ({}),
};
await measure({ ...load, seconds: 2 });
const { calls, perSecond } = await measure({ ...load, seconds: 8 });
await subject.stop();

const [file] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
const profile = JSON.parse(readFileSync(join(folder, file ?? ''), 'utf8')) as Profile;
rmSync(folder, { recursive: true });
const own = new Map<number, number>();
profile.samples.forEach((id, index) => own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0)));
const byPlace = new Map<string, number>();
let total = 0;
for (const { id, callFrame } of profile.nodes) {
  const time = own.get(id) ?? 0;
  if (callFrame.functionName === '(idle)') continue;
  total += time;
  const place = callFrame.url.replace(/^.*?(node_modules|src|cds-services|node:)/, '$1');
  const name = `${callFrame.functionName || '(anonymous)'} ${place}:${callFrame.lineNumber + 1}`;
  byPlace.set(name, (byPlace.get(name) ?? 0) + time);
}
const byRoom = new Map<string, number>();
for (const [name, time] of byPlace) {
  const [, place = ''] = name.split(' ');
  const room =
    /^(node_modules\/(?:@[^/]+\/)?[^/]+|src\/[^/]+|cds-services\/[^/]+\/[^/:]+(?:\/report-text)?|node)/.exec(
      place,
    )?.[1];
  byRoom.set(room ?? name, (byRoom.get(room ?? name) ?? 0) + time);
}
console.log(`${size}: ${calls} calls, ${perSecond.toFixed(0)}/s; by room`);
for (const [room, time] of [...byRoom].sort((a, b) => b[1] - a[1]).slice(0, 20)) {
  console.log(`${((100 * time) / total).toFixed(1).padStart(5)} %  ${room}`);
}
console.log(`\n${size}: ${calls} calls, ${perSecond.toFixed(0)}/s; own time by function`);
for (const [name, time] of [...byPlace].sort((a, b) => b[1] - a[1]).slice(0, 45)) {
  console.log(`${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`);
}
