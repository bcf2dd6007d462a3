/** The console over HTTP: front page, registration pack, self-test. */
import { z } from 'zod';
import type { Problem } from '../cds-hooks/problem.js';
import type { CdsService } from '../cds-hooks/service.js';
import type { ClientConfiguration } from '../config/client-configuration.js';
import type { FhirReader } from '../fhir/reader.js';
import type { JsonLimits } from '../json/json-limits.js';
import { consolePage } from '../web/console/console-page.js';
import { registrationPage } from '../web/console/registration-page.js';
import type { Registration } from '../web/console/registration.js';
import { sampleCall } from '../web/console/sample.js';
import { wholeFile } from '../web/page/document.js';
import type { RegistrationFacts } from '../web/page/service-pages.js';
import { type Check, failed } from '../web/self-test/check.js';
import { checkDiscoveryUrl } from '../web/self-test/discovery-url.js';
import { checkKeySet } from '../web/self-test/key-set.js';
import { selfTestPage, type TestKind, testKinds } from '../web/self-test/page.js';
import { checkRequest } from '../web/self-test/request.js';
import { checkToken, type InspectToken } from '../web/self-test/token.js';
import { whyNotAdmin } from './admin.js';
import type { Answer } from './answer.js';
import { readBody } from './body.js';
import type { Route } from './exchange.js';
import { parseJson } from './json.js';
import { pageAnswer, type PageFrame } from './page.js';

export interface ConsoleParts {
  readonly registration: Registration;
  readonly sample: RegistrationFacts['sample'];
  readonly services: readonly CdsService[];
  readonly clients: readonly ClientConfiguration[];
  readonly inspectToken: InspectToken;
  readonly reader: FhirReader;
  readonly adminToken: string | undefined;
  /** Whether synthetic patients can be tried here. */
  readonly isDemo: boolean;
  readonly whyNotReady: () => Promise<readonly Problem[]>;
  readonly limits: JsonLimits & { readonly callBytes: number };
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly frame: PageFrame;
}

/** The front page; what programmes ask for is JSON, as it always was. */
export function frontRoute(parts: ConsoleParts): Route {
  const { registration, adminToken, isDemo, whyNotReady, frame } = parts;
  return async ({ request }): Promise<Answer> => {
    if (request.accepts(['html', 'json']) === 'json')
      return { body: { ...registration.product, discovery: '/cds-services' } };
    const problems = await whyNotReady();
    return pageAnswer(
      consolePage({ registration, problems, isDemo, hasAdmin: adminToken !== undefined }),
      frame,
    );
  };
}

export type RegistrationForm = 'page' | 'html' | 'json';

export function registrationRoute(form: RegistrationForm, parts: ConsoleParts): Route {
  const { registration, frame, clock } = parts;
  return async (): Promise<Answer> => {
    const sample = await sampleCall({
      ...parts,
      publicUrl: registration.publicUrl,
      isTrial: registration.isTrial,
      now: clock(),
    });
    switch (form) {
      case 'page':
        return pageAnswer(registrationPage(registration, sample), frame);
      case 'json':
        return {
          text: JSON.stringify({ ...registration, sample }, null, 2),
          contentType: 'application/json; charset=utf-8',
          headers: { 'Cache-Control': 'no-store' },
        };
      case 'html':
        return {
          text: wholeFile(registrationPage(registration, sample), frame.assets),
          contentType: 'text/html; charset=utf-8',
          headers: {
            'Cache-Control': 'no-store',
            'Content-Disposition': 'attachment; filename="vertebral-cds-registration.html"',
            'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
          },
        };
      default:
        return form satisfies never;
    }
  };
}

const pastedForm = z.object({
  kind: z.enum(testKinds),
  text: z.string(),
  audience: z.string().optional(),
});

/** GET shows the forms, POST the checks of what was pasted. */
export function selfTestRoute(parts: ConsoleParts): Route {
  const { adminToken, clients, registration, limits, frame } = parts;
  const audiences = [
    registration.discoveryUrl,
    ...registration.services.flatMap(({ url, feedbackUrl }) => [url, feedbackUrl]),
  ];
  return async ({ request }): Promise<Answer> => {
    const refusal = whyNotAdmin(request, adminToken);
    if (refusal !== undefined) return refusal;
    if (request.method !== 'POST') return pageAnswer(selfTestPage({ clients, audiences }), frame);
    const body = await readBody(request, 2 * limits.callBytes, 'form');
    if (!body.ok) return body;
    const pasted = pastedForm.safeParse(Object.fromEntries(new URLSearchParams(body.bytes.toString('utf8'))));
    if (!pasted.success)
      return {
        failure: 'invalid-address',
        problems: [{ path: 'kind', message: 'must come from the page at /self-test' }],
      };
    const { kind, text, audience = registration.discoveryUrl } = pasted.data;
    const checks = await checksOf(kind, text, audience, parts);
    return pageAnswer(selfTestPage({ clients, audiences, result: { kind, checks, pasted: text } }), frame);
  };
}

async function checksOf(
  kind: TestKind,
  text: string,
  audience: string,
  parts: ConsoleParts,
): Promise<readonly Check[]> {
  switch (kind) {
    case 'discovery':
      return checkDiscoveryUrl(text, parts.registration.publicUrl);
    case 'token':
      return checkToken(text, audience, parts.inspectToken);
    case 'keys':
      return checkKeySet(text);
    case 'request': {
      const json = parseJson(Buffer.from(text), parts.limits);
      if (json.ok) return checkRequest(json.value, { ...parts, now: parts.clock() });
      const [where] = json.problems ?? [];
      return [
        failed(
          'JSON',
          `Is not JSON as the service takes it: ${json.failure}${where === undefined ? '' : `, ${where.message}`}.`,
        ),
      ];
    }
    default:
      return kind satisfies never;
  }
}
