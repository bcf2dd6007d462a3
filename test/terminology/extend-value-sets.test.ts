import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { terminologySchema } from '../../src/config/terminology-configuration.js';
import {
  eventsOf,
  extendedAtStart,
  extensionsInCache,
  terminologyProblem,
} from '../../src/terminology/at-start.js';
import { startTerminologyServer, type TerminologyTestServer } from '../support/terminology-server.js';

const system = 'http://example.org/drugs';
const url = 'http://example.org/ValueSet/opioids';
const code = { system, code: 'tablet' };
const wanted = [{ valueSet: 'opioid', url }];
const today = new Date('2026-11-23T10:00:00Z');
const hoursLater = (hours: number) => new Date(today.getTime() + hours * 3_600_000);

let folder: string;
let server: TerminologyTestServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'terminology-'));
  server = await startTerminologyServer({ [url]: [code] });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const cacheFile = () => join(folder, 'deeper', 'cache.json');
const configured = (more: object = {}) =>
  terminologySchema.parse({
    server: { url: server.baseUrl, internal: true, allowHttp: true },
    timeoutMs: 500,
    cacheFile: cacheFile(),
    ...more,
  });
const start = (at = today, more: object = {}) => extendedAtStart(wanted, configured(more), at);

describe('a start', () => {
  test('takes the codes from the server and keeps them', async () => {
    const extended = await start();
    expect(extended.extensions).toEqual(new Map([['opioid', [code]]]));
    expect(extended.reports).toEqual([
      { valueSet: 'opioid', url, from: 'server', codes: 1, fetchedAt: today },
    ]);
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['cache.json']);
    expect(extensionsInCache(wanted, configured())).toEqual(extended.extensions);
  });

  test('does not ask again while what is kept is fresh, and asks once it is not', async () => {
    await start();
    expect((await start(hoursLater(23))).reports).toMatchObject([{ from: 'cache', fetchedAt: today }]);
    expect(server.requests).toHaveLength(1);
    expect((await start(hoursLater(25))).reports).toMatchObject([{ from: 'server' }]);
    expect((await start(hoursLater(24), { freshHours: 0 })).reports).toMatchObject([{ from: 'server' }]);
  });

  test('trusts no answer of tomorrow: a clock that was wrong does not keep it from asking', async () => {
    await start(hoursLater(100));
    expect((await start()).reports).toMatchObject([{ from: 'server' }]);
  });

  test('takes what is kept where the server is down, hangs or errs, and says why', async () => {
    await start();
    for (const [fault, reason] of [
      ['hang', 'timeout'],
      ['too-costly', 'refused'],
    ] as const) {
      server.break(fault);
      const extended = await start(hoursLater(2000));
      expect(extended.extensions).toEqual(new Map([['opioid', [code]]]));
      expect(extended.reports).toMatchObject([{ from: 'cache', codes: 1, fetchedAt: today, reason }]);
    }
    await server.close();
    expect((await start(hoursLater(2000))).reports).toMatchObject([{ from: 'cache', reason: 'unreachable' }]);
  });

  test('goes on with the shipped sets where nothing is kept either', async () => {
    server.break('not-json');
    const extended = await start();
    expect(extended.extensions).toEqual(new Map([['opioid', []]]));
    expect(extended.reports).toEqual([
      { valueSet: 'opioid', url, from: 'shipped', codes: 0, reason: 'not-an-expansion' },
    ]);
  });

  test.each(['', 'no JSON', '{"entries": [{"server": 1}]}', '[]'])(
    'takes a cache file that cannot be understood (%j) for an empty one, and mends it',
    async (text) => {
      await start();
      writeFileSync(cacheFile(), text);
      expect((await start()).reports).toMatchObject([{ from: 'server' }]);
      expect(JSON.parse(readFileSync(cacheFile(), 'utf8'))).toMatchObject({
        entries: [{ valueSet: 'opioid' }],
      });
    },
  );

  test('goes on where the cache cannot be written, and says so', async () => {
    writeFileSync(join(folder, 'deeper'), 'a file where a folder should be');
    const extended = await start();
    expect([extended.isCacheSaved, extended.extensions.size]).toEqual([false, 1]);
    expect(eventsOf(extended)).toContainEqual({ event: 'terminology-cache-not-written' });
  });

  test('keeps nothing that is no longer wanted, and nothing of another server', async () => {
    await start();
    const other = { valueSet: 'nsaid', url };
    await extendedAtStart([other], configured(), today);
    expect(extensionsInCache(wanted, configured())).toEqual(new Map([['opioid', []]]));
    const elsewhere = configured({ server: { url: 'https://other.example/fhir' } });
    expect(extensionsInCache([other], elsewhere)).toEqual(new Map([['nsaid', []]]));
  });

  test('joins what several extensions of one set give', async () => {
    const more = 'http://example.org/ValueSet/more';
    server.hold(more, [{ system, code: 'patch' }]);
    const both = [...wanted, { valueSet: 'opioid', url: more }];
    const { extensions } = await extendedAtStart(both, configured(), today);
    expect(extensions.get('opioid')).toEqual([code, { system, code: 'patch' }]);
  });

  test('asks nobody where nothing is wanted', async () => {
    expect((await extendedAtStart([], configured(), today)).reports).toEqual([]);
    expect(server.requests).toEqual([]);
  });
});

test('the log tells a set that is extended from one that had to do without the server', async () => {
  const [fresh] = eventsOf(await start());
  server.break('too-costly');
  const [old] = eventsOf(await start(hoursLater(48)));
  rmSync(cacheFile());
  const [none] = eventsOf(await start());
  expect([fresh, old, none]).toEqual([
    { event: 'value-set-extended', valueSet: 'opioid', codes: 1, from: 'server' },
    { event: 'value-set-from-old-cache', valueSet: 'opioid', codes: 1, from: 'cache', reason: 'refused' },
    { event: 'value-set-not-extended', valueSet: 'opioid', codes: 0, from: 'shipped', reason: 'refused' },
  ]);
});

test('extensions without a server are a mistake of the configuration', () => {
  expect(terminologyProblem(wanted, undefined)).toContain('valueSetExtensions needs a terminology server');
  expect(terminologyProblem(wanted, configured())).toBeUndefined();
  expect(terminologyProblem([], undefined)).toBeUndefined();
});
