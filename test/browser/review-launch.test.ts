/** The review in a real browser, launched by an EHR with an authorization server of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, chromiumPath, launchBrowser } from '../support/browser.js';
import { startFhirServer, type FhirTestServer } from '../support/fhir-server.js';
import { watched } from '../support/page-budget.js';
import { startService, type ServiceProcess } from '../support/service-process.js';
import { startSmartServer, type SmartServer } from '../support/smart-server.js';

const inBrowser = chromiumPath === undefined ? describe.skip : describe;
const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

/** A fixture patient whose report and name would run, were they anything but text. */
function record(): Bundle {
  const file = new URL('../../fixtures/patients/t6-l3-wedge-40-percent/bundle.json', import.meta.url);
  const bundle = JSON.parse(readFileSync(file, 'utf8')) as Bundle;
  for (const { resource } of bundle.entry ?? []) {
    if (resource?.resourceType === 'DiagnosticReport')
      Object.assign(resource, {
        conclusion: `Acute wedge fracture of L3 ${hostile} with 40% loss of height.`,
      });
  }
  return bundle;
}

inBrowser('the review, launched from an EHR', () => {
  let folder: string;
  let fhir: FhirTestServer;
  let ehr: SmartServer;
  let service: ServiceProcess;
  let url: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'launch-'));
    fhir = await startFhirServer(record(), { token: 'patient-token' });
    const app = () => ({
      clientId: 'review-1',
      secret: 's3cret-of-the-review',
      redirectUri: `${url}/review`,
    });
    ehr = await startSmartServer(fhir, app, 'patient-token');
    const configuration = {
      reviewApps: [
        {
          fhirServer: { url: ehr.fhirBase, internal: true, allowHttp: true },
          clientId: 'review-1',
          secretVariable: 'REVIEW_SECRET',
        },
      ],
    };
    writeFileSync(join(folder, 'site.json'), JSON.stringify(configuration));
    service = startService({
      DATABASE_URL: `file:${join(folder, 'x.db')}`,
      CONFIG_FILE: join(folder, 'site.json'),
      AUTH: 'off',
      REVIEW_SECRET: 's3cret-of-the-review',
    });
    [url, browser] = await Promise.all([service.url, launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    service.kill('SIGKILL');
    await Promise.all([ehr.close(), fhir.close()]);
    rmSync(folder, { recursive: true });
  });

  async function launched(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const page = await (await browser.newContext({ bypassCSP: true, ...options })).newPage();
    const launch = ehr.launch({ patient: 'p01', appContext: '{"levels":["L3"]}' });
    await page.goto(`${url}/review/launch?${new URLSearchParams({ iss: ehr.fhirBase, launch }).toString()}`);
    return page;
  }

  test('shows the patient of the chart, read with the token of the launch', async () => {
    const page = await launched();
    await page.getByRole('heading', { name: 'L3: kyphoplasty favoured' }).waitFor();
    expect(await page.locator('.lead').innerText()).toContain('Patient p01, 78 years, female');
    expect(ehr.refusals).toEqual([]);
    expect(fhir.requests.every(({ authorization }) => authorization === 'Bearer patient-token')).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });

  test('what a report says stays text', async () => {
    const page = await launched();
    const load = watched(page);
    const quotes = await page.locator('blockquote').allInnerTexts();
    expect(quotes.join(' ')).toContain('<script>document.title=2</script>');
    expect(await page.title()).toMatch(/^Fracture review/);
    expect(await page.locator('main img').count()).toBe(0);
    expect(load.complaints).toEqual([]);
    await page.context().close();
  });

  test('works without JavaScript', async () => {
    const page = await launched({ javaScriptEnabled: false });
    expect(await page.locator('main').innerText()).toContain('L3: kyphoplasty favoured');
    await page.context().close();
  });

  test('loaded again it shows nobody: the launch is over', async () => {
    const page = await launched();
    const answer = await page.reload();
    expect(answer?.status()).toBe(400);
    expect(await page.locator('main').innerText()).not.toContain('L3');
    await page.context().close();
  });

  test('outside of a demonstration there is no small EHR', async () => {
    expect((await fetch(`${url}/try`)).status).toBe(404);
    expect((await fetch(`${url}/demo/fhir/metadata`)).status).toBe(404);
  });
});
