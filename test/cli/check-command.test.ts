import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'libsql';
import { checkCommand } from '../../src/cli/check-command.js';
import { everyListedCode } from '../../cds-services/vertebral-fracture/findings/value-sets.js';
import { startTerminologyServer } from '../support/terminology-server.js';
import { ellipticKey } from '../support/client-tokens.js';
import { openDatabase } from '../../src/database/open-database.js';

const key = ellipticKey('e1').jwk;
const capabilities = { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' };

let folder: string;
let ehr: string;
let close: () => void;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  const answers: Readonly<Record<string, object>> = {
    '/jwks.json': { keys: [key] },
    '/fhir/metadata': capabilities,
  };
  const server = createServer(({ url = '' }, response) => {
    const answer = answers[url];
    if (answer === undefined) response.writeHead(404).end();
    else response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ehr = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true });
});

const own = (url: string) => ({ url, internal: true, allowHttp: true });
const north = () => ({
  id: 'north',
  issuer: 'https://ehr.example',
  jwks: own(`${ehr}/jwks.json`),
  fhirServers: [own(`${ehr}/fhir`)],
});

function check(configuration: object | undefined, env: Record<string, string> = {}) {
  const file = join(folder, 'site.json');
  if (configuration !== undefined) writeFileSync(file, JSON.stringify(configuration));
  return checkCommand({
    DATABASE_URL: `file:${join(folder, 'x.db')}`,
    PUBLIC_URL: 'https://cds.example.org',
    ...(configuration === undefined ? {} : { CONFIG_FILE: file }),
    ...env,
  });
}

test('a complete installation passes, line by line', async () => {
  const { exitCode, stdout } = await check({ clients: [north()] });
  expect(exitCode).toBe(0);
  expect(stdout?.split('\n')).toEqual([
    expect.stringMatching(/^ok {7}CONFIG_FILE: .*clients: north$/),
    expect.stringMatching(/^ok {7}DATABASE_URL: .*the first start creates it$/),
    'ok       clients[0].jwks.url: north has 1 usable: ES384 e1',
    expect.stringMatching(/^ok {7}clients\[0\]\.fhirServers\[0\]: .* speaks FHIR 4\.0\.1$/),
    ...Array<unknown>(10).fill(expect.stringMatching(/^warning .* does not say that it can /)),
    '',
    'The service would work.',
  ]);
});

describe('the terminology server', () => {
  const url = 'http://hospital.example/ValueSet/opioids';
  const own = { system: 'http://hospital.example/drugs', code: 'tablet' };
  const shipped = everyListedCode('opioid').map(({ system, code }) => `${system}|${code}`);
  const extending = (base: string) => ({
    terminology: {
      server: { url: base, internal: true, allowHttp: true },
      cacheFile: join(folder, 'terminology.json'),
    },
    valueSetExtensions: [{ valueSet: 'opioid', from: url }],
  });
  const linesOf = (stdout: string | undefined) =>
    stdout?.split('\n').filter((line) => line.includes('valueSetExtensions'));

  test('is asked for the extensions and about every shipped code, and nothing is kept', async () => {
    const server = await startTerminologyServer({ [url]: [own] }, { known: shipped });
    const { exitCode, stdout } = await check(extending(server.baseUrl));
    await server.close();
    expect(exitCode).toBe(0);
    expect(linesOf(stdout)).toEqual([
      'ok       valueSetExtensions[0]: opioid is extended by 1 code of the terminology server',
      `ok       valueSetExtensions[0]: opioid: the server knows ${shipped.length} of ${shipped.length} shipped codes`,
    ]);
    expect(existsSync(join(folder, 'terminology.json'))).toBe(false);
  });

  test('that knows not all shipped codes, or is down, is a warning: the service would start', async () => {
    const [first = '', ...rest] = shipped;
    const server = await startTerminologyServer({ [url]: [own] }, { known: rest });
    expect(linesOf((await check(extending(server.baseUrl))).stdout)?.[1]).toBe(
      `warning  valueSetExtensions[0]: opioid: the server knows ${rest.length} of ${shipped.length} shipped codes; not ${first}`,
    );
    await server.close();
    const { exitCode, stdout } = await check(extending(server.baseUrl));
    expect([exitCode, linesOf(stdout)]).toEqual([
      0,
      [
        'warning  valueSetExtensions[0]: opioid stays as shipped: the terminology server gave nothing (nobody answers there, or the connection broke off)',
        `warning  valueSetExtensions[0]: opioid: the server knows 0 of ${shipped.length} shipped codes; no answer about ${shipped.length}`,
      ],
    ]);
  });

  test('that is not configured, while extensions are, is refused like at the start', async () => {
    const { valueSetExtensions } = extending('http://x');
    expect(await check({ valueSetExtensions })).toMatchObject({
      exitCode: 78,
      stderr: expect.stringContaining('valueSetExtensions'),
    });
  });
});

test('a trial passes with its warnings, and nothing comes into being', async () => {
  const { exitCode, stdout } = await check(undefined);
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/warning {2}AUTH: is off/)]);
  expect((await check(undefined)).stdout).toContain('does not exist yet');
});

describe('what would fail is named with its place, and the exit code is 1:', () => {
  test('keys and servers that do not answer', async () => {
    const nowhere = own('http://127.0.0.1:1/x');
    const { exitCode, stdout } = await check({
      clients: [{ ...north(), jwks: nowhere, fhirServers: [nowhere] }],
    });
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringMatching(/PROBLEM {2}clients\[0\]\.jwks\.url: .*nobody answers there/),
    ]);
    expect(stdout).toMatch(/PROBLEM {2}clients\[0\]\.fhirServers\[0\]: .*nobody answers there/);
    expect(stdout).toContain('2 would fail.');
  });

  test('a private address that is not registered as internal', async () => {
    const { stdout } = await check({
      clients: [{ ...north(), jwks: { url: `${ehr}/jwks.json`, allowHttp: true } }],
    });
    expect(stdout).toMatch(/PROBLEM {2}clients\[0\]\.jwks\.url: .*"internal": true/);
  });

  const databases: readonly [string, (path: string) => unknown, string][] = [
    [
      'a file that is no database',
      (path) => writeFileSync(path, 'x'.repeat(5000)),
      'cannot be read as an SQLite',
    ],
    [
      "somebody else's database",
      (path) => new Database(path).exec('create table theirs (id integer)'),
      'a database of something else',
    ],
    [
      'the database of a newer version',
      async (path) => {
        const opened = await openDatabase(`file:${path}`);
        if (opened.ok) await opened.database.close();
        new Database(path).exec("insert into kysely_migration values ('9999-later', '2026')");
      },
      'schema of a newer version (step 9999-later)',
    ],
  ];
  test.each(databases)('%s', async (_what, prepare, words) => {
    await prepare(join(folder, 'x.db'));
    const { exitCode, stdout } = await check(undefined);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(words)]);
  });

  test('a database in order is found so, and stays unchanged', async () => {
    const opened = await openDatabase(`file:${join(folder, 'x.db')}`);
    if (opened.ok) await opened.database.close();
    expect((await check(undefined)).stdout).toMatch(/ok {7}DATABASE_URL: .* is in order/);
  });
});

describe('what the service would not start with ends the check as it would end the start:', () => {
  test.each<[string, object | undefined, Record<string, string>, string]>([
    ['a variable', undefined, { PORT: 'http' }, 'PORT must be a port number'],
    ['the configuration', { clients: [{}] }, {}, 'clients[0].id must be a short name'],
    ['no clients', undefined, { AUTH: 'required' }, 'AUTH is "required"'],
  ])('%s', async (_what, configuration, env, words) => {
    expect(await check(configuration, env)).toEqual({
      exitCode: 78,
      stderr: expect.stringContaining(words),
    });
  });
});
