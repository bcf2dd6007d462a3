/**
 * Wraps a route into an express handler: request id, trace, an answer for every bug, and one finished line that goes
 * to log, metrics and audit.
 */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Concerns } from '../operations/audit/audit-entry.js';
import type { RequestLine } from '../operations/log.js';
import { traceOf, type TraceContext } from '../operations/trace-context.js';
import { send, type Answer } from './answer.js';

/** One request while it is being answered. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly requestId: string;
  readonly trace: TraceContext;
  /** Milliseconds since the request arrived. */
  readonly elapsedMs: () => number;
}

export type Route = (exchange: Exchange) => Answer | Promise<Answer>;

/** A request that has been answered. */
export interface Finished {
  readonly line: RequestLine;
  /** The caller, with its tenant, when it was let in. */
  readonly keptAs?: string;
  readonly concerns?: Concerns;
}

export interface ExchangeParts {
  readonly newId: () => string;
  readonly onFinished: (finished: Finished) => void;
  /** A bug: nothing of the error but where it happened may be kept. */
  readonly onFault: (requestId: string, error: unknown) => void;
  /** False once the server is stopping. */
  readonly isOpen: () => boolean;
}

export function answering(name: RequestLine['route'], route: Route, parts: ExchangeParts): RequestHandler {
  return async (request, response) => {
    const exchange = open(request, response, parts);
    let answer: Answer;
    try {
      answer = await route(exchange);
    } catch (error) {
      parts.onFault(exchange.requestId, error);
      answer = { failure: 'internal' };
    }
    finish(name, exchange, answer, parts);
  };
}

/** For what goes wrong outside of a route: express itself refuses URLs it can't decode. */
export function lastResort(parts: ExchangeParts): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const exchange = open(request, response, parts);
    const isMalformed = error instanceof URIError;
    if (!isMalformed) parts.onFault(exchange.requestId, error);
    finish('none', exchange, { failure: isMalformed ? 'malformed-url' : 'internal' }, parts);
  };
}

function open(request: Request, response: Response, { newId }: ExchangeParts): Exchange {
  const started = performance.now();
  const requestId = newId();
  response.setHeader('X-Request-Id', requestId);
  return {
    request,
    response,
    requestId,
    trace: traceOf(request.headers.traceparent),
    elapsedMs: () => performance.now() - started,
  };
}

function finish(
  name: RequestLine['route'],
  { response, requestId, trace, elapsedMs }: Exchange,
  answer: Answer,
  { onFinished, isOpen }: ExchangeParts,
): void {
  // A connection that outlives the server would end under its next request.
  if (!isOpen()) response.setHeader('Connection', 'close');
  const status = send(response, answer);
  const line: RequestLine = {
    requestId,
    traceId: trace.traceId,
    route: name,
    status,
    ms: Math.round(elapsedMs() * 10) / 10,
    ...('failure' in answer ? { failure: answer.failure } : {}),
    ...answer.facts,
  };
  const { keptAs, concerns } = answer;
  onFinished({
    line,
    ...(keptAs === undefined ? {} : { keptAs }),
    ...(concerns === undefined ? {} : { concerns }),
  });
}
