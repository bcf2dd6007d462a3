import { describe, expect, test } from '@jest/globals';
import { decideAccess } from '../../src/config/access.js';
import { readEnvironment } from '../../src/config/environment.js';
import { serverConfigurationSchema } from '../../src/config/server-configuration.js';

const fhirServer = { url: 'https://fhir.example.org/r4' };
const client = {
  id: 'north',
  issuer: 'https://ehr.example.org',
  jwks: { url: 'https://ehr.example.org/jwks.json' },
  fhirServers: [fhirServer],
};
const registered = { ...fhirServer, network: 'public' };

function decide(env: Readonly<Record<string, string>>, configuration: object = {}) {
  const read = readEnvironment(env);
  if (!read.ok) throw new Error(read.problem);
  return decideAccess(read.environment, serverConfigurationSchema.parse(configuration));
}

describe('authentication is required', () => {
  const rows: readonly [string, Record<string, string>][] = [
    ['as soon as a client is registered', {}],
    ['when it is asked for', { AUTH: 'required' }],
    ['in production', { NODE_ENV: 'production' }],
  ];
  test.each(rows)('%s', (_when, env) => {
    expect(decide(env, { clients: [client] })).toMatchObject({ ok: true, access: { kind: 'clients' } });
  });
});

describe('the start is refused rather than open to everybody', () => {
  test.each<[Record<string, string>]>([[{ AUTH: 'required' }], [{ NODE_ENV: 'production' }]])('%j', (env) => {
    expect(decide(env)).toEqual({
      ok: false,
      problem: expect.stringMatching(/^AUTH [^\n]*add "clients"/),
    });
  });
});

describe('a trial', () => {
  test('is warned about, and on a loopback address may name any FHIR server', () => {
    expect(decide({})).toEqual({
      ok: true,
      access: { kind: 'trial', fhirServers: 'any' },
      warnings: [expect.objectContaining({ subject: 'AUTH' })],
    });
  });

  test.each(['0.0.0.0', '::', '10.0.0.1', 'cds.example.org'])(
    'that others can reach at %s reads no FHIR server nobody has named',
    (HOST) => {
      expect(decide({ HOST })).toMatchObject({
        access: { fhirServers: [] },
        warnings: [{ subject: 'AUTH' }, { text: expect.stringContaining('"fhirServers"') }],
      });
    },
  );

  test('reads the servers that are named, and those of the clients where none is', () => {
    expect(decide({ HOST: '0.0.0.0' }, { fhirServers: [fhirServer] })).toMatchObject({
      access: { fhirServers: [registered] },
    });
    expect(decide({ AUTH: 'off' }, { clients: [client] })).toMatchObject({
      access: { kind: 'trial', fhirServers: [registered] },
    });
    expect(decide({}, { fhirServers: [] })).toMatchObject({ access: { fhirServers: [] } });
  });
});

test('a public address without https is warned about: no token could name it', () => {
  expect(decide({}, { clients: [client] })).toMatchObject({
    warnings: [{ subject: 'PUBLIC_URL' }],
  });
  expect(decide({ PUBLIC_URL: 'https://cds.example.org' }, { clients: [client] })).toMatchObject({
    warnings: [],
  });
});
