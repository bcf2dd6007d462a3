/** What can be wrong with the answers of a FHIR server, on demand. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { BundleEntry, BundleLink, OperationOutcome } from 'fhir/r4.js';

/** Faults that take the place of the answer. */
export type AnswerFault =
  | 'hang' // never answers
  | 'drip' // a byte now and then, without end
  | 'reset' // the connection breaks
  | 'reset-midway' // the connection breaks in the middle of the body
  | 'error' // 500
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'gone' // 404 to a search
  | 'html' // 200 with a login page
  | 'no-content' // 204
  | 'truncated' // 200 with half of a JSON text
  | 'bare-string' // 200 with JSON that is no object
  | 'outcome' // 200 with an OperationOutcome
  | 'other-type' // 200 with a resource that was not asked for
  | 'redirect' // 302 to another origin
  | 'endless' // never stops sending
  | 'too-deep' // nested beyond reason
  | 'too-many' // more objects than any record holds
  | 'polluted' // a member named __proto__
  | 'gzip-bomb'; // small on the wire, huge when unpacked

/** Faults that change the right answer. */
export type DataFault =
  | 'wrong-content-type' // text/plain
  | 'wrong-patient' // resources of somebody else
  | 'outcome-entry' // an OperationOutcome among the entries says that some are missing
  | 'foreign-next' // pages continue on another origin
  | 'looping-next' // pages continue with the same page
  | 'next-outside'; // pages continue on the same origin, beside the base

/** 429 or 503, with the Retry-After given, so many times and right afterwards. */
export interface Busy {
  readonly busy: 429 | 503;
  /** Seconds, or an HTTP date so many seconds ahead; without it no header is sent. */
  readonly retryAfter?: number | { readonly dateIn: number };
  /** Always, unless set. */
  readonly times?: number;
}

export type Fault = AnswerFault | DataFault | Busy;

export type Answer = (response: ServerResponse) => void;

const dataFaults: ReadonlySet<unknown> = new Set<DataFault>([
  'wrong-content-type',
  'wrong-patient',
  'outcome-entry',
  'foreign-next',
  'looping-next',
  'next-outside',
]);

export function isDataFault(fault: Fault | undefined): fault is DataFault {
  return dataFaults.has(fault);
}

export const fhirJson = 'application/fhir+json; charset=utf-8';

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return sent(status, JSON.stringify(body), { 'content-type': fhirJson, ...headers });
}

export function outcome(status: number, code: string, diagnostics: string): Answer {
  return json(status, {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics }],
  });
}

export function busy({ busy: status, retryAfter }: Busy): Answer {
  const header =
    typeof retryAfter === 'object'
      ? new Date(Date.now() + retryAfter.dateIn * 1000).toUTCString()
      : retryAfter?.toString();
  return json(
    status,
    { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'throttled' }] },
    header === undefined ? {} : { 'retry-after': header },
  );
}

let bomb: Buffer | undefined;

/** Ten megabytes of blanks: packed once, for all who are sent it. */
function gzipBomb(): Buffer {
  bomb ??= gzipSync(`{"resourceType":"Bundle","type":"searchset"}${' '.repeat(10_000_000)}`);
  return bomb;
}

/** @param elsewhere where redirects lead */
export function faulty(fault: AnswerFault, elsewhere: string): Answer {
  switch (fault) {
    case 'hang':
      return () => undefined;
    case 'drip':
      return drip;
    case 'reset':
      return (response) => response.destroy();
    case 'reset-midway':
      return (response) => {
        response.writeHead(200, { 'content-type': fhirJson, 'content-length': 1000 });
        response.write('{"resourceType":"Bundle"', () => response.destroy());
      };
    case 'error':
      return outcome(500, 'exception', 'Something broke');
    case 'unauthorized':
      return outcome(401, 'login', 'The token has expired');
    case 'forbidden':
      return outcome(403, 'forbidden', 'Not in the scope of this token');
    case 'gone':
      return outcome(404, 'not-found', 'No such place');
    case 'html':
      return sent(200, '<html>Sign in</html>', { 'content-type': 'text/html' });
    case 'no-content':
      return (response) => response.writeHead(204).end();
    case 'truncated':
      return sent(200, '{"resourceType":"Bun', { 'content-type': fhirJson });
    case 'bare-string':
      return json(200, 'Bundle');
    case 'outcome':
      return outcome(200, 'exception', 'Could not search');
    case 'other-type':
      return json(200, { resourceType: 'Parameters' });
    case 'redirect':
      return (response) => response.writeHead(302, { location: elsewhere }).end();
    case 'endless':
      return endless;
    case 'too-deep':
      return searchsetWith(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    case 'too-many':
      return searchsetWith(`[${'{},'.repeat(250_000)}{}]`);
    case 'polluted':
      return searchsetWith('{"__proto__":{"isAdmin":true}}');
    case 'gzip-bomb':
      return (response) =>
        response.writeHead(200, { 'content-type': fhirJson, 'content-encoding': 'gzip' }).end(gzipBomb());
    default:
      return fault satisfies never;
  }
}

function sent(status: number, body: string, headers: Readonly<Record<string, string>>): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

function searchsetWith(extension: string): Answer {
  const body = `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Basic","x":${extension}}}]}`;
  return sent(200, body, { 'content-type': fhirJson });
}

const drip: Answer = (response) => {
  response.writeHead(200, { 'content-type': fhirJson }).write('{');
  const drops = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(drops));
};

const endless: Answer = (response) => {
  const pour = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.writeHead(200, { 'content-type': fhirJson }).on('drain', pour);
  pour();
};

/** The links of a page, gone wrong. @param base of the server; @param self the page's own address */
export function faultyLinks(
  fault: DataFault | undefined,
  base: string,
  self: string,
  elsewhere: string,
): readonly BundleLink[] | undefined {
  const next = (url: string) => [
    { relation: 'self', url: self },
    { relation: 'next', url },
  ];
  if (fault === 'foreign-next') return next(`${elsewhere}?page=2`);
  if (fault === 'looping-next') return next(self);
  if (fault === 'next-outside') return next(`${base}-evil/Condition?page=2`);
  return undefined;
}

export const missingEntries: BundleEntry<OperationOutcome> = {
  search: { mode: 'outcome' },
  resource: { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'incomplete' }] },
};

/** The same JSON about another patient. */
export function ofAnotherPatient(body: object): object {
  return JSON.parse(
    JSON.stringify(body)
      .replace(/Patient\/[A-Za-z0-9.-]+/g, 'Patient/somebody-else')
      .replace(/("resourceType":"Patient","id":")[^"]+/g, '$1somebody-else'),
  ) as object;
}
