/** Would this call be taken, and what would come of it? Nothing is remembered and nothing is fetched. */
import { clientProfile } from '../../cds-hooks/profiles.js';
import { hookOf, parseHookRequest } from '../../cds-hooks/request.js';
import type { CdsService, KeyData } from '../../cds-hooks/service.js';
import { startDeadline } from '../../fhir/deadline.js';
import { missingRequired, resolvePrefetch } from '../../fhir/prefetch.js';
import type { FhirReader } from '../../fhir/reader.js';
import { type Check, failed, note, passed } from './check.js';

export interface RequestCheckParts {
  readonly services: readonly CdsService[];
  readonly reader: FhirReader;
  readonly now: Date;
  readonly newId: () => string;
}

const budgetMs = 2000;

/** @param body the JSON of the call, limits already checked */
export async function checkRequest(body: unknown, parts: RequestCheckParts): Promise<readonly Check[]> {
  const { services, reader, now, newId } = parts;
  const hook = hookOf(body);
  const service = services.find((one) => one.hook === hook);
  if (service === undefined) {
    const known = services.map((one) => one.hook).join(', ');
    return [failed('hook', `Must be one of ${known}.`)];
  }
  const parsed = parseHookRequest(service.hook, body);
  if (!parsed.ok)
    return parsed.problems.map(({ path, message }) => failed(path === '' ? 'body' : path, message));
  const { context, hookInstance, options, prefetch, fhirServer, accessToken } = parsed.value;
  const deadline = startDeadline(budgetMs);
  const data = await resolvePrefetch({
    templates: service.prefetch,
    context,
    prefetched: prefetch,
    source: 'not-provided',
    reader,
    deadline,
    pageLimit: 1,
  }).finally(() => deadline.end());
  const missing = missingRequired(service.prefetch, data);
  const keys = [...data].map(([key, found]) =>
    checkKey(key, found, service.prefetch[key]?.required === true),
  );
  const server =
    fhirServer === undefined
      ? note('fhirServer', 'Not named: what was not prefetched can’t be read.')
      : note(
          'fhirServer',
          `Named${accessToken === undefined ? ', without a token' : ', with a token'}; it has to be registered for the client. Not called here.`,
        );
  const form = passed('Form', `a ${service.hook} call as CDS Hooks 2.0.1 has it`);
  if (missing.length > 0)
    return [
      form,
      ...keys,
      server,
      failed('Answer', 'Would be 412 unless the FHIR server gives the required keys.'),
    ];
  const { cards, mostCards, ofOtherPatients } = service.evaluate({
    hookInstance,
    profile: clientProfile('generic'),
    options,
    context,
    data,
    asOf: now,
    newId,
  });
  const topics = cards
    .slice(0, mostCards)
    .map(({ source, indicator }) => `${source.topic?.code ?? source.label} (${indicator})`);
  return [
    form,
    ...keys,
    server,
    ...(ofOtherPatients > 0
      ? [failed('Patient', `${ofOtherPatients} resources are about other patients; they were left out.`)]
      : [passed('Patient', 'everything is about the patient of the context')]),
    note('Answer', topics.length === 0 ? 'No card: nothing to say.' : `Cards: ${topics.join(', ')}`),
  ];
}

function checkKey(key: string, data: KeyData, isRequired: boolean): Check {
  const subject = `prefetch.${key}`;
  switch (data.state) {
    case 'present':
      return data.complete
        ? passed(subject, counted(data.resources.length))
        : note(
            subject,
            `${counted(data.resources.length)}, but not all: further pages, or entries of others`,
          );
    case 'none':
      return isRequired
        ? failed(subject, 'sent as nothing, but required')
        : passed(subject, 'sent: there is none');
    case 'unavailable': {
      const text =
        data.reason === 'not-provided'
          ? 'not sent; read from the FHIR server where one is named'
          : 'holds an OperationOutcome, another patient, or what is not FHIR';
      return isRequired || data.reason !== 'not-provided' ? failed(subject, text) : note(subject, text);
    }
    default:
      return data satisfies never;
  }
}

function counted(count: number): string {
  return count === 1 ? '1 resource' : `${count} resources`;
}
