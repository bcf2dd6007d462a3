/**
 * Every way in which a request can fail, with its HTTP status and the OperationOutcome that tells the caller what to do.
 */
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import type { Problem } from '../cds-hooks/problem.js';

type IssueCode = OperationOutcomeIssue['code'];

interface Kind {
  readonly status: number;
  readonly issue: IssueCode;
  readonly text: string;
}

const kinds = {
  'malformed-url': { status: 400, issue: 'structure', text: 'The path of the URL is not properly encoded.' },
  'malformed-http': { status: 400, issue: 'structure', text: 'This is not HTTP/1.1.' },
  'too-slow': { status: 408, issue: 'timeout', text: 'The request did not arrive in time.' },
  'headers-too-large': { status: 431, issue: 'too-long', text: 'The headers are too large.' },
  'no-body': { status: 400, issue: 'required', text: 'The body is empty: send a JSON object.' },
  'broken-body': {
    status: 400,
    issue: 'structure',
    text: 'The body did not arrive whole or could not be unpacked.',
  },
  'malformed-json': { status: 400, issue: 'structure', text: 'The body is not JSON in UTF-8.' },
  'forbidden-key': {
    status: 400,
    issue: 'structure',
    text: 'The body uses a key that is not allowed anywhere: "__proto__", or "constructor" with a "prototype".',
  },
  'duplicate-key': {
    status: 400,
    issue: 'structure',
    text: 'An object in the body names a key twice, so it has no certain meaning.',
  },
  'broken-character': {
    status: 400,
    issue: 'structure',
    text: 'A string in the body holds half of a character: an unpaired surrogate escape such as "\\ud83d".',
  },
  'too-deep': { status: 400, issue: 'structure', text: 'The JSON is nested too deeply.' },
  'invalid-request': { status: 400, issue: 'invalid', text: 'The request does not follow CDS Hooks 2.0.1.' },
  'wrong-hook': { status: 400, issue: 'invalid', text: 'This service is for another hook.' },
  'admin-only': { status: 401, issue: 'login', text: 'The admin token is required.' },
  'invalid-address': { status: 400, issue: 'invalid', text: 'A parameter of the address is wrong.' },
  unauthenticated: { status: 401, issue: 'login', text: 'Authentication is required.' },
  'unknown-place': {
    status: 404,
    issue: 'not-found',
    text: 'There is nothing here. Services: GET /cds-services',
  },
  'unknown-service': {
    status: 404,
    issue: 'not-found',
    text: 'No service has this id. Services: GET /cds-services',
  },
  'unknown-type': {
    status: 404,
    issue: 'not-supported',
    text: 'Definitions of this type are not published. Types: GET /fhir/metadata',
  },
  'unknown-definition': { status: 404, issue: 'not-found', text: 'No definition of this type has this id.' },
  'no-such-format': {
    status: 406,
    issue: 'not-supported',
    text: 'Definitions are given as application/fhir+json alone.',
  },
  'wrong-method': {
    status: 405,
    issue: 'not-supported',
    text: 'This method is not supported here, see Allow.',
  },
  'data-unavailable': {
    status: 412,
    issue: 'processing',
    text: 'Data this service cannot do without was neither prefetched nor readable from the FHIR server.',
  },
  'too-large': { status: 413, issue: 'too-long', text: 'The body is too large.' },
  'too-long': { status: 413, issue: 'too-long', text: 'The body holds a key or a string that is too long.' },
  'too-many-values': { status: 413, issue: 'too-costly', text: 'The body holds too many values.' },
  'wrong-media-type': {
    status: 415,
    issue: 'not-supported',
    text: 'Send Content-Type: application/json or application/fhir+json, in UTF-8.',
  },
  'too-many-calls': {
    status: 429,
    issue: 'throttled',
    text: 'Too many calls in this minute. Try again after the seconds that Retry-After says.',
  },
  internal: {
    status: 500,
    issue: 'exception',
    text: 'The service failed. Nothing is wrong with the request.',
  },
  'not-stored': {
    status: 503,
    issue: 'transient',
    text: 'The feedback could not be stored. Send it again later.',
  },
  'not-ready': { status: 503, issue: 'transient', text: 'The service is not ready. Try again later.' },
} as const satisfies Readonly<Record<string, Kind>>;

export type FailureCode = keyof typeof kinds;

export interface Failure {
  readonly failure: FailureCode;
  /** One issue of the OperationOutcome each. */
  readonly problems?: readonly Problem[];
  /** The methods that are supported, for `wrong-method`. */
  readonly allow?: string;
  /** For `too-many-calls`. */
  readonly retryAfterSeconds?: number;
}

export function statusOf({ failure }: Failure): number {
  return kinds[failure].status;
}

export function outcomeOf({ failure, problems = [] }: Failure): OperationOutcome {
  const { issue: code, text }: Kind = kinds[failure];
  const plain: OperationOutcomeIssue = { severity: 'error', code, details: { text } };
  const issue = problems.map(({ path, message }) => ({
    ...plain,
    diagnostics: `${path === '' ? 'The body' : path} ${message}`,
    ...(path === '' ? {} : { expression: [path] }),
  }));
  return { resourceType: 'OperationOutcome', issue: issue.length > 0 ? issue : [plain] };
}
