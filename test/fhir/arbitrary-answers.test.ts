/** Whatever JSON a FHIR server answers with: every key gets a state, and nothing is thrown. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startDeadline } from '../../src/fhir/deadline.js';
import { createFhirReader } from '../../src/fhir/kit-reader.js';
import { resolvePrefetch } from '../../src/fhir/prefetch.js';
import { createOutbound } from '../../src/outbound/outbound.js';

let body = '';
let url = '';
const server = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(body),
);
const outbound = createOutbound();
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
});
afterAll(async () => {
  await outbound.close();
  server.close();
});

const template = (query: string) => ({ query, purpose: 'For tests.', required: true });
const templates = {
  patient: template('Patient/{{context.patientId}}'),
  conditions: template('Condition?patient={{context.patientId}}'),
  unresolved: template('Encounter/{{context.encounterId}}'),
};

/** Members that make a difference, with values that fit and values that don't. */
const anything = fc.jsonValue({ maxDepth: 3 });
const resource = fc.oneof(
  anything,
  fc.record(
    {
      resourceType: fc.oneof(fc.constantFrom('Patient', 'Condition', 'OperationOutcome', 'Bundle'), anything),
      id: fc.oneof(fc.constant('p1'), anything),
      subject: fc.oneof(fc.constant({ reference: 'Patient/p1' }), anything),
      issue: fc.oneof(anything, fc.array(fc.record({ severity: anything, code: anything }))),
    },
    { requiredKeys: [] },
  ),
);
const answer = fc.oneof(
  resource,
  fc.record(
    {
      resourceType: fc.constant('Bundle'),
      entry: fc.oneof(anything, fc.array(fc.oneof(anything, fc.record({ resource })))),
      link: fc.oneof(
        anything,
        fc.array(
          fc.record({
            relation: fc.constantFrom('next', 'self'),
            url: fc.oneof(anything, fc.constantFrom('Condition?page=2', 'https://evil.example/', '../x')),
          }),
        ),
      ),
    },
    { requiredKeys: ['resourceType'] },
  ),
);

test('arbitrary answers, by prefetch and from the server, give each key a state', async () => {
  const reader = createFhirReader({ outbound, failures: Infinity });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(answer, fc.option(answer, { nil: undefined }), async (json, prefetched) => {
      body = JSON.stringify(json);
      const deadline = startDeadline(5000);
      const data = await resolvePrefetch({
        templates,
        context: { hook: 'patient-view', patientId: 'p1', userId: 'Practitioner/u1' },
        prefetched: new Map(prefetched === undefined ? [] : [['conditions', prefetched]]),
        source: { server: { url, network: 'trial' } },
        reader,
        deadline,
        pageLimit: 3,
      });
      deadline.end();
      expect([...data.keys()]).toEqual(Object.keys(templates));
      for (const { state } of data.values()) {
        expect(['present', 'none', 'unavailable']).toContain(state);
        seen.add(state);
      }
    }),
    { numRuns: 400 },
  );
  expect([...seen].sort()).toEqual(['none', 'present', 'unavailable']);
}, 60_000);
