/** What exists in a demonstration alone: the small EHR, the FHIR server of the synthetic patients, its SMART server. */
import type { DemoAnswer, DemoFhir } from '../demo/fhir-endpoint.js';
import { demoAuthorize, demoSmartConfiguration, demoToken } from '../demo/smart-server.js';
import { choosePatientPage } from '../web/try/choose-patient.js';
import { tryPage } from '../web/try/page.js';
import type { Answer } from './answer.js';
import { readBody } from './body.js';
import type { Exchange, Route } from './exchange.js';
import { pageAnswer, type PageFrame } from './page.js';

export const demoFhirPath = '/demo/fhir';

export interface DemoParts {
  readonly demo: DemoFhir;
  /** The base that browsers call, without a slash at the end. */
  readonly publicUrl: string;
  readonly clock: () => Date;
  readonly frame: PageFrame;
}

export function tryRoute({ demo, frame }: DemoParts): Route {
  return () => pageAnswer(tryPage(demo.patients), frame);
}

/** `/demo/fhir/metadata`, `/demo/fhir/:type` and `/demo/fhir/:type/:resource`. */
export function demoFhirRoute({ demo, clock }: DemoParts): Route {
  return ({ request }) => fhirAnswer(answered(demo, request, clock().toISOString().slice(0, 10)));
}

function answered(demo: DemoFhir, { params, query }: Exchange['request'], today: string): DemoAnswer {
  const { type, resource: id } = params as { readonly type: string; readonly resource?: string };
  if (type === 'metadata' && id === undefined) return demo.metadata();
  return id === undefined ? demo.search(type, query, today) : demo.read(type, id, today);
}

function fhirAnswer({ status, body }: DemoAnswer): Answer {
  return { text: JSON.stringify(body), contentType: 'application/fhir+json; charset=utf-8', status };
}

export function demoSmartRoute({ publicUrl }: DemoParts): Route {
  return () => ({ body: demoSmartConfiguration(`${publicUrl}${demoFhirPath}`) });
}

export function demoAuthorizeRoute({ demo, publicUrl, frame }: DemoParts): Route {
  return ({ request }) => {
    const decided = demoAuthorize(request.query, `${publicUrl}/review`, `${publicUrl}${demoFhirPath}`);
    switch (decided.kind) {
      case 'redirect':
        return {
          status: 302,
          text: '',
          contentType: 'text/plain; charset=utf-8',
          headers: { Location: decided.url, 'Cache-Control': 'no-store' },
        };
      case 'choose':
        return pageAnswer(choosePatientPage(demo.patients, decided.urlFor), frame);
      case 'refused':
        return {
          failure: 'invalid-address',
          problems: [
            { path: 'launch', message: 'is not one of this demonstration: open the review from /try' },
          ],
        };
      default:
        return decided satisfies never;
    }
  };
}

const mostBytes = 20_000;

export function demoTokenRoute(): Route {
  return async ({ request }): Promise<Answer> => {
    const body = await readBody(request, mostBytes, 'form');
    if (!body.ok) return body;
    const token = demoToken(new URLSearchParams(body.bytes.toString('utf8')));
    return {
      text: JSON.stringify(token ?? { error: 'invalid_grant' }),
      contentType: 'application/json; charset=utf-8',
      status: token === undefined ? 400 : 200,
      headers: { 'Cache-Control': 'no-store' },
    };
  };
}
