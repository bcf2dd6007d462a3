/**
 * W3C Trace Context: the thread by which a call can be followed through EHR, this service and the FHIR server.
 * `tracestate` is not passed on: it holds whatever its sender likes.
 */
import { randomUUID } from 'node:crypto';

export interface TraceContext {
  /** 32 hex digits, the same along the whole way of a call. */
  readonly traceId: string;
  /** The header to send on: our own step as the parent of what follows. */
  readonly traceparent: string;
}

const version00 = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Continues the trace that the caller names in its `traceparent`, or begins one where it names none that is valid. */
export function traceOf(header: string | readonly string[] | undefined): TraceContext {
  const [, traceId = '', parentId = '', flags = '00'] =
    typeof header === 'string' ? (version00.exec(header) ?? []) : [];
  const isValid = traceId !== '' && !/^0+$/.test(traceId) && !/^0+$/.test(parentId);
  return isValid ? step(traceId, isSampled(flags)) : step(randomDigits(), false);
}

/** Only the first bit means something in version 00; the others are not passed on. */
function isSampled(flags: string): boolean {
  return (Number.parseInt(flags, 16) & 1) === 1;
}

function step(traceId: string, sampled: boolean): TraceContext {
  const spanId = randomDigits().slice(16);
  return { traceId, traceparent: `00-${traceId}-${spanId}-${sampled ? '01' : '00'}` };
}

/** 32 hex digits; Node draws the random numbers of UUIDs many at a time, single ones cost a call more. */
function randomDigits(): string {
  return randomUUID().replaceAll('-', '');
}
