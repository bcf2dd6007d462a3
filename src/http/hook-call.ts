/**
 * Answers one hook call: checked request, data for each prefetch key, the service's cards.
 */
import type { Problem } from '../cds-hooks/problem.js';
import { hookOf, parseHookRequest, type HookRequest } from '../cds-hooks/request.js';
import type { Attention, Call, Spoken } from '../attention/attention.js';
import type { CdsService, HookAnswer, KeyData, PageAddresses } from '../cds-hooks/service.js';
import type { Pseudonym } from '../database/pseudonym.js';
import type { DecisionKeeper } from '../decisions/decision-keeper.js';
import type { FeedbackIntake } from '../feedback/intake.js';
import { missingRequired, resolvePrefetch, type MissingKey } from '../fhir/prefetch.js';
import type { NoSource } from '../fhir/pages.js';
import type { FhirReader, FhirSource } from '../fhir/reader.js';
import { startDeadline } from '../fhir/deadline.js';
import type { Gap, PrefetchCounts } from '../operations/request-line.js';
import { type Mode, modeOf, type Rollout } from '../rollout/rollout.js';
import type { Answer } from './answer.js';
import type { Caller } from './caller.js';
import type { Exchange } from './exchange.js';
import type { Failure } from './failure.js';

export interface CallParts {
  readonly fhirReader: FhirReader;
  readonly feedback: Pick<FeedbackIntake, 'rememberCards' | 'rememberActs'>;
  /** Absent where the site has not consented. */
  readonly decisions?: Pick<DecisionKeeper, 'add'> | undefined;
  readonly attention: Attention;
  readonly pseudonym: Pseudonym;
  /** What is live just now. */
  readonly rollout: () => Rollout;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly limits: CallLimits;
  /** Which pages the cards of a call may lead to. */
  readonly pagesFor: (caller: Caller, fhirServer: string | undefined) => PageAddresses;
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
  const { context, hookInstance, fhirServer, options } = request;
  const concerns = { hookInstance, patientId: context.patientId, userId: context.userId };

  const data = await resolveWithin(service, request, exchange, caller, parts);
  const missing = missingRequired(service.prefetch, data);
  const facts = { ...called, prefetch: counted(data), ...gapsIn(data, missing) };
  if (missing.length > 0) return { ...dataUnavailable(missing), facts, concerns };

  const asOf = parts.clock();
  const answer = service.evaluate({
    hookInstance,
    profile: caller.profile,
    options,
    context,
    ...(fhirServer === undefined ? {} : { fhirServer }),
    data,
    pages: parts.pagesFor(caller, fhirServer),
    asOf,
    newId: parts.newId,
  });
  const call = { client: caller.keptAs, context, hookInstance, now: asOf };
  const spoken = await parts.attention(answer, call, service);
  const mode = modeOf(parts.rollout(), {
    client: caller.client,
    service: service.id,
    patient: parts.pseudonym('patient', caller.keptAs, context.patientId),
    records: answer.records,
  });
  remember(service, call, { answer, spoken, mode }, parts);
  return {
    body: bodyOf(answer, spoken, mode),
    facts: { ...facts, ...cardFacts(answer, spoken, mode) },
    concerns,
  };
}

interface Outcome {
  readonly answer: HookAnswer;
  readonly spoken: Spoken;
  readonly mode: Mode;
}

/** What went out, or would have gone out; of what is switched off nothing is kept. */
function remember(
  service: CdsService,
  { client, context, hookInstance, now }: Call,
  { answer, spoken, mode }: Outcome,
  { feedback, decisions, newId }: Pick<CallParts, 'feedback' | 'decisions' | 'newId'>,
): void {
  const { patientId, userId, encounterId } = context;
  feedback.rememberActs(answer.acts.map((act) => ({ act, client, patientId, seenAt: now })));
  if (mode === 'off') return;
  feedback.rememberCards(
    spoken.records.map((record) => ({
      record,
      service: service.id,
      hook: service.hook,
      client,
      patientId,
      userId,
      encounterId,
      hookInstance,
      shownAt: now,
      mode,
      isRepeat: spoken.repeats.has(record.cardUuid),
    })),
  );
  if (decisions !== undefined && answer.decision !== undefined && spoken.records.length > 0)
    decisions.add([{ id: newId(), keptAt: now, body: answer.decision() }]);
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
  request: HookRequest,
  exchange: Exchange,
  caller: Caller,
  { fhirReader, limits }: CallParts,
): Promise<ReadonlyMap<string, KeyData>> {
  const { budgetMs, fhirBudgetMs } = caller.budget;
  const deadline = startDeadline(Math.min(fhirBudgetMs, budgetMs - exchange.elapsedMs()));
  try {
    return await resolvePrefetch({
      templates: service.prefetch,
      context: request.context,
      prefetched: request.prefetch,
      source: sourceOf(request, caller, exchange),
      reader: fhirReader,
      deadline,
      pageLimit: limits.pages,
    });
  } finally {
    deadline.end();
  }
}

function sourceOf(
  { fhirServer, accessToken }: HookRequest,
  { client, serverNamed }: Caller,
  { trace: { traceparent } }: Exchange,
): FhirSource | NoSource {
  if (fhirServer === undefined) return 'not-provided';
  const server = serverNamed(fhirServer);
  if (server === undefined) return 'not-registered';
  return { server, client, traceparent, ...(accessToken === undefined ? {} : { accessToken }) };
}

/** Absent values stay absent: the standard forbids empty ones, except for the cards themselves. */
function bodyOf({ extension }: HookAnswer, { cards }: Spoken, mode: Mode): object {
  if (mode !== 'live') return { cards: [] };
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

/** Nothing when every key has its data, or is known to have none. */
function gapsIn(data: ReadonlyMap<string, KeyData>, missing: readonly MissingKey[]) {
  const gaps = new Map<string, Gap>(missing.map(({ key, why }) => [key, why]));
  for (const [key, found] of data) {
    if (found.state === 'unavailable') gaps.set(key, found.reason);
    if (found.state === 'present' && !found.complete) gaps.set(key, 'incomplete');
  }
  return gaps.size === 0 ? {} : { gaps: Object.fromEntries(gaps) };
}

function cardFacts({ ofOtherPatients }: HookAnswer, { records, silent }: Spoken, mode: Mode) {
  const shown = mode === 'live' ? records : [];
  return {
    cards: shown.length,
    ...(mode === 'live' ? {} : { mode }),
    ...(Object.keys(silent).length === 0 ? {} : { silent }),
    ...(ofOtherPatients === 0 ? {} : { otherPatients: ofOtherPatients }),
    outcomes: shown.map(({ outcome }) => outcome),
    rules: shown.map(({ rule }) => rule),
    indicators: shown.map(({ indicator }) => indicator),
  };
}
