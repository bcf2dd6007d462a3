/**
 * What a route gives back, and how it goes out: an OperationOutcome for everything that is not a success.
 */
import type { ServerResponse } from 'node:http';
import type { Concerns } from '../operations/audit/audit-entry.js';
import type { RequestLine } from '../operations/log.js';
import { outcomeOf, statusOf, type Failure } from './failure.js';

/** What a route has to say to the log beyond status and time. */
export type Facts = Partial<
  Omit<RequestLine, 'requestId' | 'traceId' | 'route' | 'status' | 'ms' | 'failure'>
>;

type Content =
  | { readonly body: object }
  | {
      readonly text: string;
      readonly contentType: string;
      /** 200 unless given; 304 where the caller has it already. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | Failure;
/** `keptAs` names client and tenant, `concerns` the people: for the audit trail alone, which keeps keyed hashes. */
export type Answer = Content & {
  readonly facts?: Facts;
  readonly keptAs?: string;
  readonly concerns?: Concerns;
};

/** Writes the answer and returns its status. */
export function send(response: ServerResponse, answer: Answer): number {
  const status = statusFor(answer);
  const text = textOf(answer);
  if ('failure' in answer) setFailureHeaders(response, answer);
  if ('text' in answer)
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.statusCode = status;
  response.setHeader('Content-Type', 'contentType' in answer ? answer.contentType : json);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
  return status;
}

const json = 'application/json; charset=utf-8';

function statusFor(answer: Answer): number {
  if ('failure' in answer) return statusOf(answer);
  return 'text' in answer ? (answer.status ?? 200) : 200;
}

function textOf(answer: Answer): string {
  if ('failure' in answer) return JSON.stringify(outcomeOf(answer));
  return 'text' in answer ? answer.text : JSON.stringify(answer.body);
}

function setFailureHeaders(response: ServerResponse, { failure, allow, retryAfterSeconds }: Failure): void {
  if (allow !== undefined) response.setHeader('Allow', allow);
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds);
  if (failure === 'admin-only')
    response.setHeader('WWW-Authenticate', 'Basic realm="vertebral-cds", charset="UTF-8"');
  if (failure === 'unauthenticated') response.setHeader('WWW-Authenticate', 'Bearer');
}
