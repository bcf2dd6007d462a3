/**
 * A terminology server for tests, on a real socket: `$expand` and `$validate-code` by GET, as strict as servers are, with
 * pages of its own size, and faulty on demand.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OperationOutcome, ValueSetExpansionContains } from 'fhir/r4.js';

export type TerminologyFault =
  'hang' | 'too-costly' | 'redirect' | 'not-json' | 'another-resource' | 'short' | 'same-page' | 'enormous';

export interface TerminologyTestServer {
  readonly baseUrl: string;
  /** Path and query of every request, in order of arrival. */
  readonly requests: readonly string[];
  /** Replaces a value set. */
  readonly hold: (url: string, contains: readonly ValueSetExpansionContains[]) => void;
  readonly break: (fault: TerminologyFault | undefined) => void;
  readonly close: () => Promise<void>;
}

export interface TerminologyTestOptions {
  /** Entries of a page at most, whatever is asked for; a server that does no paging sends neither total nor offset. */
  readonly pageSize?: number | 'none';
  /** `system|code` it knows beside those it holds in value sets. */
  readonly known?: readonly string[];
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly location?: string;
}

const expandParameters = new Set(['url', 'count', 'offset', 'activeOnly']);
const codeParameters = new Set(['url', 'code']);

export async function startTerminologyServer(
  valueSets: Readonly<Record<string, readonly ValueSetExpansionContains[]>>,
  { pageSize = 1000, known = [] }: TerminologyTestOptions = {},
): Promise<TerminologyTestServer> {
  const held = new Map(Object.entries(valueSets));
  const requests: string[] = [];
  let fault: TerminologyFault | undefined;

  function replyTo({ url = '', method, headers }: IncomingMessage): Reply | undefined {
    requests.push(url);
    const { pathname, searchParams } = new URL(url, 'http://tx');
    if (method !== 'GET') return refusal(405, 'not-supported', 'only GET');
    if (!String(headers.accept).includes('application/fhir+json'))
      return refusal(406, 'not-supported', 'only FHIR JSON');
    switch (fault) {
      case 'hang':
        return undefined;
      case 'redirect':
        return { status: 302, text: '', location: 'http://elsewhere.example/' };
      case 'too-costly':
        return refusal(422, 'too-costly', 'too many codes');
      case 'not-json':
        return { status: 200, text: '<html>' };
      case 'another-resource':
        return resource({ resourceType: 'Patient', id: 'p1' });
      default:
    }
    if (pathname === '/fhir/ValueSet/$expand') return expansion(searchParams);
    if (pathname === '/fhir/CodeSystem/$validate-code') return validation(searchParams);
    return refusal(404, 'not-found', 'no such operation');
  }

  function expansion(query: URLSearchParams): Reply {
    const stranger = [...query.keys()].find((name) => !expandParameters.has(name));
    if (stranger !== undefined) return refusal(400, 'invalid', `parameter ${stranger}`);
    const [count, offset] = ['count', 'offset'].map((name) => query.get(name) ?? '');
    if (!/^\d+$/.test(count ?? '') || !/^\d+$/.test(offset ?? ''))
      return refusal(400, 'invalid', 'count and offset are numbers');
    const contains = held.get(query.get('url') ?? '');
    if (contains === undefined) return refusal(404, 'not-found', 'unknown value set');
    const head = {
      identifier: 'urn:uuid:3f3a1f1e-7d57-4b9c-9a36-1d6f6c9b0001',
      timestamp: '2026-11-23T10:00:00Z',
    };
    if (pageSize === 'none') {
      return resource({ resourceType: 'ValueSet', status: 'active', expansion: { ...head, contains } });
    }
    const from = fault === 'same-page' ? 0 : Number(offset);
    const page = contains.slice(from, from + Math.min(Number(count), pageSize));
    const total = fault === 'enormous' ? 1_000_000 : contains.length + (fault === 'short' ? 3 : 0);
    return resource({
      resourceType: 'ValueSet',
      status: 'active',
      expansion: { ...head, total, offset: from, ...(page.length > 0 && { contains: page }) },
    });
  }

  function validation(query: URLSearchParams): Reply {
    const stranger = [...query.keys()].find((name) => !codeParameters.has(name));
    if (stranger !== undefined) return refusal(400, 'invalid', `parameter ${stranger}`);
    const key = `${query.get('url') ?? ''}|${query.get('code') ?? ''}`;
    const codes = [...held.values()].flatMap(all).map(({ system, code }) => `${system ?? ''}|${code ?? ''}`);
    const result = codes.includes(key) || known.includes(key);
    return resource({ resourceType: 'Parameters', parameter: [{ name: 'result', valueBoolean: result }] });
  }

  const server = createServer((request, response) => {
    const reply = replyTo(request);
    if (reply === undefined) return;
    const { status, text, location } = reply;
    const headers = { 'content-type': 'application/fhir+json', ...(location !== undefined && { location }) };
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    requests,
    hold: (url, contains) => held.set(url, contains),
    break: (next) => (fault = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function all(contained: readonly ValueSetExpansionContains[]): readonly ValueSetExpansionContains[] {
  return contained.flatMap((one) => [one, ...all(one.contains ?? [])]);
}

function resource(body: object, status = 200): Reply {
  return { status, text: JSON.stringify(body) };
}

function refusal(
  status: number,
  code: OperationOutcome['issue'][number]['code'],
  diagnostics: string,
): Reply {
  return resource(
    { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] },
    status,
  );
}
