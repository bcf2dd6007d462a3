/**
 * A FHIR server for tests, on a real socket: reads, searches and batches over the resources it is given,
 * as strict as real servers were seen to be, and faulty on demand.
 */
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { isResource } from '../../src/cds-hooks/fhir-value.js';
import { capabilityStatement } from './fhir-capability.js';
import {
  type Answer,
  busy,
  type DataFault,
  type Fault,
  faulty,
  isDataFault,
  json,
  ofAnotherPatient,
  outcome,
} from './fhir-faults.js';
import { search } from './fhir-search.js';
import { loadedAt } from './fhir-search-parameters.js';
import { type Asked, askedFor, searchset } from './fhir-searchset.js';

export type { Fault };

export interface RecordedRequest {
  readonly url: string;
  readonly authorization: string | undefined;
}

export interface FhirTestServer {
  readonly baseUrl: string;
  /** Every request since the start, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The headers of each. */
  readonly headers: readonly IncomingHttpHeaders[];
  /**
   * Makes reads and searches of a resource type go wrong, or of every type (`*`); without a fault they work again.
   * A `page` alone goes wrong when it is named, counted from 1.
   */
  readonly break: (resourceType: string, fault?: Fault, page?: number) => void;
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
  /** Milliseconds before each answer. */
  readonly latencyMs?: number;
}

interface BrokenPlace {
  readonly fault: Fault;
  readonly page: number | undefined;
  left: number;
}

/** Starts the server on a free port. `content`: resources, or Bundles of them as the fixtures hold. */
export async function startFhirServer(
  content: Bundle | readonly (Bundle | FhirResource)[],
  options: FhirTestServerOptions = {},
): Promise<FhirTestServer> {
  const resources = ('resourceType' in content ? [content] : content).flatMap(unpacked);
  const broken = new Map<string, BrokenPlace>();
  const requests: RecordedRequest[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const arrivals = new EventEmitter();
  const pageSize = options.pageSize ?? 50;
  let baseUrl = '';

  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization });
    headers.push(request.headers);
    arrivals.emit('request');
    void respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (options.latencyMs !== undefined)
      await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    (await answerTo(request))(response);
  }

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', baseUrl);
    if (url.pathname === '/fhir/metadata') return json(200, capabilityStatement);
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      return outcome(401, 'login', 'A bearer token is required');
    }
    const isBase = /^\/fhir\/?$/.test(url.pathname);
    if (request.method === 'POST' && isBase) return batch(await bodyOf(request));
    if (request.method !== 'GET' || isBase || !url.pathname.startsWith('/fhir/')) {
      return outcome(404, 'not-found', 'No such place');
    }
    const asked = askedFor(url, pageSize);
    const fault = faultAt(asked);
    if (typeof fault === 'object') return busy(fault);
    if (fault !== undefined && !isDataFault(fault)) return faulty(fault, options.elsewhere ?? baseUrl);
    return asked.id === undefined ? page(asked, fault) : instance(asked, fault);
  }

  function faultAt({ type, page: asked }: Asked): Fault | undefined {
    const place = broken.get(type) ?? broken.get('*');
    if (place === undefined || place.left === 0) return undefined;
    if (place.page !== undefined && place.page !== asked) return undefined;
    place.left -= 1;
    return place.fault;
  }

  function instance({ type, id }: Asked, fault: DataFault | undefined): Answer {
    const found = resources.find((resource) => resource.resourceType === type && resource.id === id);
    if (found === undefined) return outcome(404, 'not-found', 'No such resource');
    const updated = new Date(found.meta?.lastUpdated ?? loadedAt).toUTCString();
    return json(200, fault === 'wrong-patient' ? ofAnotherPatient(found) : found, {
      etag: `W/"${found.meta?.versionId ?? '1'}"`,
      'last-modified': updated,
      ...contentType(fault),
    });
  }

  function page(asked: Asked, fault: DataFault | undefined): Answer {
    const found = search(resources, asked.type, asked.url.searchParams);
    if (!found.ok) return outcome(400, 'invalid', found.diagnostics);
    const bundle = searchset(found.matches, asked, baseUrl, {
      fault,
      elsewhere: options.elsewhere ?? baseUrl,
    });
    return json(200, fault === 'wrong-patient' ? ofAnotherPatient(bundle) : bundle, contentType(fault));
  }

  /** Answers each GET of a batch as if it had come alone; faults are for requests of their own. */
  function batch(body: string): Answer {
    const { type, entry = [] } = JSON.parse(body) as Bundle;
    if (type !== 'batch') return outcome(400, 'invalid', 'Only batches are supported');
    return json(200, {
      resourceType: 'Bundle',
      type: 'batch-response',
      entry: entry.map(({ request }) => batchEntry(new URL(request?.url ?? '', `${baseUrl}/`))),
    });
  }

  function batchEntry(url: URL): object {
    const asked = askedFor(url, pageSize);
    if (asked.id !== undefined) {
      const found = resources.find(({ resourceType, id }) => resourceType === asked.type && id === asked.id);
      return found === undefined
        ? { response: { status: '404' } }
        : { resource: found, response: { status: '200' } };
    }
    const found = search(resources, asked.type, url.searchParams);
    if (!found.ok) return { response: { status: '400' } };
    const resource = searchset(found.matches, asked, baseUrl, { fault: undefined, elsewhere: baseUrl });
    return { resource, response: { status: '200' } };
  }

  return {
    get baseUrl() {
      return baseUrl;
    },
    requests,
    headers,
    break: (resourceType, fault, page) => {
      if (fault === undefined) broken.delete(resourceType);
      else
        broken.set(resourceType, {
          fault,
          page,
          left: typeof fault === 'object' ? (fault.times ?? Infinity) : Infinity,
        });
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

function contentType(fault: DataFault | undefined): Readonly<Record<string, string>> {
  return fault === 'wrong-content-type' ? { 'content-type': 'text/plain' } : {};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
