/**
 * One request to a FHIR server through fhir-kit-client, and what its ending says of the server.
 */
import './silent-client.js';
import { Client } from 'fhir-kit-client';
import { isObject } from '../cds-hooks/fhir-value.js';
import type { Outbound } from '../outbound/outbound.js';
import { isFhirJson, resourceIn } from './answer.js';
import type { Deadline } from './deadline.js';
import type { FhirReading, FhirSource } from './reader.js';

export interface Exchange {
  readonly reading: FhirReading;
  /** `ill`: no answer, or a 5xx. `unclear`: it was not given the time that an answer fairly takes. */
  readonly server: 'well' | 'ill' | 'unclear';
  /** The header of a 429 or 503. */
  readonly retryAfter?: string;
}

export interface Patience {
  /** Milliseconds a request may take, within its call. */
  readonly readTimeoutMs: number;
  /** Milliseconds after which a missing answer is the server's fault. */
  readonly fairWaitMs: number;
}

/** Never throws. `url` must lie below the base of the source, since the token goes with it. */
export async function exchange(
  source: FhirSource,
  url: URL,
  deadline: Deadline,
  outbound: Outbound,
  { readTimeoutMs, fairWaitMs }: Patience,
): Promise<Exchange> {
  const started = performance.now();
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  // Where the call's own time is shorter, its signal is enough.
  const timer = readTimeoutMs < deadline.remainingMs() ? setTimeout(giveUp, readTimeoutMs) : undefined;
  deadline.signal.addEventListener('abort', giveUp, { once: true });
  const answer = { isRefused: false };
  const dispatcher = outbound.dispatcher(source.server.network, {
    allowance: deadline.bytes,
    onRefused: () => (answer.isRefused = true),
  });
  try {
    if (deadline.signal.aborted) return { reading: { outcome: 'timeout' }, server: 'unclear' };
    return await answered(source, url, dispatcher, patience);
  } catch (error) {
    // Our own limits on an answer say nothing of the server's health.
    if (answer.isRefused) return { reading: { outcome: 'failed' }, server: 'well' };
    if (!patience.signal.aborted) return failed(error);
    const waited = performance.now() - started;
    return { reading: { outcome: 'timeout' }, server: waited < fairWaitMs ? 'unclear' : 'ill' };
  } finally {
    clearTimeout(timer);
    deadline.signal.removeEventListener('abort', giveUp);
  }
}

async function answered(
  { server, accessToken, traceparent }: FhirSource,
  url: URL,
  dispatcher: ReturnType<Outbound['dispatcher']>,
  { signal }: AbortController,
): Promise<Exchange> {
  const client = new Client({
    baseUrl: server.url,
    customHeaders: {
      'accept-encoding': 'identity',
      ...(traceparent === undefined ? {} : { traceparent }),
    },
    ...(accessToken === undefined ? {} : { bearerToken: accessToken }),
  });
  // Node's fetch takes a dispatcher, which the types of the client do not know.
  const options: object = { dispatcher, signal, redirect: 'error' };
  const answer = await client.request(url.href, { options });
  const { response } = Client.httpFor(answer);
  const resource = isFhirJson(response?.headers.get('content-type')) ? resourceIn(answer) : undefined;
  return {
    reading: resource === undefined ? { outcome: 'failed' } : { outcome: 'resource', resource },
    server: 'well',
  };
}

function failed(error: unknown): Exchange {
  const response = answerBehind(error);
  if (response === undefined) {
    // An error with a cause comes from the network; one without from a client that could not handle what came.
    const isBroken = isObject(error) && error.cause !== undefined;
    return { reading: { outcome: 'failed' }, server: isBroken ? 'ill' : 'well' };
  }
  const { status, retryAfter } = response;
  return {
    reading: { outcome: outcomeOf(status) },
    server: status >= 500 ? 'ill' : 'well',
    ...((status === 429 || status === 503) && retryAfter !== undefined ? { retryAfter } : {}),
  };
}

function outcomeOf(status: number): 'forbidden' | 'not-found' | 'failed' {
  if (status === 401 || status === 403) return 'forbidden';
  return status === 404 || status === 410 ? 'not-found' : 'failed';
}

/** The client puts status and headers into the errors it throws. */
function answerBehind(error: unknown): { readonly status: number; readonly retryAfter?: string } | undefined {
  if (!isObject(error) || !isObject(error.response) || typeof error.response.status !== 'number')
    return undefined;
  const headers = isObject(error.config) ? error.config.headers : undefined;
  const retryAfter = headers instanceof Headers ? headers.get('retry-after') : null;
  return { status: error.response.status, ...(retryAfter === null ? {} : { retryAfter }) };
}
