/** `vertebral-cds example`: a hook request about a synthetic patient, to try the service with. */
import { randomUUID } from 'node:crypto';
import { createServices, siteConfigurationSchema } from '../../cds-services/index.js';
import type { CommandResult } from './assess-command.js';
import { exampleRequest } from '../demo/example-request.js';
import { asOfToday, exampleNames, examplePatient } from '../demo/synthetic-patients.js';

export interface ExampleOptions {
  readonly hook: string;
  readonly order: string;
  readonly list?: boolean;
}

/** Exit code of a command line that can't be carried out (sysexits EX_USAGE). */
const USAGE_ERROR = 64;

/** @param today ISO date the record is made fresh for */
export function exampleCommand(name: string, options: ExampleOptions, today: string): CommandResult {
  const names = exampleNames();
  if (options.list === true) {
    return { exitCode: 0, stdout: names.map((known) => `${known}  ${examplePatient(known).why}`).join('\n') };
  }
  const service = createServices(siteConfigurationSchema.parse({})).find(({ hook }) => hook === options.hook);
  if (service === undefined) {
    return {
      exitCode: USAGE_ERROR,
      stderr: `--hook ${options.hook}: use patient-view, order-select or order-sign`,
    };
  }
  if (!names.includes(name)) {
    return {
      exitCode: USAGE_ERROR,
      stderr: `no synthetic patient ${name}: see vertebral-cds example --list`,
    };
  }
  const patient = asOfToday(examplePatient(name), today);
  const order = {
    resourceType: 'ServiceRequest',
    id: 'draft-1',
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${patient.id}` },
    code: { text: options.order },
  };
  return {
    exitCode: 0,
    stdout: JSON.stringify(exampleRequest(service, patient, [order], randomUUID()), undefined, 2),
  };
}
