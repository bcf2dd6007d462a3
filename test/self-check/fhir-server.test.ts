import { describe, expect, test } from '@jest/globals';
import { checkFhirServer } from '../../src/self-check/fhir-server.js';
import type { OutboundAnswer } from '../../src/outbound/fetch-text.js';
import { fakeService } from '../support/fake-service.js';

const server = { url: 'https://fhir.example/r4/', network: 'public' } as const;
const can = (...codes: string[]) => codes.map((code) => ({ code }));
const capable = {
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  rest: [
    {
      resource: [
        { type: 'Patient', interaction: can('read') },
        { type: 'Condition', interaction: can('search-type'), searchParam: [{ name: 'patient' }] },
      ],
    },
  ],
};

const checked = (fetched: OutboundAnswer) =>
  checkFhirServer('clients[0].fhirServers[0]', server, [fakeService('patient-view')], (_server, url) =>
    url === 'https://fhir.example/r4/metadata' ? Promise.resolve(fetched) : Promise.reject(new Error(url)),
  );
const served = (value: unknown, status = 200): OutboundAnswer => ({
  ok: true,
  status,
  text: JSON.stringify(value),
});

test('a server that can all that the services ask for is in order', async () => {
  expect(await checked(served(capable))).toEqual([
    {
      verdict: 'ok',
      subject: 'clients[0].fhirServers[0]',
      text: 'https://fhir.example/r4/ speaks FHIR 4.0.1',
    },
  ]);
});

test('what a server does not offer is a warning each: cards will name it', async () => {
  const rest = [
    { resource: [{ type: 'Condition', interaction: can('search-type'), searchParam: [{ name: 'code' }] }] },
  ];
  const [first, ...others] = await checked(served({ ...capable, rest }));
  expect(first?.verdict).toBe('ok');
  expect(others.map(({ verdict, text }) => [verdict, text.split(':')[1]])).toEqual([
    ['warning', expect.stringContaining('read Patient')],
    ['warning', expect.stringContaining('search Condition by patient')],
  ]);
});

describe('anything else is told in plain words:', () => {
  const rows: readonly [string, OutboundAnswer, string, string][] = [
    ['nobody answers', { ok: false, reason: 'unknown-name' }, 'problem', 'not known to the DNS'],
    ['a server that wants a token', served({}, 401), 'warning', 'wants a token'],
    ['not the base', served({}, 404), 'problem', 'is this the base URL'],
    ['another JSON', served({ resourceType: 'Bundle' }), 'problem', 'no CapabilityStatement'],
    ['another version of FHIR', served({ ...capable, fhirVersion: '3.0.2' }), 'problem', 'FHIR 3.0.2'],
  ];
  test.each(rows)('%s', async (_case, fetched, verdict, words) => {
    expect(await checked(fetched)).toEqual([
      expect.objectContaining({ verdict, text: expect.stringContaining(words) }),
    ]);
  });
});
