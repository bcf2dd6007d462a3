/**
 * Is a registered FHIR base a FHIR R4 server that can answer our searches? Its CapabilityStatement says so without a token.
 */
import { z } from 'zod';
import { queryKind } from '../cds-hooks/prefetch-template.js';
import type { CdsService } from '../cds-hooks/service.js';
import type { RegisteredServer } from '../outbound/network.js';
import { inWords, jsonOf, type Fetch, type Verdict } from './verdict.js';

const capabilityStatement = z.object({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.string(),
  rest: z
    .array(
      z.object({
        resource: z
          .array(
            z.object({
              type: z.string(),
              interaction: z.array(z.object({ code: z.string() })).default([]),
              searchParam: z.array(z.object({ name: z.string() })).default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});
type Capabilities = z.output<typeof capabilityStatement>;

/** `subject`: its place in the configuration, such as `clients[0].fhirServers[0]`. */
export async function checkFhirServer(
  subject: string,
  server: RegisteredServer,
  services: readonly CdsService[],
  fetch: Fetch,
): Promise<readonly Verdict[]> {
  const at = (verdict: Verdict['verdict'], text: string): Verdict => ({ verdict, subject, text });
  const fetched = await fetch(server, `${server.url.replace(/\/$/, '')}/metadata`, 'application/fhir+json');
  if (!fetched.ok) return [at('problem', `${server.url} does not answer: ${inWords(fetched.reason)}`)];
  if (fetched.status === 401 || fetched.status === 403) {
    return [at('warning', `${server.url} wants a token even for /metadata: nothing more could be checked`)];
  }
  if (fetched.status !== 200) {
    return [
      at('problem', `${server.url}/metadata answered ${fetched.status}, not 200: is this the base URL?`),
    ];
  }
  const parsed = capabilityStatement.safeParse(jsonOf(fetched.text));
  if (!parsed.success) {
    return [at('problem', `${server.url}/metadata is no CapabilityStatement: is this the base URL?`)];
  }
  const { fhirVersion } = parsed.data;
  if (!fhirVersion.startsWith('4.0.')) {
    return [at('problem', `${server.url} speaks FHIR ${fhirVersion}; this service reads R4 (4.0.1)`)];
  }
  const lacking = [...queriesOf(services)].flatMap((query) => whatIsLacking(query, parsed.data));
  return [
    at('ok', `${server.url} speaks FHIR ${fhirVersion}`),
    ...[...new Set(lacking)].map((what) =>
      at('warning', `${server.url} does not say that it can ${what}: cards will name what could not be read`),
    ),
  ];
}

function queriesOf(services: readonly CdsService[]): ReadonlySet<string> {
  return new Set(services.flatMap(({ prefetch }) => Object.values(prefetch).map(({ query }) => query)));
}

function whatIsLacking(query: string, { rest }: Capabilities): readonly string[] {
  const { kind, resourceType } = queryKind(query);
  const resource = rest.flatMap((one) => one.resource).find(({ type }) => type === resourceType);
  const needed = kind === 'instance' ? 'read' : 'search-type';
  if (resource?.interaction.some(({ code }) => code === needed) !== true) {
    return [kind === 'instance' ? `read ${resourceType}` : `search ${resourceType}`];
  }
  const known = new Set(resource.searchParam.map(({ name }) => name));
  const asked = [...new URLSearchParams(query.split('?')[1] ?? '').keys()];
  return asked
    .filter((name) => !name.startsWith('_') && !known.has(name))
    .map((name) => `search ${resourceType} by ${name}`);
}
