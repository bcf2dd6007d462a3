import { describe, expect, test } from '@jest/globals';
import { clientsSchema } from '../../src/config/client-configuration.js';
import { clientCaller, trialCaller } from '../../src/http/caller.js';

const site = { budgetMs: 1000, fhirBudgetMs: 800 };

function client(members: object = {}) {
  const [parsed] = clientsSchema.parse([
    {
      id: 'north',
      issuer: 'https://ehr.example',
      jwks: { url: 'https://ehr.example/jwks.json' },
      fhirServers: [
        { url: 'https://fhir.example/r4' },
        { url: 'http://10.0.0.5/fhir', internal: true, allowHttp: true },
      ],
      ...members,
    },
  ]);
  if (parsed === undefined) throw new Error('no client');
  return parsed;
}

describe('a registered client', () => {
  test.each<[string, object, object]>([
    ['has the time of the site', {}, site],
    ['or its own, shared out as the site does', { budgetMs: 500 }, { budgetMs: 500, fhirBudgetMs: 400 }],
    ['or its own in full', { budgetMs: 500, fhirBudgetMs: 450 }, { budgetMs: 500, fhirBudgetMs: 450 }],
    [
      'but never more for reads than for the call',
      { fhirBudgetMs: 5000 },
      { budgetMs: 1000, fhirBudgetMs: 1000 },
    ],
  ])('%s', (_what, members, budget) => {
    expect(clientCaller(client(members), undefined, site).budget).toEqual(budget);
  });

  test('may send us to its own FHIR bases and nowhere else', () => {
    const { serverNamed } = clientCaller(client(), undefined, site);
    expect(serverNamed('https://fhir.example/r4/')).toMatchObject({ network: 'public' });
    expect(serverNamed('http://10.0.0.5/fhir')).toMatchObject({ network: 'internal' });
    expect(serverNamed('https://fhir.example/r4-evil')).toBeUndefined();
    expect(serverNamed('https://evil.example/r4')).toBeUndefined();
  });

  test('keeps the patients of its tenants apart', () => {
    expect(clientCaller(client(), 't1', site).keptAs).toBe('north/t1');
    expect(clientCaller(client(), undefined, site).keptAs).toBe('north');
  });
});

describe('a trial', () => {
  test('may name any FHIR server, in a network that refuses link-local addresses', () => {
    expect(trialCaller('any', site).serverNamed('http://127.0.0.1:8080/fhir')).toEqual({
      url: 'http://127.0.0.1:8080/fhir',
      network: 'trial',
    });
  });

  test('may name only those the site has named, where it has', () => {
    const { serverNamed } = trialCaller([{ url: 'https://fhir.example/r4', network: 'public' }], site);
    expect([
      serverNamed('https://fhir.example/r4')?.network,
      serverNamed('https://other.example/r4'),
    ]).toEqual(['public', undefined]);
  });
});
