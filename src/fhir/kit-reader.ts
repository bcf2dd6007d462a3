/**
 * FhirReader over fhir-kit-client: when a request is sent, how often, and when not at all.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Outbound } from '../outbound/outbound.js';
import type { Deadline } from './deadline.js';
import { exchange, type Exchange } from './exchange.js';
import { locate } from './location.js';
import type { FhirReader, FhirReading, FhirSource, ReadObserver } from './reader.js';
import { retryAfterMs } from './retry-after.js';
import { createServerGuards, type GuardSettings } from './server-guard.js';

export interface KitReaderOptions extends Partial<GuardSettings> {
  readonly outbound: Outbound;
  /** Milliseconds one request may take; the whole deadline of its call unless set. */
  readonly readTimeoutMs?: number;
  /** Milliseconds after which a missing answer is the server's fault and counts for the breaker; 250 unless set. */
  readonly fairWaitMs?: number;
  /** The types that reports of reads name; others are `other`. */
  readonly resourceTypes?: ReadonlySet<string>;
  readonly observer?: ReadObserver;
}

/** Requests of one read, the first included. */
const attemptsAtMost = 3;

/**
 * By default 64 reads at once and 1000 waiting per base, and none for 5 s after 20 failed reads in a row:
 * about two calls of which nothing could be read.
 */
export function createFhirReader({
  outbound,
  readTimeoutMs = Infinity,
  fairWaitMs = 250,
  resourceTypes = new Set(),
  observer = {},
  readsAtOnce = 64,
  readsWaiting = 1000,
  failures = 20,
  halfOpenAfterMs = 5000,
}: KitReaderOptions): FhirReader {
  const settings = { readsAtOnce, readsWaiting, failures, halfOpenAfterMs };
  const guardOf = createServerGuards(settings, (report) => observer.onBreaker?.(report));

  async function read(source: FhirSource, url: URL, deadline: Deadline): Promise<Read> {
    let attempts = 0;
    const request = () => {
      attempts += 1;
      return exchange(source, url, deadline, outbound, { readTimeoutMs, fairWaitMs });
    };
    const ending = await guardOf(source.server.url).run(
      (send) => withRetries(() => send(request), deadline),
      deadline.signal,
    );
    if (ending === 'over') return { reading: { outcome: 'timeout' }, attempts };
    return { reading: ending === 'refused' ? { outcome: 'failed' } : ending.reading, attempts };
  }

  return {
    get: async (source, location, deadline) => {
      const started = performance.now();
      const url = locate(source.server.url, location);
      const { reading, attempts } = url === undefined ? nowhere : await read(source, url, deadline);
      observer.onRead?.({
        ...(source.client === undefined ? {} : { client: source.client }),
        server: source.server.url,
        resourceType: typeOf(url, source.server.url, resourceTypes),
        outcome: reading.outcome,
        ms: performance.now() - started,
        attempts,
      });
      return reading;
    },
  };
}

interface Read {
  readonly reading: FhirReading;
  readonly attempts: number;
}

const nowhere: Read = { reading: { outcome: 'failed' }, attempts: 0 };

/** Only a server that says when to come back is asked again, and only when that is in time. */
async function withRetries(request: () => Promise<Exchange>, deadline: Deadline): Promise<Exchange> {
  for (let attempt = 1; ; attempt += 1) {
    const ending = await request();
    const wait = retryAfterMs(ending.retryAfter, Date.now());
    if (wait === undefined || attempt === attemptsAtMost || wait >= deadline.remainingMs()) return ending;
    await pause(wait, undefined, { signal: deadline.signal }).catch(() => undefined);
  }
}

function typeOf(url: URL | undefined, base: string, known: ReadonlySet<string>): string {
  const path = url?.pathname.slice(new URL(base).pathname.replace(/\/$/, '').length + 1) ?? '';
  const [type = ''] = path.split('/');
  return known.has(type) ? type : 'other';
}
