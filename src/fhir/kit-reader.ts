/**
 * The FhirReader of the running service: every read bounded in time, tried again only where the server asks for it,
 * and behind a guard for each FHIR base.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Outbound } from '../outbound/outbound.js';
import { attempt, type Attempt } from './attempt.js';
import type { Deadline } from './deadline.js';
import { locate } from './location.js';
import type { FhirReader, FhirReading, FhirSource } from './reader.js';
import { guardServer, type BreakerState, type ServerGuard } from './server-guard.js';

export interface FhirReaderOptions {
  readonly outbound: Outbound;
  /** Milliseconds of one read at most, attempts and waits included. */
  readonly readTimeoutMs?: number;
  /** Reads under way at the same time per FHIR base. */
  readonly readsPerServer?: number;
  /** Failures in a row after which a base is left alone, and milliseconds for how long. */
  readonly failuresBeforeRest?: number;
  readonly restMs?: number;
  /** Told of every read that has ended, and of every change of a breaker; for metrics. */
  readonly onRead?: (read: FinishedRead) => void;
  readonly onBreaker?: (change: { readonly server: string; readonly state: BreakerState }) => void;
}

export interface FinishedRead {
  /** URL of the FHIR base as registered. */
  readonly server: string;
  /** First segment of the path below the base. */
  readonly resourceType: string;
  readonly outcome: FhirReading['outcome'];
  readonly ms: number;
  readonly attempts: number;
}

const retries = 2;
/** In a trial, calls may name any server: their guards must not pile up. */
const guardsKept = 500;
/** A read that was given less time says nothing about the server. */
const fairMs = 200;

export function createFhirReader(options: FhirReaderOptions): FhirReader {
  const { outbound, readTimeoutMs = 60_000, onRead = () => undefined } = options;
  const guards = createGuards(options);
  return {
    get: async (source, location, deadline) => {
      const url = locate(source.server.url, location);
      if (url === undefined) return { outcome: 'failed' };
      const started = performance.now();
      const own = boundedBy(deadline, readTimeoutMs);
      const dispatcher = outbound.dispatcher(source.server.network);
      const ask = () => attempt(source, url, dispatcher, own.signal);
      const { reading, attempts } = await unlessOver(own, insist(guards(source), ask, own));
      own.end();
      onRead({
        server: source.server.url,
        resourceType: resourceTypeOf(source, url),
        outcome: reading.outcome,
        ms: performance.now() - started,
        attempts,
      });
      return reading;
    },
  };
}

interface Insisted {
  readonly reading: FhirReading;
  readonly attempts: number;
}

/** A server that is busy and says for how long is asked again, as long as the wait still fits. */
async function insist(
  guard: ServerGuard,
  ask: () => Promise<Attempt>,
  deadline: Deadline,
): Promise<Insisted> {
  for (let attempts = 1; ; attempts += 1) {
    const result = await guard(() => timed(ask));
    if (result === 'refused') return { reading: { outcome: 'failed' }, attempts: attempts - 1 };
    const { outcome } = result.attempt;
    if (outcome !== 'busy') return { reading: readingOf(result.attempt), attempts };
    const wait = result.attempt.retryAfterMs;
    if (wait === undefined || attempts > retries || wait >= deadline.remainingMs()) {
      return { reading: { outcome: 'failed' }, attempts };
    }
    try {
      await pause(wait, undefined, { signal: deadline.signal });
    } catch {
      return { reading: { outcome: 'timeout' }, attempts };
    }
  }
}

interface Timed {
  readonly attempt: Attempt;
  readonly ms: number;
}

async function timed(ask: () => Promise<Attempt>): Promise<Timed> {
  const started = performance.now();
  const attempt = await ask();
  return { attempt, ms: performance.now() - started };
}

function readingOf(attempt: Exclude<Attempt, { readonly outcome: 'busy' }>): FhirReading {
  return attempt.outcome === 'failed' ? { outcome: 'failed' } : attempt;
}

function isTrouble(result: unknown): boolean {
  const { attempt, ms } = result as Timed;
  switch (attempt.outcome) {
    case 'timeout':
      return ms >= fairMs;
    case 'failed':
      return attempt.isServerTrouble;
    case 'resource':
    case 'not-found':
    case 'forbidden':
    case 'busy':
      return false;
    default:
      return attempt satisfies never;
  }
}

function createGuards(options: FhirReaderOptions): (source: FhirSource) => ServerGuard {
  const {
    readsPerServer = 64,
    failuresBeforeRest = 20,
    restMs = 5000,
    onBreaker = () => undefined,
  } = options;
  const guards = new Map<string, ServerGuard>();
  return ({ server: { url } }) => {
    const known = guards.get(url);
    if (known !== undefined) return known;
    const [oldest] = guards.keys();
    if (guards.size >= guardsKept && oldest !== undefined) guards.delete(oldest);
    const guard = guardServer(isTrouble, {
      reads: readsPerServer,
      failures: failuresBeforeRest,
      restMs,
      onBreaker: (state) => onBreaker({ server: url, state }),
    });
    guards.set(url, guard);
    return guard;
  };
}

/** A deadline of its own for one read, never later than that of the call. */
function boundedBy(call: Deadline, ms: number): Deadline {
  const controller = new AbortController();
  const endsAt = performance.now() + ms;
  const abort = () => controller.abort();
  if (call.signal.aborted) abort();
  const timer = setTimeout(abort, ms);
  call.signal.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, Math.min(call.remainingMs(), endsAt - performance.now())),
    end: () => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', abort);
    },
  };
}

/** A read that still waits for its turn ends with its time, too. */
function unlessOver({ signal }: Deadline, insisted: Promise<Insisted>): Promise<Insisted> {
  return new Promise((resolve, reject) => {
    const over = () => resolve({ reading: { outcome: 'timeout' }, attempts: 0 });
    if (signal.aborted) over();
    signal.addEventListener('abort', over, { once: true });
    insisted.then(resolve, reject).finally(() => signal.removeEventListener('abort', over));
  });
}

function resourceTypeOf({ server }: FhirSource, url: URL): string {
  const base = new URL(server.url).pathname.replace(/\/$/, '');
  return url.pathname.slice(base.length + 1).split('/')[0] ?? '';
}
