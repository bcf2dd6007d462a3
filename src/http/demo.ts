/** What exists in a demonstration alone: the small EHR, and the FHIR server of the synthetic patients. */
import type { DemoAnswer, DemoFhir } from '../demo/fhir-endpoint.js';
import { tryPage } from '../web/try/page.js';
import type { Answer } from './answer.js';
import type { Exchange, Route } from './exchange.js';
import { pageAnswer, type PageFrame } from './page.js';

export interface DemoParts {
  /** Undefined where there is no demonstration. */
  readonly demo: DemoFhir | undefined;
  readonly clock: () => Date;
  readonly frame: PageFrame;
}

export function tryRoute({ demo, frame }: DemoParts): Route {
  return () =>
    demo === undefined ? { failure: 'unknown-place' } : pageAnswer(tryPage(demo.patients), frame);
}

/** `/demo/fhir/metadata`, `/demo/fhir/:type` and `/demo/fhir/:type/:id`. */
export function demoFhirRoute({ demo, clock }: DemoParts): Route {
  return ({ request }) => {
    if (demo === undefined) return { failure: 'unknown-place' };
    return fhirAnswer(answered(demo, request, clock().toISOString().slice(0, 10)));
  };
}

function answered(demo: DemoFhir, { params, query }: Exchange['request'], today: string): DemoAnswer {
  const { type, id } = params as { readonly type: string; readonly id?: string };
  if (type === 'metadata' && id === undefined) return demo.metadata();
  return id === undefined ? demo.search(type, query, today) : demo.read(type, id, today);
}

function fhirAnswer({ status, body }: DemoAnswer): Answer {
  return { text: JSON.stringify(body), contentType: 'application/fhir+json; charset=utf-8', status };
}
