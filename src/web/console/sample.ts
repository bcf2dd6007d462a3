/** A call about a synthetic patient with its answer, worked out by the service itself. */
import { clientProfile } from '../../cds-hooks/profiles.js';
import { parseHookRequest } from '../../cds-hooks/request.js';
import type { CdsService } from '../../cds-hooks/service.js';
import { exampleRequest } from '../../demo/example-request.js';
import { asOfToday, examplePatient } from '../../demo/synthetic-patients.js';
import { startDeadline } from '../../fhir/deadline.js';
import { resolvePrefetch } from '../../fhir/prefetch.js';
import type { FhirReader } from '../../fhir/reader.js';
import type { RegistrationFacts } from '../page/service-pages.js';

export interface Sample {
  readonly url: string;
  readonly request: object;
  readonly answer: object;
  /** The call from a shell, with the request in a file. */
  readonly curl: string;
}

export interface SampleParts {
  readonly services: readonly CdsService[];
  readonly sample: RegistrationFacts['sample'];
  readonly publicUrl: string;
  /** Whether a token has to go with the call. */
  readonly isTrial: boolean;
  readonly reader: FhirReader;
  readonly now: Date;
  readonly newId: () => string;
}

const budgetMs = 1000;

/** @throws when the services name a sample that can't be called: a mistake of the programme */
export async function sampleCall(parts: SampleParts): Promise<Sample> {
  const { services, sample, publicUrl, isTrial, now, newId } = parts;
  const service = services.find(({ hook }) => hook === sample.hook);
  if (service === undefined) throw new Error(`no service answers ${sample.hook}`);
  const patient = asOfToday(examplePatient(sample.patient), now.toISOString().slice(0, 10));
  const order = {
    resourceType: 'ServiceRequest',
    id: 'draft-1',
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${patient.id}` },
    code: { text: sample.order },
  };
  const request = exampleRequest(service, patient, [order], newId());
  const url = `${publicUrl}/cds-services/${service.id}`;
  const token = isTrial ? '' : " -H 'Authorization: Bearer <token>'";
  return {
    url,
    request,
    answer: await answered(service, request, parts),
    curl: `curl -s ${url} -H 'Content-Type: application/json'${token} -d @request.json`,
  };
}

async function answered(
  service: CdsService,
  body: object,
  { reader, now, newId }: SampleParts,
): Promise<object> {
  const parsed = parseHookRequest(service.hook, body);
  if (!parsed.ok) throw new Error('the sample request is not a valid one');
  const { context, hookInstance, options, prefetch } = parsed.value;
  const deadline = startDeadline(budgetMs);
  try {
    const data = await resolvePrefetch({
      templates: service.prefetch,
      context,
      prefetched: prefetch,
      source: 'not-provided',
      reader,
      deadline,
      pageLimit: 1,
    });
    const { cards, mostCards } = service.evaluate({
      hookInstance,
      profile: clientProfile('generic'),
      options,
      context,
      data,
      asOf: now,
      newId,
    });
    return { cards: cards.slice(0, mostCards) };
  } finally {
    deadline.end();
  }
}
