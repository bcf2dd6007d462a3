import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { responseSchema } from '../../src/cds-hooks/response.js';
import { serverOf, testApp } from '../support/app.js';
import { orderSelectRequest } from '../support/hook-request.js';

const server = serverOf(testApp().app);
const call = '/cds-services/fake-order-select';
const valid = orderSelectRequest({
  fhirServer: null,
  extension: { 'org.example': { a: 1 } },
  prefetch: {
    patient: { resourceType: 'Patient', id: 'p1' },
    conditions: { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Condition', id: 'c1' } }] },
  },
});

async function isProper(path: string, body: unknown): Promise<void> {
  const text = JSON.stringify(body);
  const answer = await request(server).post(path).set('Content-Type', 'application/json').send(text);
  expect(answer.status).toBeLessThan(500);
  if (answer.status !== 200) expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
  else if (path === call) expect(responseSchema.safeParse(answer.body)).toMatchObject({ success: true });
}

/** Paths to every member of a value, itself left out. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    [...path, key],
    ...places(member, [...path, key]),
  ]);
}

function replaced(value: unknown, [step, ...rest]: readonly string[], put: unknown): unknown {
  if (step === undefined) return put;
  if (Array.isArray(value))
    return value.map((member: unknown, i) => (String(i) === step ? replaced(member, rest, put) : member));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, member]) => [
      key,
      key === step ? replaced(member, rest, put) : member,
    ]),
  );
}

test('arbitrary JSON never gives a server error, and every success is a valid response', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), (body) => isProper(call, body)),
    { numRuns: 150 },
  );
});

test('neither do arbitrary bytes, whatever they call themselves', async () => {
  const type = fc.constantFrom(
    'application/json',
    'application/fhir+json',
    'text/html',
    '',
    'application/json;;',
  );
  const encoding = fc.constantFrom('identity', 'gzip', 'br', 'x');
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      type,
      encoding,
      async (bytes, contentType, encoded) => {
        const answer = await request(server)
          .post(call)
          .set('Content-Type', contentType)
          .set('Content-Encoding', encoded)
          .send(Buffer.from(bytes));
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
      },
    ),
    { numRuns: 150 },
  );
});

test('neither does a valid call with any of its members replaced by arbitrary JSON', async () => {
  const place = fc.constantFrom(...places(valid));
  await fc.assert(
    fc.asyncProperty(place, fc.jsonValue(), (path, put) => isProper(call, replaced(valid, path, put))),
    { numRuns: 300 },
  );
});

test('neither does feedback with any of its members replaced by arbitrary JSON', async () => {
  const feedback = {
    feedback: [
      {
        card: 'c',
        outcome: 'accepted',
        acceptedSuggestions: [{ id: 's' }],
        outcomeTimestamp: '2026-11-23T10:00:00Z',
      },
      {
        card: 'c',
        outcome: 'overridden',
        overrideReason: { reason: { code: 'x', system: 'y', display: 'z' }, userComment: 'w' },
        outcomeTimestamp: '2026-11-23T10:00:00Z',
      },
    ],
  };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places(feedback)), fc.jsonValue(), (path, put) =>
      isProper(`${call}/feedback`, replaced(feedback, path, put)),
    ),
    { numRuns: 150 },
  );
});
