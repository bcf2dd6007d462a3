import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const pages = ['security.md', 'operating.md', 'for-hospital-it.md', 'registering-a-client.md'];
const text = (page: string) => readFileSync(new URL(`docs/${page}`, root), 'utf8');

test('every test that docs/security.md names exists', () => {
  const named = [...new Set(text('security.md').match(/test\/[\w./-]+\.test\.ts/g))];
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});

test.each(pages)('docs/%s links only to pages that exist', (page) => {
  const links = [...text(page).matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => !existsSync(new URL(`docs/${link}`, root)))).toEqual([]);
});

test('every metric that docs/operating.md names is one, and every one is named', async () => {
  const { createMetrics } = await import('../../src/operations/metrics.js');
  const metrics = createMetrics({
    product: { name: 'x', version: '1' },
    clients: [],
    fhirServers: [],
    services: [],
    refusals: [],
  });
  const { text: rendered } = await metrics.render();
  const own = [...rendered.matchAll(/^# TYPE vertebral_cds_(\w+) /gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => !/^(process|nodejs)_/.test(name));
  const documented = text('operating.md');
  expect(own.length).toBeGreaterThan(15);
  expect(own.filter((name) => !documented.includes(name))).toEqual([]);
});
