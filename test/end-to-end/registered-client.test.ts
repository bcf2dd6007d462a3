/** A registered client with its own FHIR server: from the call to the card, and what is kept of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { asOfToday, examplePatient } from '../../src/demo/synthetic-patients.js';
import { startFhirServer, type FhirTestServer } from '../support/fhir-server.js';
import { draftOrder } from '../support/hook-answer.js';
import { orderSelectRequest } from '../support/hook-request.js';
import { startInstallation, type Installation } from '../support/installation.js';

const call = '/cds-services/vertebral-fracture-order-select';
const today = new Date().toISOString().slice(0, 10);
const patient = asOfToday(examplePatient('t6-l3-wedge-40-percent'), today);
const accessToken = 'token-of-this-call';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

let ehr: FhirTestServer;
let other: FhirTestServer;
let installation: Installation;
beforeAll(async () => {
  const resources = patient.resources as unknown as readonly FhirResource[];
  ehr = await startFhirServer(resources, { token: accessToken });
  other = await startFhirServer(resources);
  installation = await startInstallation({ fhirServers: [ehr.baseUrl] });
});
afterAll(async () => {
  await installation.stop();
  await Promise.all([ehr.close(), other.close()]);
});

function request(fhirServer: string): object {
  const order = draftOrder('Lumbar brace', { subject: { reference: `Patient/${patient.id}` } });
  return orderSelectRequest(
    {
      fhirServer,
      fhirAuthorization: { access_token: accessToken, patient: patient.id, token_type: 'Bearer' },
    },
    {
      patientId: patient.id,
      selections: ['ServiceRequest/draft-1'],
      draftOrders: { resourceType: 'Bundle', entry: [{ resource: order }] },
    },
  );
}

async function send(path: string, body: object, headers?: Record<string, string>) {
  const response = await fetch(`${installation.url}${path}`, {
    method: 'POST',
    headers: headers ?? (await installation.headers(path)),
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { cards?: { uuid: string }[] } };
}

describe('a call of which nothing was prefetched', () => {
  test('gets its card from the FHIR server of the client, which sees token and trace of the call', async () => {
    const headers = {
      ...(await installation.headers(call)),
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    };
    const { status, body } = await send(call, request(ehr.baseUrl), headers);
    expect([status, body]).toMatchObject([200, { cards: [{ source: { topic: { code: 'kyphoplasty' } } }] }]);
    expect(new Set(ehr.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${accessToken}`]),
    );
    expect(ehr.headers.every(({ traceparent = '' }) => traceparent.includes(traceId))).toBe(true);
    expect(installation.log()).toContain(`"traceId":"${traceId}"`);
  });

  test('is refused when it names a server that is not registered, which never hears of it', async () => {
    const { status, body } = await send(call, request(other.baseUrl));
    expect([status, JSON.stringify(body)]).toEqual([
      412,
      expect.stringContaining('not a FHIR server that the site has registered for this client'),
    ]);
    expect(other.requests).toEqual([]);
  });
});

test('feedback and reads are counted for the client', async () => {
  const { body } = await send(call, request(ehr.baseUrl));
  const path = `${call}/feedback`;
  const feedback = {
    card: body.cards?.[0]?.uuid,
    outcome: 'overridden',
    outcomeTimestamp: '2026-11-23T10:00:00Z',
  };
  expect((await send(path, { feedback: [feedback] })).status).toBe(200);
  const metrics = await (await fetch(`${installation.url}/metrics`)).text();
  expect(metrics).toContain('vertebral_cds_feedback_total{client="north",outcome="overridden"} 1');
  expect(metrics).toMatch(
    /vertebral_cds_fhir_reads_total\{client="north",server="[^"]+",resource_type="Condition",outcome="resource"\} 2/,
  );
});

test('a token that was used before a restart is not new after it', async () => {
  const headers = await installation.headers(call);
  expect((await send(call, request(ehr.baseUrl), headers)).status).toBe(200);
  installation = await installation.restart();
  expect((await send(call, request(ehr.baseUrl), headers)).status).toBe(401);
  expect(installation.log()).toContain('"refusal":"replayed"');
});
