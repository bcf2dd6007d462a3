import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { logicContents } from '../../../../cds-services/vertebral-fracture/artifacts/logic-content.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cql-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const contents = () => logicContents(pathToFileURL(`${folder}/`));

test('CQL and ELM of one name are one library; other files are none', () => {
  writeFileSync(join(folder, 'B.cql'), 'library B');
  writeFileSync(join(folder, 'B.elm.json'), '{}');
  writeFileSync(join(folder, 'A.elm.json'), '[]');
  writeFileSync(join(folder, 'README.md'), '');
  expect(contents()).toEqual([
    { name: 'A', elm: '[]' },
    { name: 'B', cql: 'library B', elm: '{}' },
  ]);
});

test('a build without the folder has no content', () => {
  expect(logicContents(pathToFileURL(join(folder, 'none/')))).toEqual([]);
  expect(contents()).toEqual([]);
});
