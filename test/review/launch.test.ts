/** The SMART launch of the review, step by step over HTTP, against an authorization server as strict as a real one. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import request from 'supertest';
import type { Express } from 'express';
import { createServices, createPages, siteConfigurationSchema } from '../../cds-services/index.js';
import { createOutbound } from '../../src/outbound/outbound.js';
import { launchSeal } from '../../src/review/sealed-launch.js';
import { createSmartClient } from '../../src/review/smart-client.js';
import { testApp } from '../support/app.js';
import { startFhirServer, type FhirTestServer } from '../support/fhir-server.js';
import { startSmartServer, type RegisteredApp, type SmartServer } from '../support/smart-server.js';

const publicUrl = 'https://cds.example.org';
const record = JSON.parse(
  readFileSync(
    new URL('../../fixtures/patients/t6-l3-wedge-40-percent/bundle.json', import.meta.url),
    'utf8',
  ),
) as Bundle;
const site = siteConfigurationSchema.parse({});

let now: Date;
let registered: RegisteredApp;
let fhir: FhirTestServer;
let ehr: SmartServer;
const outbound = createOutbound();

beforeAll(async () => {
  fhir = await startFhirServer(record, { token: 'patient-token' });
  ehr = await startSmartServer(fhir, () => registered, 'patient-token');
});
afterAll(() => Promise.all([ehr.close(), fhir.close(), outbound.close()]));
beforeEach(() => {
  now = new Date('2026-11-23T10:00:00Z');
  registered = { clientId: 'review-1', redirectUri: `${publicUrl}/review` };
});

function service(app: { readonly secret?: string; readonly framedBy?: readonly string[] } = {}): Express {
  return testApp({
    clock: () => now,
    services: createServices(site),
    pages: createPages(site),
    review: {
      apps: [
        { fhirServer: { url: ehr.fhirBase, network: 'trial' }, clientId: 'review-1', framedBy: [], ...app },
      ],
      smart: createSmartClient(outbound),
      seal: launchSeal(new Uint8Array(32).fill(7)),
    },
  }).app;
}

/** The launch up to the moment the browser is sent back to the review. */
async function begun(app: Express, launch: string) {
  const first = await request(app).get('/review/launch').query({ iss: ehr.fhirBase, launch });
  expect(first.status).toBe(302);
  const [cookie = ''] = first.get('Set-Cookie') ?? [];
  const answer = await fetch(first.headers.location ?? '', { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? 'https://nowhere.example');
  return {
    cookie,
    authorize: new URL(first.headers.location ?? ''),
    back,
    path: back.pathname + back.search,
  };
}

const withoutAttributes = (cookie: string) => cookie.split(';')[0] ?? '';

describe.each([
  ['a public client', undefined],
  ['a confidential client', 'the-secret'],
])('as %s', (_, secret) => {
  test('a launch from a chart ends in the review of its patient', async () => {
    registered = { ...registered, ...(secret !== undefined && { secret }) };
    const app = service(secret === undefined ? {} : { secret });
    const { cookie, path } = await begun(app, ehr.launch({ patient: 'p01' }));
    const page = await request(app).get(path).set('Cookie', withoutAttributes(cookie)).expect(200);
    expect(page.text).toContain('L3: kyphoplasty favoured');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.get('Set-Cookie')?.[0]).toMatch(/^review-[^=]+=; Max-Age=0;/);
    expect(ehr.refusals).toEqual([]);
  });
});

test('it asks to read what the services read of the patient, and for nothing more', async () => {
  const { authorize } = await begun(service(), ehr.launch({ patient: 'p01' }));
  const scopes = (authorize.searchParams.get('scope') ?? '').split(' ');
  expect(scopes).toContain('launch');
  expect(scopes).toContain('patient/Condition.rs');
  expect(scopes.filter((scope) => !/^launch$|^patient\/[A-Z][A-Za-z]+\.rs$/.test(scope))).toEqual([]);
});

test('the cookie of a launch is for the review alone, for no script, and for frames of the EHR', async () => {
  const { cookie } = await begun(service(), ehr.launch({ patient: 'p01' }));
  expect(cookie).toMatch(/; Path=\/review; HttpOnly; Secure; Partitioned; SameSite=None$/);
  expect(cookie).not.toContain(ehr.fhirBase);
});

test('the fractures that the card was about come first', async () => {
  const app = service();
  const context = JSON.stringify({ levels: ['L3'], rule: 'T6' });
  const { cookie, path } = await begun(app, ehr.launch({ patient: 'p01', appContext: context }));
  const page = await request(app).get(path).set('Cookie', withoutAttributes(cookie)).expect(200);
  expect(page.text.indexOf('id="fracture-L3"')).toBeGreaterThan(0);
});

describe('no patient is shown', () => {
  test('to a browser that did not begin the launch', async () => {
    const app = service();
    const { path } = await begun(app, ehr.launch({ patient: 'p01' }));
    const page = await request(app).get(path).expect(400);
    expect(page.text).toContain('not begun in this browser');
    expect(page.text).not.toContain('L3');
  });

  test('to one that comes back with the cookie of another launch', async () => {
    const app = service();
    const other = await begun(app, ehr.launch({ patient: 'p01' }));
    const { path } = await begun(app, ehr.launch({ patient: 'p01' }));
    await request(app).get(path).set('Cookie', withoutAttributes(other.cookie)).expect(400);
  });

  test('ten minutes later', async () => {
    const app = service();
    const { cookie, path } = await begun(app, ehr.launch({ patient: 'p01' }));
    now = new Date('2026-11-23T10:10:01Z');
    await request(app).get(path).set('Cookie', withoutAttributes(cookie)).expect(400);
  });

  test('when the page is loaded again: the code has been used', async () => {
    const app = service();
    const { cookie, path } = await begun(app, ehr.launch({ patient: 'p01' }));
    await request(app).get(path).set('Cookie', withoutAttributes(cookie)).expect(200);
    const again = await request(app).get(path).set('Cookie', withoutAttributes(cookie)).expect(502);
    expect(again.text).toContain('gave no access token');
  });

  test('when the user or the server says no', async () => {
    const app = service();
    const { cookie, back } = await begun(app, ehr.launch({ patient: 'p01' }));
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    const page = await request(app)
      .get(back.pathname + back.search)
      .set('Cookie', withoutAttributes(cookie))
      .expect(403);
    expect(page.text).toContain('did not let the review in');
  });

  test('when the chart names nobody', async () => {
    const app = service();
    const { cookie, path } = await begun(app, ehr.launch({}));
    const page = await request(app).get(path).set('Cookie', withoutAttributes(cookie)).expect(400);
    expect(page.text).toContain('names no patient');
  });

  test('when the record is of somebody the server does not know', async () => {
    const app = service();
    const { cookie, path } = await begun(app, ehr.launch({ patient: 'nobody' }));
    const page = await request(app).get(path).set('Cookie', withoutAttributes(cookie)).expect(502);
    expect(page.text).toContain('could not be read');
  });

  test.each([
    ['without a server', {}, 'names no FHIR server'],
    [
      'by a server that is not registered',
      { iss: 'https://elsewhere.example/fhir' },
      'not registered with this',
    ],
    ['by a server given twice', { iss: ['https://a.example', 'https://b.example'] }, 'names no FHIR server'],
  ])('launched %s', async (_, query, words) => {
    const page = await request(service()).get('/review/launch').query(query).expect(400);
    expect(page.text).toContain(words);
    expect(page.headers).not.toHaveProperty('location');
  });

  test('by a server that does not answer its SMART configuration', async () => {
    const app = testApp({
      review: {
        apps: [{ fhirServer: { url: fhir.baseUrl, network: 'trial' }, clientId: 'x', framedBy: [] }],
        smart: createSmartClient(outbound),
        seal: launchSeal(new Uint8Array(32)),
      },
    }).app;
    const page = await request(app).get('/review/launch').query({ iss: fhir.baseUrl }).expect(502);
    expect(page.text).toContain('did not answer its SMART configuration');
  });
});

test('only the frames that the site names may show it', async () => {
  const inFrame = service({ framedBy: ['https://ehr.example.org'] });
  const shown = await begun(inFrame, ehr.launch({ patient: 'p01' }));
  const page = await request(inFrame)
    .get(shown.path)
    .set('Cookie', withoutAttributes(shown.cookie))
    .expect(200);
  expect(page.headers['content-security-policy']).toContain('frame-ancestors https://ehr.example.org');
  const alone = service();
  const { cookie, path } = await begun(alone, ehr.launch({ patient: 'p01' }));
  const own = await request(alone).get(path).set('Cookie', withoutAttributes(cookie)).expect(200);
  expect(own.headers['content-security-policy']).toContain("frame-ancestors 'none'");
});
