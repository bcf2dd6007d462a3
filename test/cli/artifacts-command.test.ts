/** `artifacts`: every definition as one Bundle. What the Bundle of a release holds: test/release. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import { publishedDefinitions } from '../../cds-services/index.js';
import { artifactsCommand } from '../../src/cli/artifacts-command.js';
import { publishedWith } from '../../src/published/published-definitions.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(['transaction', 'collection'])('a %s holds every definition once', (type) => {
  const out = join(folder, 'bundle.json');
  const definitions = publishedWith(publishedDefinitions()).map(({ resource }) => resource);
  expect(artifactsCommand({ out, type })).toEqual({
    exitCode: 0,
    stderr: `${definitions.length} definitions written to ${out}`,
  });
  const bundle = JSON.parse(readFileSync(out, 'utf8')) as Bundle;
  expect(bundle.type).toBe(type);
  expect(bundle.entry?.map(({ resource }) => resource)).toEqual(JSON.parse(JSON.stringify(definitions)));
  const urls = bundle.entry?.map(({ fullUrl }) => fullUrl) ?? [];
  expect(new Set(urls).size).toBe(definitions.length);
});

test('a transaction puts each definition under its own id, so that a second load changes nothing', () => {
  const bundle = JSON.parse(artifactsCommand({ type: 'transaction' }).stdout ?? '') as Bundle;
  for (const { request, resource } of bundle.entry ?? []) {
    expect(request).toEqual({ method: 'PUT', url: `${resource?.resourceType ?? ''}/${resource?.id ?? ''}` });
  }
});

test('a file that cannot be written and a type that is none are named', () => {
  const out = join(folder, 'none', 'bundle.json');
  expect(artifactsCommand({ out, type: 'transaction' })).toEqual({
    exitCode: 73,
    stderr: `--out ${out}: cannot be written; name a file in a folder that exists`,
  });
  expect(artifactsCommand({ type: 'batch' })).toMatchObject({
    exitCode: 64,
    stderr: expect.stringContaining('--type'),
  });
});
