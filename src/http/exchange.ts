/**
 * Wraps a route into an express handler: request id, one log line, and for a bug an answer without details.
 */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { OperationsLog, RequestLine } from '../operations/log.js';
import { send, type Answer } from './answer.js';

/** Answers a request; `elapsedMs` tells the milliseconds since it arrived. */
export type Route = (request: Request, elapsedMs: () => number) => Answer | Promise<Answer>;

export interface ExchangeParts {
  readonly newId: () => string;
  readonly log: OperationsLog;
}

export function answering(
  name: RequestLine['route'],
  route: Route,
  { newId, log }: ExchangeParts,
): RequestHandler {
  return async (request, response) => {
    const started = performance.now();
    const elapsedMs = () => performance.now() - started;
    const requestId = newId();
    response.setHeader('X-Request-Id', requestId);
    let answer: Answer;
    try {
      answer = await route(request, elapsedMs);
    } catch (error) {
      log.fault(requestId, error);
      answer = { failure: 'internal' };
    }
    const status = send(response, answer);
    log.request({
      requestId,
      route: name,
      status,
      ms: Math.round(elapsedMs() * 10) / 10,
      ...('failure' in answer ? { failure: answer.failure } : {}),
      ...answer.facts,
    });
  };
}

/** For what goes wrong outside of a route: express itself refuses URLs it can't decode. */
export function lastResort({ newId, log }: ExchangeParts): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof URIError) {
      send(response, { failure: 'malformed-url' });
      return;
    }
    log.fault(newId(), error);
    send(response, { failure: 'internal' });
  };
}
