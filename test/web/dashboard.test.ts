/** The feedback dashboard over HTTP: for the admin alone, the same figures in three forms, no script, no other host. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import request from 'supertest';
import { createFeedbackStore } from '../../src/feedback/database-store.js';
import * as charts from '../../src/web/dashboard/charts.js';
import { statistics, type Statistics } from '../../src/feedback/statistics.js';
import type { ShownCard } from '../../src/feedback/store.js';
import type { Database } from '../../src/database/open-database.js';
import { testApp } from '../support/app.js';
import { opened } from '../support/databases.js';

const token = 'an-admin-token-of-more-than-32-characters';
const clock = () => new Date('2026-11-23T10:00:00Z');

let folder: string;
let database: Database;
let app: ReturnType<typeof testApp>['app'];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  database = await opened(`file:${join(folder, 'x.db')}`);
  const store = createFeedbackStore(database);
  await store.rememberCards(Array.from({ length: 40 }, (_, index) => card(index)));
  await store.addFeedback(
    Array.from({ length: 12 }, (_, index) => ({
      service: 's',
      client: 'north',
      receivedAt: clock(),
      feedback: {
        card: uuidOf(index),
        outcome: 'overridden' as const,
        hasComment: false,
        reason: { code: '<script>alert(1)</script>' },
        outcomeTimestamp: '2026-11-22T10:05:00.000Z',
      },
    })),
  );
  app = testApp({
    clock,
    dashboard: {
      adminToken: token,
      names: {
        rules: new Map([['T6', 'there is height to restore']]),
        reasons: new Map([['patient-refuses', 'The patient declines']]),
      },
      charts,
      statistics: (asked) => statistics(database, asked),
    },
  }).app;
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const uuidOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function card(index: number): ShownCard {
  const rule = index % 4 === 0 ? '0.1' : 'T6';
  return {
    record: {
      cardUuid: uuidOf(index),
      outcome: rule === 'T6' ? 'kyphoplasty' : 'surgical-referral',
      rule,
      rules: [rule],
      knowledgeVersion: '1.0.0',
      indicator: 'info',
      levels: ['L1'],
      missing: [],
      fingerprint: 'f',
      isGuard: false,
      suggestions: [],
    },
    service: 's',
    hook: 'order-select',
    client: 'north',
    patientId: `p${index}`,
    userId: 'u',
    encounterId: undefined,
    hookInstance: uuidOf(index),
    shownAt: new Date('2026-11-22T10:00:00Z'),
    mode: 'live',
    isRepeat: false,
  };
}

const get = (path: string) => request(app).get(path).auth('admin', token);

describe('nobody but the admin sees it', () => {
  test('without a token set there is no dashboard at all', async () => {
    const closed = testApp({ clock }).app;
    for (const path of ['/feedback', '/feedback.json', '/feedback.csv'])
      await request(closed).get(path).auth('admin', token).expect(404);
  });

  test.each<[string, string | undefined]>([
    ['no credentials', undefined],
    ['a wrong password', `Basic ${Buffer.from('admin:wrong').toString('base64')}`],
    ['the token as user name', `Basic ${Buffer.from(`${token}:`).toString('base64')}`],
    ['a wrong bearer token', 'Bearer wrong'],
    ['the beginning of the token', `Bearer ${token.slice(0, -1)}`],
    ['nonsense', 'Basic %%%'],
  ])('%s is refused, and a browser is told to ask', async (_, authorization) => {
    const asked = request(app).get('/feedback');
    const answer = await (authorization === undefined ? asked : asked.set('Authorization', authorization));
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      expect.stringMatching(/^Basic /),
    ]);
    expect(answer.text).not.toContain('T6');
  });

  test('a proxy in front may send the token as a bearer', async () => {
    await request(app).get('/feedback.json').set('Authorization', `Bearer ${token}`).expect(200);
  });
});

describe('the page', () => {
  test('shows tiles, charts and tables, without a script of its own and without another host', async () => {
    const { text, headers, type } = await get('/feedback').expect(200);
    expect(type).toBe('text/html');
    const { document } = parseHTML(text);
    expect(document.querySelectorAll('.tiles li')).toHaveLength(4);
    expect(document.querySelectorAll('figure svg[role="img"]')).toHaveLength(2);
    expect([...document.querySelectorAll('table')][0]?.textContent).toContain('there is height to restore');
    expect(document.querySelectorAll('script, img, iframe, style')).toHaveLength(0);
    expect(text).not.toMatch(/(?:src|href)="https?:/);
    const csp = headers['content-security-policy'] ?? '';
    expect(csp).toMatch(/^default-src 'none'; style-src 'self'; script-src 'nonce-[^']+';/);
    const look = document.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '';
    const answer = await request(app).get(look).expect(200);
    expect([answer.type, answer.headers['cache-control']]).toEqual([
      'text/css',
      'public, max-age=31536000, immutable',
    ]);
    expect(document.querySelectorAll('[style]')).toHaveLength(0);
  });

  test('keeps text of others text', async () => {
    const { text } = await get('/feedback').expect(200);
    expect(text).not.toContain('<script>alert');
  });

  test('is sorted by the address, and says by what', async () => {
    const first = async (path: string) => {
      const { document } = parseHTML((await get(path).expect(200)).text);
      return document.querySelector('tbody th')?.textContent;
    };
    expect(await first('/feedback')).toMatch(/^T6/);
    expect(await first('/feedback?sort=name')).toMatch(/^0\.1/);
    const { document } = parseHTML((await get('/feedback?sort=name')).text);
    expect(document.querySelector('[aria-sort]')?.textContent).toBe('rule');
  });

  test('says so when nothing was shown', async () => {
    const { text } = await get('/feedback?from=2020-01-01&until=2020-01-31').expect(200);
    expect(text).toContain('No card was shown in this period');
  });

  test.each([
    ['days=0', 'days'],
    ['days=x', 'days'],
    ['from=yesterday', 'from'],
    ['from=2026-11-30&until=2026-11-01', 'from'],
    ['from=2026-11-01&until=2026-13-45', 'until'],
  ])('%s is answered 400, naming the parameter', async (query, path) => {
    const { text } = await get(`/feedback?${query}`).expect(400);
    expect(text).toContain(path);
  });
});

describe('the same figures as data', () => {
  test('JSON', async () => {
    const found = (await get('/feedback.json?days=7').expect(200)).body as Statistics;
    expect(found.total).toMatchObject({ shown: 40, overridden: 12 });
    expect(found.byRule.groups.map(({ name, shown }) => [name, shown])).toEqual([
      ['T6', 30],
      ['0.1', 10],
    ]);
  });

  test('CSV, which a spreadsheet takes for numbers and never for a formula', async () => {
    const { text, headers } = await get('/feedback.csv?days=7').expect(200);
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="feedback-2026-11-17-2026-11-23.csv"/,
    );
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^kind,name,shown,accepted,overridden,ignored/);
    expect(lines[1]).toMatch(/^all,,40,0,12,/);
    expect(lines).toContainEqual(expect.stringMatching(/^rule,T6,30,/));
  });
});
