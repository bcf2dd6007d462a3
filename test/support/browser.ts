/** A real browser for pages: Chromium of the system, where there is one. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const places = [
  process.env.CHROMIUM,
  // The same browser without windows opens a page in a third of the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Undefined where no browser is installed: tests of pages are then left out, and say so. */
export const chromiumPath = places.find((path) => path !== undefined && existsSync(path));

export function launchBrowser(): Promise<Browser> {
  // In containers tests run as root, where Chromium can't put itself into its sandbox.
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page, each with the first place; nothing when it is clean. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Axe {
      run: (
        options: object,
      ) => Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
    }
    const { axe } = globalThis as unknown as { axe: Axe };
    // All rules are tried; of those that hold not every place is told.
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html ?? ''})`);
  });
}
