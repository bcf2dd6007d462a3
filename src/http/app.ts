/**
 * The express application: which route answers what.
 */
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { describeServices } from '../cds-hooks/discovery.js';
import type { CdsService } from '../cds-hooks/service.js';
import type { FeedbackIntake } from '../feedback/intake.js';
import type { RequestLine } from '../operations/log.js';
import type { Answer } from './answer.js';
import { readBody } from './body.js';
import { cors, type AllowedOrigins } from './cors.js';
import { answering, lastResort, type ExchangeParts, type Route } from './exchange.js';
import { takeFeedback } from './feedback-call.js';
import { answerHookCall, type CallLimits, type CallParts } from './hook-call.js';
import type { JsonLimits } from './json-limits.js';
import { parseJson } from './json.js';

export interface AppParts extends ExchangeParts, Omit<CallParts, 'feedback' | 'limits'> {
  readonly services: readonly CdsService[];
  readonly feedback: FeedbackIntake;
  readonly limits: Limits;
  readonly corsOrigins: AllowedOrigins;
  readonly about: { readonly name: string; readonly version: string };
  /** False once the server is stopping. */
  readonly isOpen: () => boolean;
}

export interface Limits extends CallLimits, JsonLimits {
  /** Bytes of a hook call's body. */
  readonly callBytes: number;
  /** Bytes of a feedback body. */
  readonly feedbackBytes: number;
}

type ServiceRoute = (service: CdsService, body: unknown, elapsedMs: () => number) => Promise<Answer>;

/** Builds the application; it does not listen yet. */
export function createApp(parts: AppParts): Express {
  const { limits } = parts;
  const services = new Map(parts.services.map((service) => [service.id, service]));
  const discovery = describeServices(parts.services);

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(helmet(), cors(parts.corsOrigins));
  get('/', 'about', () => ({ body: { ...parts.about, discovery: '/cds-services' } }));
  get('/cds-services', 'discovery', () => ({ body: discovery }));
  post('/cds-services/:id', 'call', limits.callBytes, (service, body, elapsedMs) =>
    answerHookCall(service, body, elapsedMs(), parts),
  );
  post('/cds-services/:id/feedback', 'feedback', limits.feedbackBytes, (service, body) =>
    takeFeedback(service, body, parts),
  );
  get('/health/live', 'health', () => ({ body: { status: 'live' } }));
  get('/health/ready', 'health', readiness);
  app.use(answering('none', () => ({ failure: 'unknown-place' }), parts));
  app.use(lastResort(parts));
  return app;

  function get(path: string, name: RequestLine['route'], route: Route): void {
    app
      .route(path)
      .get(answering(name, route, parts))
      .all(wrongMethod(name, 'GET, HEAD, OPTIONS'));
  }

  function post(path: string, name: RequestLine['route'], byteLimit: number, route: ServiceRoute): void {
    app
      .route(path)
      .post(answering(name, onService(byteLimit, route), parts))
      .all(wrongMethod(name, 'POST, OPTIONS'));
  }

  function wrongMethod(name: RequestLine['route'], allow: string): RequestHandler {
    const route: Route = ({ params: { id } }) =>
      id === undefined || named(id) !== undefined
        ? { failure: 'wrong-method', allow }
        : { failure: 'unknown-service' };
    return answering(name, route, parts);
  }

  function onService(byteLimit: number, route: ServiceRoute): Route {
    return async (request, elapsedMs) => {
      const service = named(request.params.id);
      if (service === undefined) return { failure: 'unknown-service' };
      const body = await readBody(request, byteLimit);
      if (!body.ok) return body;
      const json = parseJson(body.bytes, limits);
      return json.ok ? route(service, json.value, elapsedMs) : json;
    };
  }

  function named(id: string | readonly string[] | undefined): CdsService | undefined {
    return typeof id === 'string' ? services.get(id) : undefined;
  }

  async function readiness(): Promise<Answer> {
    const problems = [
      ...(parts.isOpen() ? [] : [{ path: 'server', message: 'is stopping' }]),
      ...((await parts.feedback.isReady()) ? [] : [{ path: 'database', message: 'does not answer' }]),
    ];
    return problems.length === 0 ? { body: { status: 'ready' } } : { failure: 'not-ready', problems };
  }
}
