/**
 * Resolves the prefetch of a service for one call: each key is judged by itself, and a key the client left out is
 * read from its FHIR server, all of them at once.
 */
import { fillTemplate, queryKind, type QueryKind } from '../cds-hooks/prefetch-template.js';
import type { HookContext, KeyData, PrefetchTemplate, Unavailable } from '../cds-hooks/service.js';
import { holdsOthers, isWhatWasAsked } from './asked-for.js';
import { contentsOf } from './contents.js';
import { readPages, type AllPages, type FirstPage, type PageReading } from './pages.js';
import type { FhirReading } from './reader.js';

type Templates = Readonly<Record<string, PrefetchTemplate>>;

export interface PrefetchCall extends PageReading {
  readonly templates: Templates;
  readonly context: HookContext;
  /** What the client sent, key by key, unjudged. */
  readonly prefetched: ReadonlyMap<string, unknown>;
}

/**
 * Gives every key of the templates its data. Ends when all are settled, at the latest when the deadline is over:
 * what is not there by then is unavailable for `timeout`. Never throws.
 */
export async function resolvePrefetch(call: PrefetchCall): Promise<ReadonlyMap<string, KeyData>> {
  const keys = Object.entries(call.templates).map(async ([key, { query }]) => {
    const data = call.prefetched.has(key)
      ? await judge(call.prefetched.get(key), query, call)
      : await read(query, call);
    return [key, data] as const;
  });
  return new Map(await Promise.all(keys));
}

/**
 * A client that sends an OperationOutcome has tried: it is not asked again (CDS Hooks "Prefetch Template"). Nor is it
 * when it sends another resource than the one asked for: whose record the rest is would be anybody's guess.
 */
async function judge(value: unknown, template: string, call: PrefetchCall): Promise<KeyData> {
  if (value === null) return { state: 'none', from: 'prefetch' };
  const contents = contentsOf(value);
  switch (contents.kind) {
    case 'empty':
      return { state: 'none', from: 'prefetch' };
    case 'refusal':
    case 'not-fhir':
      return unavailable('client-failed');
    case 'resources': {
      const query = fillTemplate(template, call.context);
      if (query !== undefined && !isWhatWasAsked(query, contents.resources)) {
        return unavailable('client-failed');
      }
      return { state: 'present', from: 'prefetch', ...(await allOf(contents, call)) };
    }
    default:
      return contents satisfies never;
  }
}

async function read(template: string, call: PrefetchCall): Promise<KeyData> {
  const query = fillTemplate(template, call.context);
  if (query === undefined) return unavailable('not-provided');
  if (typeof call.source === 'string') return unavailable(call.source);
  const kind = queryKind(query);
  const reading = await call.reader.get(call.source, query, call.deadline);
  if (reading.outcome !== 'resource') return notRead(reading.outcome, kind);

  const expected = kind.kind === 'instance' ? kind.resourceType : 'Bundle';
  if (reading.resource.resourceType !== expected) return unavailable('failed');
  const contents = contentsOf(reading.resource);
  switch (contents.kind) {
    case 'empty':
      return { state: 'none', from: 'fhir-server' };
    case 'refusal':
    case 'not-fhir':
      return unavailable('failed');
    case 'resources':
      if (!isWhatWasAsked(query, contents.resources)) return unavailable('failed');
      return { state: 'present', from: 'fhir-server', ...(await allOf(contents, call, query)) };
    default:
      return contents satisfies never;
  }
}

/** Resources of another patient are the service's to leave out and to tell of; what they stand in place of is missing. */
async function allOf(first: FirstPage, call: PrefetchCall, location?: string): Promise<AllPages> {
  const { resources, complete } = await readPages(first, call, location);
  return { resources, complete: complete && !holdsOthers(resources, call.context.patientId) };
}

function notRead(outcome: Exclude<FhirReading['outcome'], 'resource'>, { kind }: QueryKind): KeyData {
  switch (outcome) {
    case 'not-found':
      return kind === 'instance' ? { state: 'none', from: 'fhir-server' } : unavailable('failed');
    case 'forbidden':
    case 'timeout':
    case 'failed':
      return unavailable(outcome);
    default:
      return outcome satisfies never;
  }
}

function unavailable(reason: Unavailable): KeyData {
  return { state: 'unavailable', reason };
}

export interface MissingKey {
  readonly key: string;
  readonly why: Unavailable | 'none';
}

/**
 * The required keys without which no card can be given. That a search finds nothing is an answer, and so is the
 * client's `null`; that the FHIR server does not have the one resource asked for is not.
 */
export function missingRequired(
  templates: Templates,
  data: ReadonlyMap<string, KeyData>,
): readonly MissingKey[] {
  return Object.entries(templates).flatMap(([key, { required, query }]): MissingKey[] => {
    if (!required) return [];
    const found = data.get(key) ?? unavailable('not-provided');
    if (found.state === 'unavailable') return [{ key, why: found.reason }];
    const isAbsentInstance =
      found.state === 'none' && found.from === 'fhir-server' && queryKind(query).kind === 'instance';
    return isAbsentInstance ? [{ key, why: 'none' }] : [];
  });
}
