import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const main = new URL('../src/main.ts', import.meta.url).href;

/** Runs `serve()` in a process of its own, as the command does. */
function serve(env: Record<string, string>): ChildProcess {
  const { PATH } = process.env;
  child = spawn(
    process.execPath,
    ['--import', 'tsx', '-e', `import(${JSON.stringify(main)}).then((m) => m.serve())`],
    {
      env: { PATH, PORT: '0', DATABASE_URL: `file:${join(folder, 'x.db')}`, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  return child;
}

async function ending(process: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  process.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(process, 'close')) as [number | null];
  return { code, stderr };
}

test('the service says where it listens, answers there, and ends in order when told to', async () => {
  const service = serve({});
  const ended = ending(service);
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    service.stderr?.on('data', (chunk: string) => {
      text += chunk;
      const listening = /listening on (http:\/\/\S+)/.exec(text)?.[1];
      if (listening !== undefined) resolve(listening);
    });
    service.once('exit', () => reject(new Error(text)));
  });
  const discovery = (await (await fetch(`${url}/cds-services`)).json()) as { services: { hook: string }[] };
  expect(discovery.services.map(({ hook }) => hook)).toEqual(['patient-view', 'order-select', 'order-sign']);
  service.kill('SIGTERM');
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([0, expect.stringContaining('warning: AUTH is off')]);
}, 30_000);

describe('the start is refused with exit code 78 and one line that names', () => {
  const rows: readonly [string, Record<string, string>][] = [
    ['PORT', { PORT: 'http' }],
    ['AUTH', { NODE_ENV: 'production' }],
    ['HOST', { HOST: '192.0.2.1' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://db/x' }],
    ['DATABASE_URL', { DATABASE_URL: 'file:/dev/null/x.db' }],
    ['CONFIG_FILE', { CONFIG_FILE: 'broken.json' }],
  ];
  test.each(rows)(
    '%s',
    async (name, env) => {
      const { CONFIG_FILE } = env;
      const configFile = CONFIG_FILE === undefined ? {} : { CONFIG_FILE: join(folder, CONFIG_FILE) };
      writeFileSync(join(folder, 'broken.json'), '{"budgetMS": 5}');
      const { code, stderr } = await ending(serve({ ...env, ...configFile }));
      expect([code, stderr]).toEqual([
        78,
        expect.stringMatching(new RegExp(`^vertebral-cds ${name}[^\n]*\n$`)),
      ]);
    },
    30_000,
  );
});
