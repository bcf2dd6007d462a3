/**
 * A FHIR server for tests, on a real socket: reads and searches over the resources it is given,
 * as strict as real servers were seen to be, and faulty on demand.
 */
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { isResource } from '../../src/cds-hooks/fhir-value.js';
import { search } from './fhir-search.js';

export type Fault =
  | 'hang' // never answers
  | 'error' // 500
  | 'forbidden' // 403
  | 'html' // 200 with a login page
  | 'truncated' // 200 with half of a JSON text
  | 'outcome' // 200 with an OperationOutcome
  | 'redirect' // 302 to another origin
  | 'foreign-next'; // pages continue on another origin

export interface RecordedRequest {
  readonly url: string;
  readonly authorization: string | undefined;
}

export interface FhirTestServer {
  readonly baseUrl: string;
  /** Every request since the start, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Makes reads and searches of a resource type go wrong; without a fault they work again. */
  readonly break: (resourceType: string, fault?: Fault) => void;
  /** Resolves when the next request for a resource type arrives, or at once if one did. */
  readonly arrival: (resourceType: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface FhirTestServerOptions {
  /** Asked for as bearer token; without it nobody is asked. */
  readonly token?: string;
  /** Resources on a page where the search names no `_count`. */
  readonly pageSize?: number;
  /** Where the faults `redirect` and `foreign-next` lead. */
  readonly elsewhere?: string;
}

type Answer = (response: ServerResponse) => void;

/** Starts the server on a free port. `content`: resources, or Bundles of them as the fixtures hold. */
export async function startFhirServer(
  content: Bundle | readonly (Bundle | FhirResource)[],
  options: FhirTestServerOptions = {},
): Promise<FhirTestServer> {
  const resources = ('resourceType' in content ? [content] : content).flatMap(unpacked);
  const faults = new Map<string, Fault>();
  const requests: RecordedRequest[] = [];
  const arrivals = new EventEmitter();
  let baseUrl = '';

  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization });
    arrivals.emit('request');
    respond(request)(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;

  function respond(request: IncomingMessage): Answer {
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      return outcome(401, 'login', 'A bearer token is required');
    }
    const url = new URL(request.url ?? '', baseUrl);
    const [type = '', id] = url.pathname
      .replace(/^\/fhir\//, '')
      .split('/')
      .map(decodeURIComponent);
    const fault = faults.get(type);
    if (fault !== undefined && fault !== 'foreign-next') return faulty(fault, options.elsewhere ?? baseUrl);
    if (request.method !== 'GET' || !url.pathname.startsWith('/fhir/'))
      return outcome(404, 'not-found', 'No such place');
    if (id !== undefined) return instance(type, id);
    const found = search(resources, type, url.searchParams);
    return found.ok ? page(url, found.matches, fault) : outcome(400, 'invalid', found.diagnostics);
  }

  function instance(type: string, id: string): Answer {
    const found = resources.find((resource) => resource.resourceType === type && resource.id === id);
    return found === undefined ? outcome(404, 'not-found', 'No such resource') : json(200, found);
  }

  /** No `total`, no `entry` when empty: many servers leave them out. */
  function page(url: URL, matches: readonly FhirResource[], fault: Fault | undefined): Answer {
    const offset = Number(url.searchParams.get('_offset') ?? 0);
    const size = Number(url.searchParams.get('_count') ?? options.pageSize ?? 50);
    const entry = matches
      .slice(offset, offset + size)
      .map((resource) => ({ fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id ?? ''}`, resource }));
    const self = `${baseUrl}${url.pathname.slice('/fhir'.length)}${url.search}`;
    const link = [{ relation: 'self', url: self }];
    if (fault === 'foreign-next') link.push({ relation: 'next', url: `${options.elsewhere ?? ''}?page=2` });
    else if (offset + size < matches.length) {
      const next = new URL(self);
      next.searchParams.set('_offset', String(offset + size));
      link.push({ relation: 'next', url: next.href });
    }
    return json(200, {
      resourceType: 'Bundle',
      type: 'searchset',
      link,
      ...(entry.length === 0 ? {} : { entry }),
    });
  }

  return {
    get baseUrl() {
      return baseUrl;
    },
    requests,
    break: (resourceType, fault) => {
      if (fault === undefined) faults.delete(resourceType);
      else faults.set(resourceType, fault);
    },
    arrival: async (resourceType) => {
      const place = new RegExp(`^/fhir/${resourceType}([/?]|$)`);
      while (!requests.some(({ url }) => place.test(url))) await once(arrivals, 'request');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function unpacked(content: Bundle | FhirResource): FhirResource[] {
  if (content.resourceType !== 'Bundle') return [content];
  return (content.entry ?? []).flatMap(({ resource }) => (isResource(resource) ? [resource] : []));
}

function faulty(fault: Exclude<Fault, 'foreign-next'>, elsewhere: string): Answer {
  switch (fault) {
    case 'hang':
      return () => undefined;
    case 'error':
      return outcome(500, 'exception', 'Something broke');
    case 'forbidden':
      return outcome(403, 'forbidden', 'Not in the scope of this token');
    case 'html':
      return (response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
    case 'truncated':
      return (response) => response.writeHead(200, { 'content-type': fhirJson }).end('{"resourceType":"Bun');
    case 'outcome':
      return outcome(200, 'exception', 'Could not search');
    case 'redirect':
      return (response) => response.writeHead(302, { location: elsewhere }).end();
    default:
      return fault satisfies never;
  }
}

const fhirJson = 'application/fhir+json; charset=utf-8';

function json(status: number, body: unknown): Answer {
  return (response) => response.writeHead(status, { 'content-type': fhirJson }).end(JSON.stringify(body));
}

function outcome(status: number, code: string, diagnostics: string): Answer {
  return json(status, {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics }],
  });
}
