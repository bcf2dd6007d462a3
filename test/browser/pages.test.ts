/** Every page, as people meet it: light, dark, on a phone, without JavaScript, from no other host, within its budget. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibilityFaults, chromiumPath, launchBrowser } from '../support/browser.js';
import { watched } from '../support/page-budget.js';
import { startService, type ServiceProcess } from '../support/service-process.js';

const token = 'an-admin-token-of-more-than-32-characters';
const inBrowser = chromiumPath === undefined ? describe.skip : describe;
const kilobytes = 1024;

/** A launch of the demonstration for a patient, as the small EHR makes it. */
const launch = Buffer.from(JSON.stringify({ patient: 'p01' })).toString('base64url');

inBrowser('the pages of a demonstration', () => {
  let folder: string;
  let service: ServiceProcess;
  let url: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pages-'));
    service = startService({ DATABASE_URL: `file:${join(folder, 'x.db')}`, ADMIN_TOKEN: token });
    [url, browser] = await Promise.all([service.url, launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    service.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const paths = (): Readonly<Record<string, string>> => ({
    console: '/',
    registration: '/registration',
    'self-test': '/self-test',
    try: '/try',
    knowledge: '/knowledge',
    review: `/review/launch?iss=${encodeURIComponent(`${url}/demo/fhir`)}&launch=${launch}`,
    'refused launch': '/review/launch',
    'choice of a patient': `/review/launch?iss=${encodeURIComponent(`${url}/demo/fhir`)}`,
  });
  const names = Object.keys(paths());

  async function opened(
    name: string,
    options: BrowserContextOptions = {},
    before?: (page: Page) => void,
  ): Promise<Page> {
    const context = await browser.newContext({
      httpCredentials: { username: 'admin', password: token },
      // A colour still on its way from dark to light is no colour to judge the contrast of.
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    before?.(page);
    await page.goto(`${url}${paths()[name] ?? ''}`);
    return page;
  }
  const done = (page: Page) => page.context().close();

  describe.each(names)('%s', (name) => {
    let page: Page;
    let load: ReturnType<typeof watched>;
    beforeAll(async () => {
      page = await opened(name, {}, (one) => {
        load = watched(one);
      });
    }, 20_000);
    afterAll(() => done(page));

    test.each([
      ['wide and dark', { width: 1200, height: 900 }, 'dark'],
      ['light, on a phone of 320 pixels', { width: 320, height: 640 }, 'light'],
    ] as const)(
      'is accessible and fits: %s',
      async (_, size, colorScheme) => {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityFaults(page)).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
      },
      20_000,
    );

    test('asks no other host, breaks no rule of its own, and needs little script', async () => {
      await page.waitForLoadState('networkidle');
      expect(load.hosts).toEqual(new Set([new URL(url).host]));
      expect(load.complaints.filter((text) => !text.includes('status of 400'))).toEqual([]);
      expect(await load.scriptBytes()).toBeLessThan(150 * kilobytes);
    });
  });

  test.each(names)('%s says what it is about without JavaScript', async (name) => {
    const page = await opened(name, { javaScriptEnabled: false });
    expect(await page.locator('h1').innerText()).toMatch(/\w{3}/);
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(100);
    await done(page);
  });

  test('the first thing of the console is painted without a script', async () => {
    const page = await opened('console');
    expect(await page.locator('script:not([type="application/json"])').count()).toBe(0);
    await page.waitForFunction(() =>
      performance.getEntriesByType('paint').some(({ name }) => name === 'first-contentful-paint'),
    );
    await done(page);
  });

  test('the review says everything but the what-if without JavaScript', async () => {
    const page = await opened('review', { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    expect(text).toContain('L3: kyphoplasty favoured');
    expect(text).toContain('about 40% loss of height');
    expect(await page.locator('.path tbody tr').count()).toBeGreaterThan(30);
    expect(await page.locator('.what-if').count()).toBe(0);
    await done(page);
  });

  test('a supposition flips the outcome and back, by keyboard alone, and is marked as hypothetical', async () => {
    const page = await opened('review');
    const compared = page.locator('.compared');
    await page.getByText('Findings of the patient', { exact: true }).focus();
    await page.keyboard.press('Enter');
    const deficit = page.getByRole('combobox', { name: 'Neurological deficit', exact: true });
    await deficit.focus();
    await page.keyboard.press('y');
    await compared.getByText('(changed)').waitFor();
    expect(await compared.innerText()).toMatch(/As recorded: kyphoplasty favoured row T6/);
    expect(await compared.innerText()).toMatch(/hypothetical surgical referral advised row 0\.1/);
    const reset = page.getByRole('button', { name: 'Reset' });
    await reset.focus();
    await page.keyboard.press('Enter');
    await compared.getByText('nothing supposed yet').waitFor();
    expect(await deficit.inputValue()).toBe('as-recorded');
    await done(page);
  });

  test('a height loss is typed, and a number that can’t be is not taken', async () => {
    const page = await opened('review');
    const loss = page.getByRole('spinbutton', { name: 'Height loss' });
    await loss.fill('85');
    await page.locator('.compared').getByText('vertebroplasty by the article').waitFor();
    await loss.fill('400');
    expect(await page.locator('.compared').innerText()).toContain('vertebroplasty by the article');
    await loss.fill('');
    await page.locator('.compared').getByText('nothing supposed yet').waitFor();
    await done(page);
  });

  test('printed, the review holds the whole decision path and no hypothesis', async () => {
    const page = await opened('review');
    await page.locator('.what-if').waitFor();
    await page.emulateMedia({ media: 'print' });
    const row = await page.locator('.path tbody tr').first().boundingBox();
    expect(row?.height).toBeGreaterThan(10);
    expect(await page.locator('.what-if').isVisible()).toBe(false);
    await done(page);
  });

  test('a link of a card leads to its row of the knowledge', async () => {
    const page = await opened('knowledge');
    await page.goto(`${url}/knowledge#row-T6`);
    await page.locator('#row-T6').waitFor();
    expect(await page.locator('#row-T6').innerText()).toContain('height loss below 70 %');
    await done(page);
  });

  test('a pasted token is judged on the page', async () => {
    const page = await opened('self-test');
    await page.getByRole('textbox', { name: 'Token (JWT)' }).fill('no-token-at-all');
    await page.locator('form', { hasText: 'Token (JWT)' }).getByRole('button', { name: 'Check' }).click();
    await page.getByRole('heading', { name: /Token \(JWT\): 1 to fix/ }).waitFor();
    expect(await page.content()).not.toContain('no-token-at-all');
    await done(page);
  });
});
