/** Whatever happens to a real request on its way: never a 5xx, every refusal an OperationOutcome, every 200 a valid answer. */
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createServices } from '../../cds-services/index.js';
import { responseSchema } from '../../src/cds-hooks/response.js';
import { post, testApp } from '../support/app.js';

const folder = new URL('../../fixtures/hooks/', import.meta.url);
const requests = readdirSync(folder).map((name) =>
  readFileSync(new URL(`${name}/request.json`, folder), 'utf8'),
);

/** A place in a JSON value and what is put there instead. */
interface Mutation {
  readonly steps: readonly number[];
  readonly value: unknown;
}

/** Walks down by the steps, each choosing a member by its number, and replaces what is found there. */
function mutated(value: unknown, { steps, value: replacement }: Mutation): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== 'object' || value === null) return replacement;
  const entries = Object.entries(value);
  const [key] = entries[step % Math.max(1, entries.length)] ?? [];
  if (key === undefined) return replacement;
  const change = ([name, member]: [string, unknown]): [string, unknown] => [
    name,
    name === key ? mutated(member, { steps: rest, value: replacement }) : member,
  ];
  return Array.isArray(value)
    ? entries.map((entry) => change(entry)[1])
    : Object.fromEntries(entries.map(change));
}

const mutation = fc.record({
  steps: fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }),
  value: fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', [], {}, 'Patient/other', -1, '2026-13-45')),
});

test('mutated requests are answered or refused, never failed', async () => {
  const { app } = testApp({ services: createServices({}) });
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...requests),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      async (json, mutations) => {
        const request = mutations.reduce<unknown>(mutated, JSON.parse(json));
        const hook = (JSON.parse(json) as { hook: string }).hook;
        const { status, body } = await post(
          app,
          `/cds-services/vertebral-fracture-${hook}`,
          Object(request) as object,
        );
        seen.add(status);
        expect(status).toBeLessThan(500);
        if (status === 200) expect(responseSchema.safeParse(body)).toMatchObject({ success: true });
        else expect(body).toMatchObject({ resourceType: 'OperationOutcome' });
      },
    ),
    { numRuns: 600 },
  );
  expect([...seen].sort()).toEqual(expect.arrayContaining([200, 400]));
}, 60_000);
