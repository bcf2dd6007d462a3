/** What is disclosed is the same everywhere: in the documentation, for machines, and on the page. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { createPages } from '../../../../cds-services/index.js';
import { disclosure, withFigures } from '../../../../cds-services/vertebral-fracture/disclosed/disclosure.js';
import { knowledgeFile } from '../../../../cds-services/vertebral-fracture/disclosed/knowledge-file.js';
import { knowledgeMarkdown } from '../../../../cds-services/vertebral-fracture/disclosed/knowledge-markdown.js';
import { sources } from '../../../../cds-services/vertebral-fracture/knowledge.js';
import { testApp, get } from '../../../support/app.js';

const docs = new URL('../../../../docs/', import.meta.url);
const written = (name: string) => readFileSync(new URL(name, docs), 'utf8');

test('docs/knowledge.md and docs/knowledge.json say what the knowledge says: else run `npm run knowledge:docs`', async () => {
  const options = await resolveConfig(new URL('knowledge.md', docs));
  const markdown = await format(knowledgeMarkdown(knowledgeFile), { ...options, parser: 'markdown' });
  expect(written('knowledge.md')).toBe(markdown);
  expect(JSON.parse(written('knowledge.json'))).toEqual(JSON.parse(JSON.stringify(knowledgeFile)));
});

test('it is served for machines', async () => {
  const { app } = testApp({ pages: createPages({}) });
  const { status, body } = await get(app, '/knowledge.json');
  expect(status).toBe(200);
  expect(body).toEqual(JSON.parse(written('knowledge.json')));
});

test('it holds the 13 attributes in the order of the regulation, and every source that is named', () => {
  expect(disclosure.sourceAttributes.map(({ name }) => name)).toEqual([
    'Bibliographic citation of the intervention',
    'Developer of the intervention',
    'Funding source of the technical implementation',
    'Release and revision dates',
    'Use of race',
    'Use of ethnicity',
    'Use of language',
    'Use of sexual orientation',
    'Use of gender identity',
    'Use of sex',
    'Use of date of birth',
    'Use of social determinants of health data',
    'Use of health status assessment data',
  ]);
  const named = [
    ...knowledgeFile.rows.flatMap((row) => row.sources),
    ...knowledgeFile.thresholds.map(({ source }) => source),
  ];
  expect(named.filter((id) => !Object.hasOwn(sources, id))).toEqual([]);
});

test('a measured figure stands in one place, and both text and numbers have it', () => {
  const [reader, comparison] = ['Report reader', 'Decision in CQL'].map((named) =>
    disclosure.validation.find(({ what }) => what === named),
  );
  expect(reader?.done).toMatch(
    /^\d+ synthetic reports and \d+ sentences, .* F1 \.\d{3} \(precision \.\d{3}\)/,
  );
  expect(Object.keys(reader?.figures ?? {})).toHaveLength(10);
  expect(comparison?.figures.rows).toBe(knowledgeFile.rows.length);
  expect(comparison?.done).toContain(`${comparison?.figures.generatedPatients ?? 0} generated ones`);
});

test('a figure that the text does not name, or names without its being there, is a mistake', () => {
  expect(withFigures('{all} of {share}', { all: 12, share: 0.97 })).toBe('12 of .970');
  expect(() => withFigures('{all}', {})).toThrow('no figure all');
  expect(() => withFigures('all', { all: 1 })).toThrow('no text tells all');
});
