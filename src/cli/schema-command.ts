/** `vertebral-cds configuration-schema`: prints the JSON Schema of CONFIG_FILE. */
import { siteConfigurationSchema } from '../../cds-services/index.js';
import { siteConfigurationJsonSchema } from '../config/json-schema.js';
import type { CommandResult } from './assess-command.js';

export function schemaCommand(): CommandResult {
  return {
    exitCode: 0,
    stdout: JSON.stringify(siteConfigurationJsonSchema(siteConfigurationSchema), null, 2),
  };
}
