import { describe, expect, test } from '@jest/globals';
import { parseWith } from '../../src/cds-hooks/problem.js';
import { clientsSchema } from '../../src/config/client-configuration.js';

const key = { kid: 'k1', kty: 'EC', crv: 'P-384', x: 'x', y: 'y' };
const hospital = {
  id: 'north-hospital',
  issuer: 'https://ehr.example.org/fhir',
  jwks: { url: 'https://ehr.example.org/jwks.json' },
};

test('a client needs a name, an issuer and its keys; the rest has strict defaults', () => {
  expect(clientsSchema.parse([hospital])).toEqual([
    {
      ...hospital,
      jwks: { url: 'https://ehr.example.org/jwks.json', network: 'public' },
      algorithms: ['ES384', 'RS384'],
      audiences: [],
      tokenReplay: 'refused',
      maxTokenLifetimeSeconds: 3600,
      clockSkewSeconds: 60,
      fhirServers: [],
      profile: 'generic',
      callsPerMinute: 6000,
      corsOrigins: [],
    },
  ]);
});

test('a server of the own network is marked so, and http has to be asked for', () => {
  const fhirServers = [{ url: 'http://10.0.0.5:8080/fhir', internal: true, allowHttp: true }];
  expect(clientsSchema.parse([{ ...hospital, fhirServers }])[0]?.fhirServers).toEqual([
    { url: 'http://10.0.0.5:8080/fhir', network: 'internal' },
  ]);
});

test('clients of one issuer are told apart by their tenants', () => {
  const clients = [
    { ...hospital, id: 'a', tenants: ['t1'] },
    { ...hospital, id: 'b', tenants: ['t2', 't3'] },
  ];
  expect(clientsSchema.parse(clients)).toHaveLength(2);
});

describe('a mistake is named by its place and what to do:', () => {
  const client = (members: object) => [{ ...hospital, ...members }];
  const rows: readonly [string, unknown, string, string][] = [
    ['no array', {}, '', 'must be an array of clients'],
    ['a name with blanks', client({ id: 'North Hospital' }), '[0].id', 'must be a short name of lower-case'],
    ['no issuer', client({ issuer: undefined }), '[0].issuer', 'must be a URI'],
    ['no keys', client({ jwks: undefined }), '[0]', 'must say where its public keys are'],
    ['keys twice', client({ keys: [key] }), '[0]', 'either "jwks"'],
    [
      'a private key',
      client({ jwks: undefined, keys: [{ ...key, d: 'secret' }] }),
      '[0].keys[0]',
      'is a private key',
    ],
    [
      'a symmetric key',
      client({ jwks: undefined, keys: [{ kid: 'k', kty: 'oct', k: 'secret' }] }),
      '[0].keys[0].kty',
      'symmetric keys are not allowed',
    ],
    [
      'a key on another curve',
      client({ jwks: undefined, keys: [{ ...key, crv: 'P-256' }] }),
      '[0].keys[0].crv',
      'must be "P-384"',
    ],
    [
      'an RSA key of 1024 bits',
      client({ jwks: undefined, keys: [{ kid: 'r1', kty: 'RSA', n: 'n'.repeat(171), e: 'AQAB' }] }),
      '[0].keys[0].n',
      'must be 2048 bits at least',
    ],
    ['a kid twice', client({ jwks: undefined, keys: [key, key] }), '[0].keys', 'must not name a kid twice'],
    ['keys over http', client({ jwks: { url: 'http://x.example' } }), '[0].jwks.url', 'must be https'],
    [
      'a FHIR base over http',
      client({ fhirServers: [{ url: 'http://x.example' }] }),
      '[0].fhirServers[0].url',
      '"allowHttp": true',
    ],
    [
      'a FHIR base with a password',
      client({ fhirServers: [{ url: 'https://u:p@x.example' }] }),
      '[0].fhirServers[0].url',
      'without user name',
    ],
    ['an algorithm nobody should use', client({ algorithms: ['HS256'] }), '[0].algorithms[0]', '"ES384"'],
    ['an unknown profile', client({ profile: 'acme' }), '[0].profile', 'generic, epic'],
    [
      'reads longer than the call',
      client({ budgetMs: 500, fhirBudgetMs: 600 }),
      '[0].fhirBudgetMs',
      'not be longer',
    ],
    ['a name twice', [hospital, { ...hospital, issuer: 'https://b.example' }], '[1].id', 'another client'],
    [
      'an issuer twice without tenants',
      [hospital, { ...hospital, id: 'b', tenants: ['t'] }],
      '[1].issuer',
      'give both "tenants"',
    ],
    [
      'tenants that overlap',
      [
        { ...hospital, tenants: ['t', 'u'] },
        { ...hospital, id: 'b', tenants: ['t'] },
      ],
      '[1].issuer',
      'that differ',
    ],
  ];
  test.each(rows)('%s', (_mistake, clients, path, message) => {
    const parsed = parseWith(clientsSchema, clients);
    expect(parsed).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ path, message: expect.stringContaining(message) }),
      ]),
    });
  });
});
