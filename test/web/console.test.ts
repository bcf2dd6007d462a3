/** The console: what IT reads about an installation is what the installation does. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { exportJWK } from 'jose';
import { parseHTML } from 'linkedom';
import request from 'supertest';
import { createPages, createServices, siteConfigurationSchema } from '../../cds-services/index.js';
import { describeServices, type Discovery } from '../../src/cds-hooks/discovery.js';
import { serverConfigurationSchema } from '../../src/config/server-configuration.js';
import type { Registration } from '../../src/web/console/registration.js';
import { registrationOf } from '../../src/web/console/registration.js';
import { testApp } from '../support/app.js';
import { patientViewRequest } from '../support/hook-request.js';

const site = siteConfigurationSchema.parse({
  orderCodes: { kyphoplasty: [{ system: 'urn:site', code: 'K1' }] },
});
const services = createServices(site);
const pages = createPages(site);
const adminToken = 'an-admin-token-of-more-than-32-characters';

const registration = registrationOf({
  product: { name: 'vertebral-cds', version: '1.2.3' },
  knowledgeVersion: '1.0.0',
  publicUrl: 'https://cds.hospital.example',
  services,
  facts: pages.registration,
  configuration: serverConfigurationSchema.parse({ budgetMs: 750, retentionDays: { cards: 99 } }),
  isTrial: false,
  areCommentsKept: true,
  conformanceRun: {
    at: '2026-11-23T10:00:00.000Z',
    version: '1.2.3',
    node: 'v20.20.2',
    lines: { C1: 'passed', F1: 'failed' },
  },
});

const console = {
  registration,
  clients: [],
  inspectToken: () => Promise.resolve({ ok: false as const, reason: 'audience' as const, client: 'north' }),
  adminToken,
  isDemo: false,
};
const { app } = testApp({ services, pages, console });
const get = (path: string) => request(app).get(path);
const check = (form: Record<string, string>) =>
  request(app).post('/self-test').auth('admin', adminToken).type('form').send(form);

/** Each check of a self-test as "verdict subject: text". */
function checksIn(html: string): readonly string[] {
  const { document } = parseHTML(html);
  return [...document.querySelectorAll('#result tr')].map((row) => {
    const [verdict, text] = [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim());
    return `${verdict ?? ''} ${row.querySelector('th')?.textContent ?? ''}: ${text ?? ''}`;
  });
}

describe('the front page', () => {
  test('says what this is, which versions run, and whether it is well', async () => {
    const { text } = await get('/').accept('text/html').expect(200);
    const { document } = parseHTML(text);
    expect(document.querySelector('h1')?.textContent).toBe('Decision support for vertebral fractures');
    expect(document.querySelector('.tiles')?.textContent).toMatch(/Ready.*1\.2\.3.*1\.0\.0.*Clients/s);
    expect(text).not.toContain('href="/try"');
  });

  test('names what keeps it from working', async () => {
    const ill = testApp({
      console,
      whyNotReady: () => Promise.resolve([{ path: 'database', message: 'does not answer' }]),
    });
    const { text } = await request(ill.app).get('/').expect(200);
    expect(text).toContain('Not ready');
    expect(text).toContain('database does not answer');
  });
});

describe('the registration pack', () => {
  const pack = async () =>
    (await get('/registration.json').expect(200)).body as Registration & { sample: object };

  test('names every service with the address that discovery and its routes have', async () => {
    const found = await pack();
    const discovered = describeServices(services);
    expect(found.services.map(({ id, hook }) => ({ id, hook }))).toEqual(
      discovered.services.map(({ id, hook }) => ({ id, hook })),
    );
    for (const { url, feedbackUrl } of found.services) {
      await request(app).post(new URL(url).pathname).type('json').send('{}').expect(400);
      await request(app).post(new URL(feedbackUrl).pathname).type('json').send('{}').expect(400);
    }
  });

  test('holds the prefetch that discovery holds, each with its purpose', async () => {
    const { prefetch } = await pack();
    const [service] = ((await get('/cds-services')).body as Discovery).services;
    expect(Object.fromEntries(prefetch.map(({ key, query }) => [key, query]))).toEqual(service?.prefetch);
    for (const { purpose } of prefetch) expect(purpose).toMatch(/^[A-Z].{20,}\.$/);
  });

  test('asks for a scope for each type that is read, and only to read', async () => {
    const { prefetch, scopes } = await pack();
    const types = new Set(prefetch.map(({ query }) => query.split(/[/?]/)[0]));
    expect(new Set(scopes.map(({ resourceType }) => resourceType))).toEqual(types);
    for (const { v1, v2 } of scopes)
      expect([v1, v2].join(' ')).toMatch(/^patient\/(\w+)\.read patient\/\1\.rs$/);
  });

  test('says what the configuration says: time, retention, order codes, comments', async () => {
    const { timing, kept, orderKinds } = await pack();
    expect(timing).toMatchObject({ budgetMs: 750, fhirBudgetMs: 600 });
    expect(kept).toContainEqual(expect.objectContaining({ what: 'Cards shown', days: 99 }));
    expect(kept).toContainEqual(expect.objectContaining({ what: 'Comments of users', days: 730 }));
    expect(orderKinds).toContainEqual({ kind: 'kyphoplasty', codes: [{ system: 'urn:site', code: 'K1' }] });
    expect(orderKinds).toContainEqual({ kind: 'brace', codes: [] });
  });

  test('shows the topics and reasons that cards carry', async () => {
    const { topics, overrideReasons } = await pack();
    expect(topics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['kyphoplasty', 'surgical-referral', 'insufficient-data']),
    );
    expect(overrideReasons).toContainEqual(
      expect.objectContaining({ code: 'snooze-3-months', snoozeMonths: 3 }),
    );
  });

  test('brings a call that gets the answer beside it', async () => {
    const { sample } = (await pack()) as unknown as {
      readonly sample: {
        readonly request: object;
        readonly answer: { cards: { summary: string }[] };
        readonly url: string;
      };
    };
    const answer = await request(app).post(new URL(sample.url).pathname).send(sample.request).expect(200);
    const { cards } = answer.body as typeof sample.answer;
    expect(cards.map(({ summary }) => summary)).toEqual(sample.answer.cards.map(({ summary }) => summary));
    expect(cards).toHaveLength(1);
  });

  test('fills in the forms of Epic and Oracle Health with these addresses', async () => {
    const { forms, services: registered } = await pack();
    expect(forms.map(({ vendor }) => vendor)).toEqual(['Epic', 'Oracle Health (Cerner)']);
    for (const form of forms) for (const { url } of registered) expect(JSON.stringify(form)).toContain(url);
  });

  test('shows each line of the conformance checklist with what the tests said of it', async () => {
    const { conformance } = await pack();
    const states = Object.fromEntries(conformance.lines.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ C1: 'passed', F1: 'failed', C2: 'not-run', G1: 'by-operation' });
  });

  test('can be read as a page and handed on as one file that loads nothing', async () => {
    const { text: page } = await get('/registration').expect(200);
    expect(parseHTML(page).document.querySelectorAll('section[id]').length).toBeGreaterThan(10);
    const { text: file, headers } = await get('/registration.html').expect(200);
    const { document } = parseHTML(file);
    expect(headers['content-disposition']).toBe('attachment; filename="vertebral-cds-registration.html"');
    expect(document.querySelectorAll('script, link[rel=stylesheet], img, iframe')).toHaveLength(0);
    expect(document.querySelector('style')?.textContent).toContain('.places');
    expect(file).toContain('https://cds.hospital.example/cds-services');
  });

  test('says in the open what is registered for nobody: no issuer, key or server of a client', async () => {
    const { clients } = serverConfigurationSchema.parse({
      clients: [
        {
          id: 'north',
          issuer: 'https://canary-issuer.example',
          keys: [{ kid: 'canary-kid', kty: 'EC', crv: 'P-384', x: 'x', y: 'y' }],
          fhirServers: [{ url: 'https://canary-fhir.example/r4' }],
        },
      ],
    });
    const own = testApp({ services, pages, console: { ...console, clients } }).app;
    for (const path of ['/', '/registration', '/registration.json', '/registration.html', '/knowledge'])
      expect((await request(own).get(path)).text).not.toContain('canary');
    const admin = await request(own).get('/self-test').auth('admin', adminToken).expect(200);
    expect(admin.text).toContain('canary-issuer');
  });
});

describe('the self-test', () => {
  test('is for the admin alone', async () => {
    await get('/self-test').expect(401);
    await request(app).post('/self-test').type('form').send({ kind: 'token', text: 'x' }).expect(401);
    await request(testApp().app).get('/self-test').auth('admin', adminToken).expect(404);
  });

  test.each([
    ['https://cds.hospital.example/cds-services', []],
    ['http://cds.hospital.example/cds-services', ['Encryption']],
    ['https://cds.other.example/cds-services', ['Host']],
    ['https://cds.hospital.example/cds-services/', ['Path']],
    ['https://cds.hospital.example/cds-services?x=1', ['Nothing else']],
    ['not a url', ['URL']],
  ])('of the discovery URL %s finds what to fix', async (text, toFix) => {
    const { text: html } = await check({ kind: 'discovery', text }).expect(200);
    expect(
      checksIn(html)
        .filter((line) => line.startsWith('to fix'))
        .map((line) => line.split(/to fix |:/)[1]),
    ).toEqual(toFix);
  });

  test('of a token shows what passed before the first refusal, and never the token', async () => {
    const { text } = await check({ kind: 'token', text: 'Bearer canary.canary.canary' }).expect(200);
    const checks = checksIn(text);
    expect(checks).toContainEqual(expect.stringMatching(/^passed Signature/));
    expect(checks).toContainEqual(expect.stringMatching(/^to fix Audience/));
    expect(checks).toContainEqual(expect.stringMatching(/^not reached Lifetime/));
    expect(checks).toContainEqual('note Claims to come from: client north');
    expect(text).not.toContain('canary');
  });

  test('of a key set tells usable keys from those that are not', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const good = { ...(await exportJWK(publicKey)), kid: 'a' };
    const leaked = { ...(await exportJWK(privateKey)), kid: 'b' };
    const weak = {
      ...(await exportJWK(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)),
      kid: 'a',
    };
    const { text } = await check({ kind: 'keys', text: JSON.stringify({ keys: [good, leaked, weak] }) });
    expect(checksIn(text)).toEqual([
      'passed Form: 3 keys',
      'passed Key 1: EC on P-384, for ES384',
      expect.stringMatching(/^to fix Key 2: Holds its private half/),
      expect.stringMatching(/^note Key 3: Is for something else/),
      expect.stringMatching(/^to fix kid: Two keys/),
      'passed Usable: 1 can verify tokens',
    ]);
    const none = await check({ kind: 'keys', text: '{"keys": []}' });
    expect(checksIn(none.text)).toContainEqual(expect.stringMatching(/^to fix Usable/));
    expect(checksIn((await check({ kind: 'keys', text: 'x' })).text)[0]).toMatch(/^to fix Form/);
  });

  test('of a request names each key and what would come of it', async () => {
    const patient = { resourceType: 'Patient', id: 'p1' };
    const other = { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/p2' } };
    const conditions = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: other }] };
    const call = patientViewRequest({ prefetch: { patient, conditions, allergies: null } });
    const { text } = await check({ kind: 'request', text: JSON.stringify(call) }).expect(200);
    const checks = checksIn(text);
    expect(checks).toContainEqual('passed prefetch.patient: 1 resource');
    expect(checks).toContainEqual('passed prefetch.allergies: sent: there is none');
    expect(checks).toContainEqual(expect.stringMatching(/^note prefetch.reports: not sent/));
    expect(checks).toContainEqual(expect.stringMatching(/^to fix Patient: 1 resources are about other/));
  });

  test.each([
    ['no JSON', '{', 'JSON'],
    ['an unknown hook', '{"hook": "x"}', 'hook'],
    [
      'a missing patient',
      JSON.stringify(patientViewRequest({ context: { userId: 'Practitioner/u' } })),
      'context.patientId',
    ],
    ['nothing prefetched', JSON.stringify(patientViewRequest()), 'prefetch.patient'],
  ])('of a request with %s says where it fails', async (_, text, where) => {
    const { text: html } = await check({ kind: 'request', text }).expect(200);
    expect(checksIn(html)).toContainEqual(expect.stringMatching(new RegExp(`^to fix ${where}`)));
  });

  test('keeps what was pasted text', async () => {
    const { text } = await check({ kind: 'request', text: '</textarea><script>alert(1)</script>' });
    expect(text).not.toContain('<script>alert');
  });

  test('takes nothing but a form, of a size', async () => {
    const post = request(app).post('/self-test').auth('admin', adminToken);
    await post.type('json').send('{}').expect(415);
    await check({ kind: 'nonsense', text: 'x' }).expect(400);
    await check({ kind: 'keys', text: 'x'.repeat(4_100_000) }).expect(413);
  });
});
