/**
 * W3C Trace Context: the thread by which a call can be followed through EHR, this service and the FHIR server.
 */
import { randomBytes } from 'node:crypto';

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
  return isValid ? step(traceId, flags) : step(randomBytes(16).toString('hex'), '00');
}

function step(traceId: string, flags: string): TraceContext {
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}` };
}
