/** The whole loop in a real browser: a card goes out, is dismissed with a reason, and the dashboard shows it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibilityFaults, chromiumPath, launchBrowser } from '../support/browser.js';
import { startService, type ServiceProcess } from '../support/service-process.js';

const token = 'an-admin-token-of-more-than-32-characters';
const inBrowser = chromiumPath === undefined ? describe.skip : describe;
const request = readFileSync(
  new URL('../../fixtures/hooks/patient-view-kyphoplasty/request.json', import.meta.url),
  'utf8',
);

inBrowser('the feedback dashboard', () => {
  let folder: string;
  let service: ServiceProcess;
  let url: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loop-'));
    service = startService({ DATABASE_URL: `file:${join(folder, 'x.db')}`, ADMIN_TOKEN: token });
    [url, browser] = await Promise.all([service.url, launchBrowser()]);
    await dismissedCards(7);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    service.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  async function post(path: string, body: string): Promise<unknown> {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(200);
    return answer.json();
  }

  /** One card for each of as many patients, each dismissed. */
  async function dismissedCards(count: number): Promise<void> {
    const { context } = JSON.parse(request) as { readonly context: { readonly patientId: string } };
    for (let index = 0; index < count; index += 1) {
      const path = '/cds-services/vertebral-fracture-patient-view';
      const own = request.replaceAll(context.patientId, `${context.patientId}-${index}`);
      const { cards } = (await post(path, own)) as { readonly cards: readonly { readonly uuid: string }[] };
      expect(cards).toHaveLength(1);
      const feedback = {
        card: cards[0]?.uuid,
        outcome: 'overridden',
        overrideReason: { reason: { code: 'patient-refuses' }, userComment: 'canary comment' },
        outcomeTimestamp: new Date().toISOString(),
      };
      await post(`${path}/feedback`, JSON.stringify({ feedback: [feedback] }));
    }
  }

  async function opened(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      httpCredentials: { username: 'admin', password: token },
      ...options,
    });
    const page = await context.newPage();
    await page.goto(`${url}/feedback?days=7`);
    return page;
  }

  test('shows the dismissed cards with their rule and reason, without JavaScript', async () => {
    const page = await opened({ javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/Cards shown\s+7/);
    expect(text).toMatch(/Overridden\s+100 %/);
    expect(text).toContain('7 × The patient declines');
    expect(text).toContain('T6');
    expect(text).not.toContain('canary');
    await page.close();
  });

  test.each<[string, BrowserContextOptions]>([
    ['wide and light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
    ['wide and dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
    ['on a phone of 320 pixels', { viewport: { width: 320, height: 640 }, colorScheme: 'light' }],
  ])('is accessible: %s', async (_, options) => {
    const page = await opened({ ...options, bypassCSP: true });
    expect(await accessibilityFaults(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.close();
  });

  test('is worked by keyboard alone: another period, another order', async () => {
    const page = await opened();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('30 days');
    await Promise.all([page.waitForURL(/days=30/), page.keyboard.press('Enter')]);
    await page.getByRole('link', { name: 'overridden' }).focus();
    await Promise.all([page.waitForURL(/sort=overridden/), page.keyboard.press('Enter')]);
    expect(await page.locator('[aria-sort]').first().innerText()).toBe('overridden');
    await page.close();
  });

  test('asks no other host, and nothing on it is blocked by its own policy', async () => {
    const page = await opened();
    const hosts: string[] = [];
    const complaints: string[] = [];
    page.on('request', (asked) => hosts.push(new URL(asked.url()).host));
    page.on('console', (message) => complaints.push(message.text()));
    await page.reload();
    expect(new Set(hosts)).toEqual(new Set([new URL(url).host]));
    expect(complaints).toEqual([]);
    await page.close();
  });
});
