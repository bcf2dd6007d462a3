/** What a page asks of a browser: nothing of other hosts, little script. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

export interface PageLoad {
  /** Hosts that were asked for anything. */
  readonly hosts: ReadonlySet<string>;
  /** Bytes of scripts, compressed. */
  readonly scriptBytes: () => Promise<number>;
  /** What the console of the browser complained of. */
  readonly complaints: readonly string[];
}

/** Watches a page from here on. */
export function watched(page: Page): PageLoad {
  const hosts = new Set<string>();
  const complaints: string[] = [];
  const scripts: Promise<number>[] = [];
  page.on('request', (asked) => hosts.add(new URL(asked.url()).host));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script')
      scripts.push(answer.body().then((body) => gzipSync(body).length));
  });
  return {
    hosts,
    complaints,
    scriptBytes: async () => (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0),
  };
}
