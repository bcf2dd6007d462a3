/**
 * One request of a read, over fhir-kit-client, which adds the headers and parses; everything about where to go, how
 * long and how much is decided here and in `src/outbound`.
 */
import { Client } from 'fhir-kit-client';
import type { Dispatcher } from 'undici';
import { scan } from 'secure-json-parse';
import { isObject, isResource } from '../cds-hooks/fhir-value.js';
import { measure } from '../json/json-limits.js';
import type { FhirReading, FhirSource } from './reader.js';

export type Attempt =
  | Exclude<FhirReading, { readonly outcome: 'failed' }>
  | { readonly outcome: 'failed'; readonly isServerTrouble: boolean }
  /** 429 or 503; `retryAfterMs` when the server said when to come again. */
  | { readonly outcome: 'busy'; readonly retryAfterMs?: number };

/** What an answer may hold at most, before anything recursive touches it. */
const answerLimits = { depth: 64, values: 200_000 };

export async function attempt(
  { server, accessToken, traceparent }: FhirSource,
  url: URL,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<Attempt> {
  const client = new Client({
    baseUrl: server.url,
    ...(accessToken === undefined ? {} : { bearerToken: accessToken }),
    customHeaders: { 'accept-encoding': 'identity', ...(traceparent === undefined ? {} : { traceparent }) },
  });
  try {
    // A redirect could carry the token elsewhere, so none is followed.
    // The types of Node's own fetch know a dispatcher of its own version alone.
    const through: object = { dispatcher };
    const options = { signal, redirect: 'error', ...through } as const;
    return judge(await client.request(url.href, { options }));
  } catch (error) {
    return signal.aborted ? { outcome: 'timeout' } : refusal(error);
  }
}

function judge(answer: unknown): Attempt {
  const isBounded = isResource(answer) && measure(answer, answerLimits).ok;
  if (!isBounded || !isClean(answer)) return { outcome: 'failed', isServerTrouble: false };
  // The client hides the request, token included, in a property of the answer: a copy leaves it behind.
  return { outcome: 'resource', resource: { ...answer } };
}

/** Free of keys that reach into prototypes. */
function isClean(answer: object): boolean {
  try {
    scan(answer, { protoAction: 'error', constructorAction: 'error' });
    return true;
  } catch {
    return false;
  }
}

function refusal(error: unknown): Attempt {
  const status = statusOf(error);
  if (status === 401 || status === 403) return { outcome: 'forbidden' };
  if (status === 404 || status === 410) return { outcome: 'not-found' };
  if (status === 429 || status === 503) {
    const retryAfterMs = retryAfterOf(error);
    return { outcome: 'busy', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  return { outcome: 'failed', isServerTrouble: status === undefined || status >= 500 };
}

function statusOf(error: unknown): number | undefined {
  if (!isObject(error) || !isObject(error.response)) return undefined;
  return typeof error.response.status === 'number' ? error.response.status : undefined;
}

/** Seconds or an HTTP date, as milliseconds from now. */
function retryAfterOf(error: unknown): number | undefined {
  const headers = isObject(error) && isObject(error.config) ? error.config.headers : undefined;
  const text = headers instanceof Headers ? headers.get('retry-after') : null;
  if (text === null) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
