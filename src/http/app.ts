/**
 * The express application: which route answers what.
 */
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { describeServices } from '../cds-hooks/discovery.js';
import type { Problem } from '../cds-hooks/problem.js';
import type { CdsService, Hook } from '../cds-hooks/service.js';
import type { DemoFhir } from '../demo/fhir-endpoint.js';
import type { FeedbackIntake } from '../feedback/intake.js';
import type { RequestLine } from '../operations/log.js';
import type { Admission } from './admission.js';
import type { Answer } from './answer.js';
import { readBody } from './body.js';
import type { Caller } from './caller.js';
import { type ConsoleParts, frontRoute, registrationRoute, selfTestRoute } from './console.js';
import { cors, type AllowedOrigins } from './cors.js';
import { type DashboardParts, dashboardRoute } from './dashboard.js';
import {
  demoAuthorizeRoute,
  demoFhirPath,
  demoFhirRoute,
  type DemoParts,
  demoSmartRoute,
  demoTokenRoute,
  tryRoute,
} from './demo.js';
import { answering, lastResort, type Exchange, type ExchangeParts, type Route } from './exchange.js';
import { takeFeedback } from './feedback-call.js';
import { answerHookCall, type CallLimits, type CallParts } from './hook-call.js';
import type { JsonLimits } from '../json/json-limits.js';
import { parseJson } from './json.js';
import { createTurns } from './turns.js';
import { knowledgeFilePath, knowledgePath, type ServicePages } from '../web/page/service-pages.js';
import { launchRoute, pagesFor, reviewRoute, type ReviewParts } from './review.js';
import { tryPath } from '../web/try/page.js';
import { selfTestPath } from '../web/self-test/page.js';
import { openApi } from './openapi.js';
import { assetAnswer, pageAnswer, type PageFrame } from './page.js';
import { metadataRoute, readRoute, searchRoute } from './published-knowledge.js';
import type { Publication } from '../published/publication.js';

export interface AppParts extends ExchangeParts, Omit<CallParts, 'feedback' | 'limits' | 'pagesFor'> {
  readonly services: readonly CdsService[];
  readonly admission: Admission;
  /** What keeps the service from working; nothing when it is ready. */
  readonly whyNotReady: () => Promise<readonly Problem[]>;
  readonly feedback: Pick<FeedbackIntake, 'rememberCards' | 'rememberActs' | 'addFeedback'>;
  readonly limits: Limits;
  readonly corsOrigins: AllowedOrigins;
  readonly console: Omit<
    ConsoleParts,
    'services' | 'sample' | 'whyNotReady' | 'limits' | 'clock' | 'newId' | 'frame' | 'reader'
  >;
  /** Everything that is measured, in the format of Prometheus. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly dashboard: Omit<DashboardParts, 'clock' | 'frame'>;
  readonly pages: ServicePages;
  readonly frame: PageFrame;
  readonly review: Pick<ReviewParts, 'apps' | 'smart' | 'seal'>;
  /** The synthetic patients of a demonstration. */
  readonly demo?: DemoFhir | undefined;
  /** The definitions behind the services, for everybody to read. */
  readonly publication: Publication;
}

export interface Limits extends CallLimits, JsonLimits {
  /** Bytes of a hook call's body. */
  readonly callBytes: number;
  /** Bytes of a feedback body. */
  readonly feedbackBytes: number;
}

type AdmittedRoute = (exchange: Exchange, caller: Caller) => Answer | Promise<Answer>;
type ServiceRoute = (
  service: CdsService,
  body: unknown,
  exchange: Exchange,
  caller: Caller,
) => Promise<Answer>;

/** Builds the application; it does not listen yet. */
export function createApp(parts: AppParts): Express {
  const { limits } = parts;
  const { publicUrl } = parts.console.registration;
  const services = new Map(parts.services.map((service) => [service.id, service]));
  const discovery = describeServices(parts.services);
  const turn = createTurns();

  const calls = {
    ...parts,
    pagesFor: (caller: Caller, fhirServer: string | undefined) =>
      pagesFor(caller, fhirServer, parts.review.apps, publicUrl),
  };
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(helmet(), cors(parts.corsOrigins));
  const front = {
    ...parts,
    ...parts.console,
    sample: parts.pages.registration.sample,
    reader: parts.fhirReader,
  };
  get('/', 'page', frontRoute(front));
  get('/registration', 'page', registrationRoute('page', front));
  get('/registration.html', 'page', registrationRoute('html', front));
  get('/registration.json', 'page', registrationRoute('json', front));
  getOrPost(selfTestPath, 'page', selfTestRoute(front));
  get(
    '/cds-services',
    'discovery',
    admitted(() => ({ body: discovery })),
  );
  post('/cds-services/:id', 'call', limits.callBytes, (service, body, exchange, caller) =>
    answerHookCall(service, body, exchange, caller, calls),
  );
  post('/cds-services/:id/feedback', 'feedback', limits.feedbackBytes, (service, body, _exchange, caller) =>
    takeFeedback(service, body, caller, parts),
  );
  const interfaceDescription = openApi({ ...parts.console.registration, services: parts.services });
  get('/openapi.json', 'about', () => ({ body: interfaceDescription }));
  get('/health/live', 'health', () => ({ body: { status: 'live' } }));
  get('/health/ready', 'health', readiness);
  get('/metrics', 'metrics', () => parts.metrics());
  const { frame } = parts;
  get('/assets/:file', 'asset', ({ request }) => assetAnswer(frame.assets, request.params.file));
  get(knowledgePath, 'page', () => pageAnswer(parts.pages.knowledge, frame));
  get(knowledgeFilePath, 'knowledge', () => ({ body: parts.pages.knowledgeFile }));
  const review = {
    ...parts,
    ...parts.review,
    publicUrl,
    review: parts.pages.review,
    reader: parts.fhirReader,
    templates: templatesOf(parts.services, 'patient-view'),
  };
  get('/review/launch', 'review', launchRoute(review));
  get('/review', 'review', reviewRoute(review));
  if (parts.demo !== undefined) addDemo({ ...parts, demo: parts.demo, publicUrl });
  const dashboard = { ...parts.dashboard, clock: parts.clock, frame };
  get('/feedback', 'dashboard', dashboardRoute('page', dashboard));
  get('/feedback.json', 'dashboard', dashboardRoute('json', dashboard));
  get('/feedback.csv', 'dashboard', dashboardRoute('csv', dashboard));
  get('/fhir/metadata', 'knowledge', metadataRoute(parts.publication));
  get('/fhir/:type', 'knowledge', searchRoute(parts.publication));
  get('/fhir/:type/:definition', 'knowledge', readRoute(parts.publication));
  app.use(answering('none', () => ({ failure: 'unknown-place' }), parts));
  app.use(lastResort(parts));
  return app;

  function get(path: string, name: RequestLine['route'], route: Route): void {
    app
      .route(path)
      .get(answering(name, route, parts))
      .all(wrongMethod(name, 'GET, HEAD, OPTIONS'));
  }

  function addDemo(demo: DemoParts): void {
    get(tryPath, 'page', tryRoute(demo));
    get(`${demoFhirPath}/.well-known/smart-configuration`, 'demo', demoSmartRoute(demo));
    get(`${demoFhirPath}/authorize`, 'demo', demoAuthorizeRoute(demo));
    app.route(`${demoFhirPath}/token`).post(answering('demo', demoTokenRoute(), parts));
    get(`${demoFhirPath}/:type`, 'demo', demoFhirRoute(demo));
    get(`${demoFhirPath}/:type/:resource`, 'demo', demoFhirRoute(demo));
  }

  function getOrPost(path: string, name: RequestLine['route'], route: Route): void {
    const handler = answering(name, route, parts);
    app.route(path).get(handler).post(handler).all(wrongMethod(name, 'GET, HEAD, POST, OPTIONS'));
  }

  function post(path: string, name: RequestLine['route'], byteLimit: number, route: ServiceRoute): void {
    app
      .route(path)
      .post(answering(name, admitted(onService(byteLimit, route)), parts))
      .all(wrongMethod(name, 'POST, OPTIONS'));
  }

  function wrongMethod(name: RequestLine['route'], allow: string): RequestHandler {
    const route: Route = ({ request: { params } }) =>
      params.id === undefined || named(params.id) !== undefined
        ? { failure: 'wrong-method', allow }
        : { failure: 'unknown-service' };
    return answering(name, route, parts);
  }

  /** Nothing of a request is read before it is known who sends it. */
  function admitted(route: AdmittedRoute): Route {
    return async (exchange) => {
      const admission = await parts.admission(exchange.request, exchange.response);
      if (!admission.ok) return notAdmitted(admission);
      const { caller } = admission;
      const answer = await route(exchange, caller);
      return { ...answer, keptAs: caller.keptAs, facts: { client: caller.client, ...answer.facts } };
    };
  }

  function onService(byteLimit: number, route: ServiceRoute): AdmittedRoute {
    return async (exchange, caller) => {
      const { request } = exchange;
      const service = named(request.params.id);
      if (service === undefined) return { failure: 'unknown-service' };
      const body = await readBody(request, byteLimit);
      if (!body.ok) return body;
      await turn();
      const json = parseJson(body.bytes, limits);
      return json.ok ? route(service, json.value, exchange, caller) : json;
    };
  }

  function named(id: string | readonly string[] | undefined): CdsService | undefined {
    return typeof id === 'string' ? services.get(id) : undefined;
  }

  async function readiness(): Promise<Answer> {
    const problems = await parts.whyNotReady();
    return problems.length === 0 ? { body: { status: 'ready' } } : { failure: 'not-ready', problems };
  }
}

/** What the service of a hook asks for; nothing where there is none. */
function templatesOf(services: readonly CdsService[], hook: Hook): CdsService['prefetch'] {
  return services.find((service) => service.hook === hook)?.prefetch ?? {};
}

/** A stranger learns nothing but that authentication is required; the reason is for the log. */
function notAdmitted(admission: Exclude<Awaited<ReturnType<Admission>>, { readonly ok: true }>): Answer {
  const { failure, client } = admission;
  const facts = client === undefined ? {} : { client };
  switch (failure) {
    case 'unauthenticated':
      return { failure, facts: { ...facts, refusal: admission.refusal } };
    case 'too-many-calls':
      return { failure, retryAfterSeconds: admission.retryAfterSeconds, facts };
    default:
      return admission satisfies never;
  }
}
