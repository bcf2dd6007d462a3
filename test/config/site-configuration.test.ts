import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { loadSiteConfiguration } from '../../src/config/site-configuration.js';

const services = z.strictObject({ policy: z.strictObject({ painScore: z.number() }).optional() });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const path = join(folder, 'site.json');
  writeFileSync(path, text);
  return loadSiteConfiguration(path, services);
}

test('without a file everything has its default', () => {
  expect(loadSiteConfiguration(undefined, services)).toEqual({
    ok: true,
    configuration: {
      server: {
        budgetMs: 1000,
        fhirBudgetMs: 800,
        bodyLimitBytes: 2_000_000,
        clients: [],
        retentionDays: { cards: 730, feedback: 730, audit: 2190, decisions: 365 },
        reviewApps: [],
        rollout: { shadow: [], off: [] },
      },
      services: {},
    },
  });
});

test('each part gets its own settings', () => {
  expect(
    load('{"budgetMs": 500, "corsOrigins": ["https://ehr.example"], "policy": {"painScore": 5}}'),
  ).toEqual({
    ok: true,
    configuration: {
      server: {
        budgetMs: 500,
        fhirBudgetMs: 400,
        bodyLimitBytes: 2_000_000,
        corsOrigins: ['https://ehr.example'],
        clients: [],
        retentionDays: { cards: 730, feedback: 730, audit: 2190, decisions: 365 },
        reviewApps: [],
        rollout: { shadow: [], off: [] },
      },
      services: { policy: { painScore: 5 } },
    },
  });
});

describe('a mistake is told in one line with its path:', () => {
  const rows: readonly [string, string, string][] = [
    ['a misspelt name', '{"budgetMS": 500}', 'budgetMS is not a known setting'],
    [
      'a misspelt name further down',
      '{"policy": {"painscore": 5, "painScore": 5}}',
      'policy.painscore is not a known setting',
    ],
    ['a wrong type', '{"budgetMs": "500"}', 'budgetMs must be a number of milliseconds'],
    [
      'more time for a part than for the whole',
      '{"budgetMs": 500, "fhirBudgetMs": 600}',
      'fhirBudgetMs must not be longer',
    ],
    ['a URL for an origin', '{"corsOrigins": ["https://a.example/"]}', 'corsOrigins[0] must be an origin'],
    ['what is no JSON', '{"budgetMs": 500', 'is not JSON'],
    ['what is no object', '[]', 'must hold a JSON object'],
    ['a key of the language', '{"__proto__": {}}', 'is not JSON'],
  ];
  test.each(rows)('%s', (_, text, problem) => {
    const reading = load(text);
    expect(reading).toEqual({ ok: false, problem: expect.stringContaining(problem) });
    expect(!reading.ok && reading.problem).not.toContain('\n');
  });

  test('a file that is not there', () => {
    expect(loadSiteConfiguration(join(folder, 'none.json'), services)).toEqual({
      ok: false,
      problem: expect.stringMatching(/^CONFIG_FILE .*none\.json cannot be read: [^\n]*$/),
    });
  });
});
