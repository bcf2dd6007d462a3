/**
 * Answers one hook call: checked request, data for each prefetch key, the service's cards.
 */
import type { Problem } from '../cds-hooks/problem.js';
import { hookOf, parseHookRequest, type HookRequest } from '../cds-hooks/request.js';
import type { CdsService, HookAnswer, KeyData } from '../cds-hooks/service.js';
import type { FeedbackIntake } from '../feedback/intake.js';
import { missingRequired, resolvePrefetch, type MissingKey } from '../fhir/prefetch.js';
import type { FhirReader } from '../fhir/reader.js';
import { startDeadline } from '../fhir/deadline.js';
import type { PrefetchCounts } from '../operations/log.js';
import type { Answer } from './answer.js';
import type { Caller } from './caller.js';
import type { Exchange } from './exchange.js';
import type { Failure } from './failure.js';

export interface CallParts {
  readonly fhirReader: FhirReader;
  readonly feedback: Pick<FeedbackIntake, 'rememberCards'>;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly limits: CallLimits;
}

export interface CallLimits {
  /** Pages of a search read at most. */
  readonly pages: number;
}

export async function answerHookCall(
  service: CdsService,
  body: unknown,
  exchange: Exchange,
  caller: Caller,
  parts: CallParts,
): Promise<Answer> {
  const called = { service: service.id, hook: service.hook };
  const request = checkedRequest(service, body);
  if ('failure' in request) return { ...request, facts: called };
  const { context, hookInstance, fhirServer } = request;
  const concerns = { hookInstance, patientId: context.patientId, userId: context.userId };

  const data = await resolveWithin(service, request, exchange, caller, parts);
  const facts = { ...called, prefetch: counted(data) };
  const missing = missingRequired(service.prefetch, data);
  if (missing.length > 0) return { ...dataUnavailable(missing), facts, concerns };

  const asOf = parts.clock();
  const answer = service.evaluate({
    hookInstance,
    profile: caller.profile,
    context,
    ...(fhirServer === undefined ? {} : { fhirServer }),
    data,
    asOf,
    newId: parts.newId,
  });
  parts.feedback.rememberCards(
    answer.records.map((record) => ({
      record,
      service: service.id,
      hook: service.hook,
      client: caller.keptAs,
      patientId: context.patientId,
      userId: context.userId,
      shownAt: asOf,
    })),
  );
  return { body: responseOf(answer), facts: { ...facts, ...cardFacts(answer) }, concerns };
}

function checkedRequest(service: CdsService, body: unknown): HookRequest | Failure {
  const hook = hookOf(body);
  const problem: Problem = {
    path: 'hook',
    message: `must be "${service.hook}" for the service "${service.id}"`,
  };
  if (hook !== undefined && hook !== service.hook) return { failure: 'wrong-hook', problems: [problem] };
  const parsed = parseHookRequest(service.hook, body);
  if (parsed.ok && hook !== undefined) return parsed.value;
  const others = parsed.ok ? [] : parsed.problems;
  const isNoObject = others.some(({ path }) => path === '');
  return {
    failure: 'invalid-request',
    problems: hook === undefined && !isNoObject ? [problem, ...others] : others,
  };
}

async function resolveWithin(
  service: CdsService,
  { context, prefetch, fhirServer, accessToken }: HookRequest,
  { elapsedMs, trace }: Exchange,
  { budget, serverNamed }: Caller,
  { fhirReader, limits }: CallParts,
): Promise<ReadonlyMap<string, KeyData>> {
  const server = fhirServer === undefined ? undefined : serverNamed(fhirServer);
  const deadline = startDeadline(Math.min(budget.fhirBudgetMs, budget.budgetMs - elapsedMs()));
  try {
    const data = await resolvePrefetch({
      templates: service.prefetch,
      context,
      prefetched: prefetch,
      source:
        server === undefined
          ? undefined
          : {
              server,
              ...(accessToken === undefined ? {} : { accessToken }),
              traceparent: trace.traceparent,
            },
      reader: fhirReader,
      deadline,
      pageLimit: limits.pages,
    });
    return fhirServer !== undefined && server === undefined ? asNotRegistered(data) : data;
  } finally {
    deadline.end();
  }
}

/** What was not read because the server is not one of the client's is told as such: the site has to act. */
function asNotRegistered(data: ReadonlyMap<string, KeyData>): ReadonlyMap<string, KeyData> {
  return new Map(
    [...data].map(([key, found]) =>
      found.state === 'unavailable' && found.reason === 'not-provided'
        ? [key, { state: 'unavailable', reason: 'not-registered' }]
        : [key, found],
    ),
  );
}

/** Absent values stay absent: the standard forbids empty ones, except for the cards themselves. */
function responseOf({ cards, extension }: HookAnswer): object {
  return { cards, ...(extension === undefined ? {} : { extension }) };
}

function dataUnavailable(missing: readonly MissingKey[]): Failure {
  return {
    failure: 'data-unavailable',
    problems: missing.map(({ key, why }) => ({ path: `prefetch.${key}`, message: reasons[why] })),
  };
}

const reasons: Readonly<Record<MissingKey['why'], string>> = {
  'not-provided': 'was not sent, and no fhirServer was named to read it from: send one or the other',
  'not-registered':
    'was not sent, and fhirServer is not a FHIR server that the site has registered for this client',
  'client-failed': 'holds an OperationOutcome or something that is not the FHIR data asked for',
  forbidden: 'could not be read: the FHIR server refused the access token (401 or 403)',
  timeout: 'could not be read from the FHIR server in the time of the call: send it as prefetch',
  failed: 'could not be read: the FHIR server failed or did not answer with FHIR',
  none: 'does not exist',
};

function counted(data: ReadonlyMap<string, KeyData>): PrefetchCounts {
  const counts: Record<string, number> = {};
  for (const found of data.values()) {
    const state = found.state === 'unavailable' ? found.reason : found.state;
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

function cardFacts({ cards, records, ofOtherPatients }: HookAnswer) {
  return {
    cards: cards.length,
    ...(ofOtherPatients === 0 ? {} : { otherPatients: ofOtherPatients }),
    outcomes: records.map(({ outcome }) => outcome),
    rules: records.map(({ rule }) => rule),
  };
}
