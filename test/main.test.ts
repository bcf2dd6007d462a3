import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startTerminologyServer } from './support/terminology-server.js';
import { startService, type ServiceProcess } from './support/service-process.js';

let folder: string;
let service: ServiceProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-'));
});
afterEach(() => {
  service?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function serve(env: Record<string, string>): ServiceProcess {
  service = startService({ DATABASE_URL: `file:${join(folder, 'x.db')}`, ...env });
  return service;
}

test('the service says where it listens, answers there, and ends in order when told to', async () => {
  const started = serve({});
  const url = await started.url;
  const discovery = (await (await fetch(`${url}/cds-services`)).json()) as { services: { hook: string }[] };
  expect(discovery.services.map(({ hook }) => hook)).toEqual(['patient-view', 'order-select', 'order-sign']);
  started.kill('SIGTERM');
  const { code, stderr } = await started.ended;
  expect([code, stderr]).toEqual([0, expect.stringContaining('warning: AUTH is off')]);
}, 30_000);

test('SIGHUP switches a rule off and on again; a file with a mistake changes nothing', async () => {
  const request = readFileSync(
    new URL('../fixtures/hooks/patient-view-kyphoplasty/request.json', import.meta.url),
    'utf8',
  );
  const file = join(folder, 'site.json');
  writeFileSync(file, '{"rollout": {"off": [{"rule": "T6"}]}}');
  const started = serve({ CONFIG_FILE: file });
  const url = `${await started.url}/cds-services/vertebral-fracture-patient-view`;
  const cards = async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: request });
    return ((await answer.json()) as { readonly cards: readonly unknown[] }).cards.length;
  };
  expect(await cards()).toBe(0);
  writeFileSync(file, '{"rollout": {"off": [{}]}}');
  started.kill('SIGHUP');
  await started.said('nothing was changed');
  expect(await cards()).toBe(0);
  writeFileSync(file, '{}');
  started.kill('SIGHUP');
  await started.said('rollout read again: 0 in shadow, 0 off');
  expect(await cards()).toBe(1);
}, 30_000);

test('value sets are extended by the terminology server, and by what is kept of it when it is down', async () => {
  const url = 'http://hospital.example/ValueSet/clotting';
  const code = { system: 'http://hospital.example/diagnoses', code: 'clotting' };
  const terminology = await startTerminologyServer({ [url]: [code] });
  const file = join(folder, 'site.json');
  const configuration = {
    terminology: {
      server: { url: terminology.baseUrl, internal: true, allowHttp: true },
      cacheFile: join(folder, 'terminology.json'),
      freshHours: 0,
    },
    valueSetExtensions: [{ valueSet: 'coagulopathy', from: url }],
  };
  writeFileSync(file, JSON.stringify(configuration));
  const first = serve({ CONFIG_FILE: file });
  await first.said('value set coagulopathy is extended by 1 code of the terminology server');
  first.kill('SIGTERM');
  await first.ended;
  await terminology.close();
  const second = serve({ CONFIG_FILE: file });
  await second.said('value set coagulopathy is extended by 1 code kept since');
  await second.said('the terminology server gave nothing (nobody answers there');
  const plan = await fetch(`${await second.url}/fhir/PlanDefinition/vertebral-fracture`);
  expect([plan.status, plan.headers.get('content-type')]).toEqual([
    200,
    'application/fhir+json; charset=utf-8',
  ]);
}, 60_000);

describe('the start is refused with exit code 78 and one line that names', () => {
  const rows: readonly [string, Record<string, string>][] = [
    ['PORT', { PORT: 'http' }],
    ['AUTH', { NODE_ENV: 'production' }],
    ['AUDIT_KEY', { AUDIT_KEY: 'short' }],
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
      const { code, stderr } = await serve({ ...env, ...configFile }).ended;
      expect([code, stderr]).toEqual([
        78,
        expect.stringMatching(new RegExp(`^vertebral-cds ${name}[^\n]*\n$`)),
      ]);
    },
    30_000,
  );
});
