/**
 * The JSON Schema of CONFIG_FILE, for editors and for those who generate the file.
 */
import { z } from 'zod';
import { settings } from './server-configuration.js';

/** The whole file: the settings of the server and those of the services, as they are written (defaults not filled in). */
export function siteConfigurationJsonSchema(services: z.ZodObject): object {
  const options = { io: 'input', unrepresentable: 'any' } as const;
  const ours = z.toJSONSchema(settings, options);
  const theirs = z.toJSONSchema(services, options);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://vertebral-cds.org/schema/site-configuration.json',
    title: 'Site configuration of vertebral-cds (CONFIG_FILE)',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...ours.properties, ...theirs.properties },
    additionalProperties: false,
  };
}
