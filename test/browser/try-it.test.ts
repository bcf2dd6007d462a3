/** The small EHR in a real browser: from the chart to a dismissed card, and what the feedback page then says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, chromiumPath, launchBrowser } from '../support/browser.js';
import { startService, type ServiceProcess } from '../support/service-process.js';

const token = 'an-admin-token-of-more-than-32-characters';
const inBrowser = chromiumPath === undefined ? describe.skip : describe;

inBrowser('try it', () => {
  let folder: string;
  let service: ServiceProcess;
  let url: string;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'try-'));
    service = startService({ DATABASE_URL: `file:${join(folder, 'x.db')}`, ADMIN_TOKEN: token });
    [url, browser] = await Promise.all([service.url, launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    service.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await (await browser.newContext({ bypassCSP: true })).newPage();
    await page.goto(`${url}/try`);
  });
  afterEach(() => page.context().close());

  const cards = () => page.locator('article.card');
  const total = async () => {
    const answer = await fetch(`${url}/feedback.json?days=7&cells=all`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await answer.json()) as {
      readonly total: { readonly shown: number; readonly accepted: number; readonly overridden: number };
      readonly reasons: readonly { readonly code: string | null }[];
    };
  };

  async function openChart(name: string): Promise<void> {
    await page.getByRole('combobox', { name: 'Patient' }).selectOption({ label: name });
    await page.getByRole('button', { name: 'Open chart' }).click();
    await page.getByText('The chart is open.').waitFor();
  }

  async function draft(order: string, level: string): Promise<void> {
    await page.getByRole('combobox', { name: 'Order' }).selectOption(order);
    await page.getByRole('combobox', { name: 'Level' }).selectOption(level);
    await page.getByRole('button', { name: 'Draft order' }).click();
    await page.getByText('The order is drafted.').waitFor();
  }

  test('a drafted vertebroplasty is answered with the better alternative; taking it changes the draft', async () => {
    await openChart('t6-l3-wedge-40-percent');
    await draft('Vertebroplasty', 'L3');
    await cards().first().waitFor();
    expect(await cards().first().innerText()).toContain('L3: kyphoplasty favoured');
    expect(await accessibilityFaults(page)).toEqual([]);
    const before = (await total()).total.accepted;
    await page.getByRole('button', { name: /Replace the draft by kyphoplasty/ }).click();
    await page.getByText(/^Done:/).waitFor();
    const drafts = await page.locator('.drafts li').allInnerTexts();
    expect(drafts.join()).toMatch(/kyphoplasty/i);
    expect(drafts.join()).not.toMatch(/^Vertebroplasty of L3/);
    expect((await total()).total.accepted).toBe(before + 1);
    await page.getByRole('button', { name: 'Sign orders' }).click();
    await page.getByText('No card: nothing to say now.').waitFor();
  });

  test('a dismissed card is gone, its reason stands in the feedback, and the next call keeps silent', async () => {
    await openChart('2-4-cement-allergy');
    await draft('Kyphoplasty', 'L1');
    await cards().first().waitFor();
    const reason = cards().first().getByRole('combobox', { name: 'Reason' });
    await reason.selectOption({ label: 'The patient declines' });
    await cards().first().getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText(/^Dismissed\./).waitFor();
    expect(await cards().count()).toBe(0);
    const found = await total();
    expect(found.total.overridden).toBeGreaterThan(0);
    expect(found.reasons.map(({ code }) => code)).toContain('patient-refuses');
  });

  test('request and answer stand beside it as they were', async () => {
    await openChart('t6-l3-wedge-40-percent');
    const wire = page.getByRole('region', { name: 'On the wire' });
    expect(await wire.innerText()).toContain('POST /cds-services/vertebral-fracture-patient-view');
    const [request] = await wire.locator('pre').allInnerTexts();
    expect(JSON.parse(request ?? '')).toMatchObject({ hook: 'patient-view', context: { patientId: 'p01' } });
  });

  test('from the card the review of the same patient opens through its SMART launch', async () => {
    await openChart('t6-l3-wedge-40-percent');
    await draft('Lumbar brace', '');
    await cards().first().waitFor();
    const [review] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open the fracture review' }).click(),
    ]);
    await review.getByRole('heading', { name: 'L3: kyphoplasty favoured' }).waitFor();
    expect(await review.locator('.lead').innerText()).toContain('Patient p01');
  });

  test('it is worked by keyboard alone', async () => {
    await page.getByRole('button', { name: 'Cauda equina' }).focus();
    await page.keyboard.press('Enter');
    await cards().first().waitFor();
    expect(await cards().first().getAttribute('aria-label')).toMatch(/^Critical: /);
    await page.getByRole('combobox', { name: 'Order' }).focus();
    await page.keyboard.press('k');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('The order is drafted.').waitFor();
    expect(await cards().first().innerText()).toContain('Critical');
  });

  test('says so when the service is gone', async () => {
    await page.route('**/cds-services/*', (route) => route.abort());
    await page.getByRole('button', { name: 'Cauda equina' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('did not answer');
  });
});
