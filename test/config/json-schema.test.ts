import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { siteConfigurationSchema } from '../../cds-services/index.js';
import { siteConfigurationJsonSchema } from '../../src/config/json-schema.js';

const published = new URL('../../docs/site-configuration.schema.json', import.meta.url);

test('the published schema of CONFIG_FILE is the one that is checked at start (npm run schema)', () => {
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(siteConfigurationJsonSchema(siteConfigurationSchema))),
  );
});

test('every setting says what it is', () => {
  const { properties } = siteConfigurationJsonSchema(siteConfigurationSchema) as {
    properties: Record<string, { description?: string }>;
  };
  const silent = Object.entries(properties).filter(
    ([name, { description }]) => name !== '$schema' && description === undefined,
  );
  expect(silent).toEqual([]);
});
