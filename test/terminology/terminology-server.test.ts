import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createOutbound } from '../../src/outbound/outbound.js';
import { createTerminologyServer, type Code } from '../../src/terminology/terminology-server.js';
import {
  startTerminologyServer,
  type TerminologyFault,
  type TerminologyTestServer,
} from '../support/terminology-server.js';

const system = 'http://example.org/codes';
const url = 'http://example.org/ValueSet/many';
const many = Array.from({ length: 25 }, (_, index) => ({ system, code: `c${index}` }));

const outbound = createOutbound();
let server: TerminologyTestServer;
beforeAll(async () => {
  server = await startTerminologyServer({ [url]: many }, { pageSize: 10, known: [`${system}|old`] });
});
afterEach(() => server.break(undefined));
afterAll(async () => {
  await server.close();
  await outbound.close();
});

const client = (baseUrl = server.baseUrl) =>
  createTerminologyServer({ url: baseUrl, network: 'internal' }, outbound);
const soon = () => AbortSignal.timeout(5000);
const expand = (from = url, signal = soon()) => client().expand(from, signal);

describe('an expansion', () => {
  test('is read over all pages, however small the server makes them', async () => {
    expect(await expand()).toEqual({ ok: true, codes: many });
    expect(server.requests).toHaveLength(3);
  });

  test('counts codes below headings, inactive ones too, but neither headings nor codes without a system', async () => {
    const below = { system, code: 'below' };
    const former = { system, code: 'former', inactive: true };
    const tree = await startTerminologyServer(
      {
        [url]: [
          { system, code: 'heading', abstract: true, contains: [below, former] },
          { display: 'a group', contains: [{ code: 'no-system' }, below] },
        ],
      },
      { pageSize: 'none' },
    );
    const codes: readonly Code[] = [below, { system, code: 'former' }];
    expect(await client(tree.baseUrl).expand(url, soon())).toEqual({ ok: true, codes });
    await tree.close();
  });

  test('of nothing is an expansion all the same', async () => {
    server.hold('http://example.org/ValueSet/empty', []);
    expect(await expand('http://example.org/ValueSet/empty')).toEqual({ ok: true, codes: [] });
  });

  const faults: readonly (readonly [TerminologyFault, string])[] = [
    ['too-costly', 'refused'],
    ['redirect', 'refused'],
    ['not-json', 'not-an-expansion'],
    ['another-resource', 'not-an-expansion'],
    ['short', 'incomplete'],
    ['same-page', 'incomplete'],
    ['enormous', 'too-many-codes'],
  ];
  test.each(faults)('of a server that is faulty (%s) is none: %s', async (fault, reason) => {
    server.break(fault);
    expect(await expand()).toEqual({ ok: false, reason });
  });

  test('that the server does not know is refused, one that takes too long is given up', async () => {
    expect(await expand('http://example.org/ValueSet/other')).toEqual({ ok: false, reason: 'refused' });
    server.break('hang');
    expect(await expand(url, AbortSignal.timeout(50))).toEqual({ ok: false, reason: 'timeout' });
  });

  test('of a server that is down, or that stands where it may not, is none', async () => {
    expect(await client('http://127.0.0.1:1/fhir').expand(url, soon())).toEqual({
      ok: false,
      reason: 'unreachable',
    });
    const asPublic = createTerminologyServer({ url: server.baseUrl, network: 'public' }, outbound);
    expect(await asPublic.expand(url, soon())).toEqual({ ok: false, reason: 'address' });
  });
});

describe('a code', () => {
  test('is known, unknown, or nothing is known of it', async () => {
    const check = (code: string) => client().validateCode({ system, code }, soon());
    expect([await check('c3'), await check('old'), await check('nothing')]).toEqual([
      'known',
      'known',
      'unknown',
    ]);
    for (const fault of ['too-costly', 'not-json', 'another-resource'] as const) {
      server.break(fault);
      expect(await check('c3')).toBe('no-answer');
    }
  });
});
