/**
 * The fracture review over HTTP: a SMART app whose code runs here. A launch goes to the authorization server and comes
 * back with a code; the token it is good for reads one record for one page, and is gone.
 */
import { parse, serialize } from 'cookie';
import type { KeyData, PageAddresses, PrefetchTemplate } from '../cds-hooks/service.js';
import { queryKind } from '../cds-hooks/prefetch-template.js';
import { startDeadline } from '../fhir/deadline.js';
import { missingRequired, resolvePrefetch } from '../fhir/prefetch.js';
import type { FhirReader } from '../fhir/reader.js';
import { appFor, type ReviewApp } from '../review/review-app.js';
import { launchSeconds, type LaunchSeal } from '../review/sealed-launch.js';
import type { Authorized, SmartClient } from '../review/smart-client.js';
import { launchProblemPage, type LaunchProblem } from '../web/review/launch-problem.js';
import { knowledgePath, type ServicePages } from '../web/page/service-pages.js';
import type { Answer } from './answer.js';
import type { Caller } from './caller.js';
import type { Exchange, Route } from './exchange.js';
import { pageAnswer, type PageFrame } from './page.js';

export interface ReviewParts {
  readonly apps: readonly ReviewApp[];
  readonly smart: SmartClient;
  readonly seal: LaunchSeal;
  /** The base that browsers call, without a slash at the end. */
  readonly publicUrl: string;
  /** What is read of a patient. */
  readonly templates: Readonly<Record<string, PrefetchTemplate>>;
  readonly reader: FhirReader;
  readonly review: ServicePages['review'];
  readonly clock: () => Date;
  readonly frame: PageFrame;
}

const readMs = 10_000;
const pages = 20;

/** The review is offered where it can be launched: with the FHIR server of the call, or one of the caller's. */
export function pagesFor(
  { fhirServers }: Pick<Caller, 'fhirServers'>,
  fhirServer: string | undefined,
  apps: readonly ReviewApp[],
  publicUrl: string,
): PageAddresses {
  const servers = fhirServer === undefined ? fhirServers : [fhirServer];
  const canLaunch = servers.some((server) => appFor(server, apps) !== undefined);
  return {
    ...(canLaunch && { review: `${publicUrl}/review/launch` }),
    knowledge: `${publicUrl}${knowledgePath}`,
  };
}

/** `GET /review/launch?iss=…[&launch=…]`: to the authorization server. */
export function launchRoute(parts: ReviewParts): Route {
  const { apps, smart, seal, publicUrl, templates, clock } = parts;
  return async ({ request }): Promise<Answer> => {
    const { iss, launch } = request.query;
    if (typeof iss !== 'string') return problem('no-server', parts);
    const app = appFor(iss, apps);
    if (app === undefined) return problem('not-registered', parts);
    const begun = await smart.authorize(app, {
      ...(typeof launch === 'string' && { launch }),
      redirectUri: `${publicUrl}/review`,
      resourceTypes: typesIn(templates),
    });
    if (!begun.ok) return problem(begun.failure, parts);
    const sealed = await seal.seal(begun.pending, clock());
    return {
      status: 302,
      text: '',
      contentType: 'text/plain; charset=utf-8',
      headers: {
        Location: begun.url,
        'Set-Cookie': cookie(begun.pending.state, sealed, launchSeconds, publicUrl),
        'Cache-Control': 'no-store',
      },
    };
  };
}

/** `GET /review?code=…&state=…`: back from it, with the page of one patient. */
export function reviewRoute(parts: ReviewParts): Route {
  const { apps, smart, seal, publicUrl, clock } = parts;
  return async (exchange): Promise<Answer> => {
    const { request } = exchange;
    const { state } = request.query;
    if (typeof state !== 'string') return problem('not-begun', parts);
    const sealed = parse(request.headers.cookie ?? '')[cookieName(state)];
    const pending = sealed === undefined ? undefined : await seal.open(sealed, clock());
    if (pending?.state !== state) return problem('not-begun', parts);
    const app = appFor(pending.fhirServer, apps);
    if (app === undefined) return problem('not-registered', parts);
    const answer = new URL(request.originalUrl, publicUrl).searchParams;
    const redeemed = await smart.redeem(app, answer, pending, `${publicUrl}/review`);
    const page = redeemed.ok
      ? await reviewOf(app, redeemed.authorized, exchange, parts)
      : problem(redeemed.failure, parts);
    return withHeader(page, 'Set-Cookie', cookie(state, '', 0, publicUrl));
  };
}

async function reviewOf(
  app: ReviewApp,
  { accessToken, patientId, appContext }: Authorized,
  { trace: { traceparent } }: Exchange,
  parts: ReviewParts,
): Promise<Answer> {
  const { templates, reader, review, clock, frame } = parts;
  const deadline = startDeadline(readMs);
  let data: ReadonlyMap<string, KeyData>;
  try {
    data = await resolvePrefetch({
      templates,
      context: { hook: 'patient-view', patientId, userId: 'Practitioner/review' },
      prefetched: new Map(),
      source: { server: app.fhirServer, client: 'review', traceparent, accessToken },
      reader,
      deadline,
      pageLimit: pages,
    });
  } finally {
    deadline.end();
  }
  if (missingRequired(templates, data).length > 0) return problem('no-data', parts);
  const content = review({
    patientId,
    fhirServer: app.fhirServer.url,
    data,
    asOf: clock(),
    ...(appContext !== undefined && { appContext }),
  });
  return pageAnswer(content, { ...frame, places: [] }, { framedBy: app.framedBy });
}

function problem(why: LaunchProblem, { frame }: ReviewParts): Answer {
  return { ...pageAnswer(launchProblemPage(why), { ...frame, places: [] }), status: STATUS[why] };
}

const STATUS: Readonly<Record<LaunchProblem, number>> = {
  'no-server': 400,
  'not-registered': 400,
  'no-smart': 502,
  refused: 403,
  'token-refused': 502,
  'no-patient': 400,
  'not-begun': 400,
  'no-data': 502,
};

function typesIn(templates: ReviewParts['templates']): readonly string[] {
  return [...new Set(Object.values(templates).map(({ query }) => queryKind(query).resourceType))];
}

/** A cookie for each launch: several tabs may launch at once. */
function cookieName(state: string): string {
  return `review-${state.replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, 16)}`;
}

/** EHRs may show the page in a frame: there a browser keeps only cookies that say they are for it. */
function cookie(state: string, value: string, seconds: number, publicUrl: string): string {
  const isSecure = publicUrl.startsWith('https:');
  return serialize(cookieName(state), value, {
    path: '/review',
    httpOnly: true,
    maxAge: seconds,
    secure: isSecure,
    sameSite: isSecure ? 'none' : 'lax',
    partitioned: isSecure,
  });
}

function withHeader(answer: Answer, name: string, value: string): Answer {
  return 'text' in answer ? { ...answer, headers: { ...answer.headers, [name]: value } } : answer;
}
