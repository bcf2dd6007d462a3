/**
 * What a route gives back, and how it goes out: always JSON, an OperationOutcome for everything that is not a success.
 */
import type { ServerResponse } from 'node:http';
import type { RequestLine } from '../operations/log.js';
import { outcomeOf, statusOf, type Failure } from './failure.js';

/** What a route has to say to the log beyond status and time. */
export type Facts = Partial<Omit<RequestLine, 'requestId' | 'route' | 'status' | 'ms' | 'failure'>>;

export type Answer = ({ readonly body: object } | Failure) & { readonly facts?: Facts };

/** Writes the answer and returns its status. */
export function send(response: ServerResponse, answer: Answer): number {
  const status = 'failure' in answer ? statusOf(answer) : 200;
  const text = JSON.stringify('failure' in answer ? outcomeOf(answer) : answer.body);
  if ('failure' in answer && answer.allow !== undefined) response.setHeader('Allow', answer.allow);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
  return status;
}
