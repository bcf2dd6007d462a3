/**
 * What belongs to a patient or opens a chart appears nowhere but in cards: not in logs, metrics, database, or errors.
 * A word nobody else would write is put into every place a caller or a FHIR server can write to, and looked for.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderSelectRequest } from '../support/hook-request.js';
import { startInstallation, type Installation } from '../support/installation.js';

const canary = 'Quetzalcoatlus';
const call = '/cds-services/vertebral-fracture-order-select';

const outcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'exception', diagnostics: canary, details: { text: canary } }],
};
const write = (
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
) =>
  response
    .writeHead(status, { 'content-type': 'application/fhir+json', 'x-canary': canary, ...headers })
    .end(body);

/** Each type fails in its own way, and every way holds the word. */
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  Patient: (response) =>
    write(response, 200, JSON.stringify({ resourceType: 'Patient', id: 'p1', name: [{ text: canary }] })),
  Condition: (response) =>
    write(
      response,
      200,
      JSON.stringify({
        resourceType: 'Bundle',
        link: [{ relation: 'next', url: `http://127.0.0.1:9/${canary}` }],
        entry: [
          { resource: { resourceType: 'Condition', id: canary, subject: { reference: 'Patient/other' } } },
          { resource: outcome },
        ],
      }),
    ),
  ImagingStudy: (response) => write(response, 500, JSON.stringify(outcome)),
  DiagnosticReport: (response) =>
    write(response, 401, canary, { 'www-authenticate': `Bearer realm="${canary}"` }),
  Observation: (response) => write(response, 200, `<html>${canary}</html>`, { 'content-type': 'text/html' }),
  MedicationRequest: (response) => write(response, 302, canary, { location: `http://127.0.0.1:9/${canary}` }),
  AllergyIntolerance: (response) => write(response, 429, canary, { 'retry-after': canary }),
  Procedure: (response) => write(response, 200, `{"resourceType":"Bundle","id":"${canary}`),
  Encounter: (response) => response.destroy(),
};

let ehr: Server;
let base: string;
let installation: Installation;
beforeAll(async () => {
  ehr = createServer((request, response) => {
    const type = (request.url ?? '').split(/[/?]/)[2] ?? '';
    (answers[type] ?? ((other) => write(other, 404, canary)))(response);
  });
  await new Promise<void>((resolve) => ehr.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(ehr.address() as AddressInfo).port}/fhir`;
  installation = await startInstallation({ fhirServers: [base] });
});
afterAll(async () => {
  await installation.stop();
  ehr.closeAllConnections();
  ehr.close();
});

const order = {
  resourceType: 'ServiceRequest',
  id: canary,
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/p1', display: canary },
  code: { text: `Vertebroplasty L1 ${canary}` },
  note: [{ text: canary }],
};
const valid = orderSelectRequest(
  {
    fhirServer: 'set later',
    fhirAuthorization: { access_token: canary, scope: canary, subject: canary, expires_in: 300 },
    extension: { [canary]: canary },
    [canary]: canary,
    prefetch: {
      patient: {
        resourceType: 'Patient',
        id: 'p1',
        name: [{ family: canary }],
        identifier: [{ value: canary }],
        birthDate: '1948-01-01',
      },
      reports: {
        resourceType: 'DiagnosticReport',
        id: canary,
        subject: { reference: 'Patient/p1' },
        conclusion: canary,
      },
      [canary]: { resourceType: 'Bundle', entry: [{ resource: order }] },
    },
  },
  {
    userId: `Practitioner/${canary}`,
    encounterId: canary,
    selections: [`ServiceRequest/${canary}`],
    draftOrders: { resourceType: 'Bundle', entry: [{ fullUrl: canary, resource: order }] },
  },
);
const accepted = {
  card: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2eb' }],
  outcomeTimestamp: '2026-11-23T10:00:00Z',
};
const overridden = {
  ...accepted,
  outcome: 'overridden',
  overrideReason: {
    reason: { code: `${canary} says no`, system: `urn:x ${canary}`, display: canary },
    userComment: canary,
  },
};

async function send(path: string, body: string, headers: Record<string, string>) {
  const response = await fetch(`${installation.url}${path}`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/** The value with one of its members replaced by a text, for each member at any depth. */
function* spoilt(value: unknown, put: string): Generator {
  yield put;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    for (const worse of spoilt(member, put)) {
      yield Array.isArray(value)
        ? value.map((one: unknown, index) => (String(index) === key ? worse : one))
        : { ...value, [key]: worse };
    }
  }
}

const errors: string[] = [];
const keep = ({ status, text }: { readonly status: number; readonly text: string }) => {
  if (status !== 200) errors.push(`${status} ${text}`);
  return status;
};

describe(`the word ${canary}`, () => {
  test('goes out in a call with everything in it, to a FHIR server that fails in every way', async () => {
    const body = JSON.stringify({ ...valid, fhirServer: base });
    expect(keep(await send(call, body, await installation.headers(call)))).toBe(200);
    const unregistered = JSON.stringify({ ...valid, fhirServer: `https://${canary}.example/fhir` });
    expect(keep(await send(call, unregistered, await installation.headers(call)))).toBe(412);
  });

  test('stands in place of each member of a call and of feedback', async () => {
    const statuses = new Set<number>();
    for (const body of spoilt({ ...valid, fhirServer: base }, canary)) {
      statuses.add(keep(await send(call, JSON.stringify(body), await installation.headers(call))));
    }
    const path = `${call}/feedback`;
    // Two words: a single one in place of a reason's code is a code, and codes of a client's own making are kept.
    for (const body of spoilt({ feedback: [accepted, overridden] }, `${canary} ${canary}`)) {
      statuses.add(keep(await send(path, JSON.stringify(body), await installation.headers(path))));
    }
    expect([...statuses].sort()).toEqual([200, 400, 412]);
  }, 60_000);

  test('comes in tokens, headers, paths and text that is no JSON', async () => {
    const plain = { 'Content-Type': 'application/json' };
    const claims = ['iss', 'aud', 'sub', 'jti', 'tenant', 'exp', canary];
    for (const claim of claims) {
      keep(await send(call, '{}', await installation.headers(call, { [claim]: canary })));
    }
    keep(await send(call, '{}', { ...plain, Authorization: `Bearer ${canary}` }));
    keep(await send(call, '{}', { ...plain, Authorization: `Basic ${canary}` }));
    keep(await send(`/${canary}`, '{}', plain));
    keep(await send(`/cds-services/${canary}`, '{}', await installation.headers(`/cds-services/${canary}`)));
    keep(await send(`${call}/%zz${canary}`, '{}', plain));
    keep(await send(call, `{"${canary}`, await installation.headers(call)));
    keep(await send(call, canary, { ...(await installation.headers(call)), 'Content-Type': canary }));
    keep(
      await send(call, '{}', {
        ...(await installation.headers(call)),
        traceparent: canary,
        'X-Request-Id': canary,
      }),
    );
    await fetch(`${installation.url}/${canary}?${canary}`, {
      headers: { Origin: `https://${canary}.example` },
    });
    expect(errors.length).toBeGreaterThan(40);
  });

  test('is in no error answer', () => {
    expect(errors.filter((text) => text.includes(canary))).toEqual([]);
  });

  test('is in no metric', async () => {
    const metrics = await (await fetch(`${installation.url}/metrics`)).text();
    expect(metrics).toContain('vertebral_cds_hook_calls_total');
    expect(metrics).not.toContain(canary);
    expect(metrics).not.toContain(canary.toLowerCase());
  });

  test('is in no line of the log, which has one for each request', () => {
    expect(installation.log().split('\n').length).toBeGreaterThan(errors.length);
    expect(installation.log().toLowerCase()).not.toContain(canary.toLowerCase());
  });

  test('is nowhere in the files of the database, nor is the id of the patient or anything like a token', async () => {
    await installation.server.stop();
    const files = installation.database();
    expect(files).toContain('hook-call');
    expect(files.toLowerCase()).not.toContain(canary.toLowerCase());
    expect(files).not.toMatch(/Bearer|eyJ/);
  });
});
