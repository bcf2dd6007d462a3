/** A FHIR server that costs next to nothing: the same record for whatever patient is asked about, after a wait. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubResource {
  readonly resourceType: string;
}

export interface FhirStub {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * @param patientId as it stands in the resources; the id asked about is put in its place
 * @param latencyMs before each answer
 */
export async function startFhirStub(
  resources: readonly StubResource[],
  patientId: string,
  latencyMs: number,
): Promise<FhirStub> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
    const [, type = '', id] = pathname.split('/');
    const asked = id ?? (searchParams.get('patient') ?? '').replace(/^Patient\//, '');
    const text = (id === undefined ? searchset(type) : JSON.stringify(ofType(type)[0] ?? {}))
      .replaceAll(`"${patientId}"`, `"${asked}"`)
      .replaceAll(`/${patientId}"`, `/${asked}"`);
    const answer = () => response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(text);
    if (latencyMs > 0) setTimeout(answer, latencyMs);
    else answer();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };

  function ofType(type: string): readonly StubResource[] {
    return resources.filter(({ resourceType }) => resourceType === type);
  }
  function searchset(type: string): string {
    const entry = ofType(type).map((resource) => ({ resource, search: { mode: 'match' } }));
    return JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: entry.length, entry });
  }
}
