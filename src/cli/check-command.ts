/** `vertebral-cds check`: what would fail if the service started here, in plain words. */
import {
  createServices,
  type ExpansionRequest,
  siteConfigurationSchema,
  wantedExpansions,
} from '../../cds-services/index.js';
import { decideAccess, type Warning } from '../config/access.js';
import { readEnvironment, type Environment } from '../config/environment.js';
import type { ServerConfiguration } from '../config/server-configuration.js';
import type { TerminologyConfiguration } from '../config/terminology-configuration.js';
import { loadSiteConfiguration } from '../config/site-configuration.js';
import { createOutbound, type Outbound } from '../outbound/outbound.js';
import type { RegisteredServer } from '../outbound/network.js';
import { checkDatabase } from '../self-check/database.js';
import { checkFhirServer } from '../self-check/fhir-server.js';
import { checkKeys } from '../self-check/keys.js';
import { extensionVerdicts, shippedCodesVerdict } from '../self-check/terminology.js';
import type { Fetch, Verdict } from '../self-check/verdict.js';
import { terminologyProblem } from '../terminology/at-start.js';
import { openExpansionCache } from '../terminology/expansion-cache.js';
import { extendValueSets } from '../terminology/extend-value-sets.js';
import { createTerminologyServer } from '../terminology/terminology-server.js';
import type { CommandResult } from './assess-command.js';

const fetchMs = 5000;
const answerBytes = 5_000_000;
/** For all questions about shipped codes together. */
const codesMs = 15_000;

/** Exit 0 when the service would start and all it needs answers, 1 when something would fail, 78 as `serve`. */
export async function checkCommand(
  env: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  const read = readEnvironment(env);
  if (!read.ok) return refused(read.problem);
  const { environment } = read;
  const site = loadSiteConfiguration(environment.configFile, siteConfigurationSchema);
  if (!site.ok) return refused(site.problem);
  const { server, services } = site.configuration;
  const decided = decideAccess(environment, server);
  if (!decided.ok) return refused(decided.problem);
  const wanted = wantedExpansions(services);
  const terminology = terminologyProblem(wanted, server.terminology);
  if (terminology !== undefined) return refused(terminology);

  const outbound = createOutbound();
  const fetch = fetchThrough(outbound);
  const cdsServices = createServices(services);
  const elsewhere = await Promise.all([
    ...server.clients.map((client, index) => checkKeys(`clients[${index}]`, client, fetch)),
    ...fhirServersOf(server).map(([subject, base]) => checkFhirServer(subject, base, cdsServices, fetch)),
    checkTerminology(server.terminology, wanted, outbound),
  ]);
  await outbound.close();
  return report([
    configured(environment, server),
    ...decided.warnings.map(warned),
    await checkDatabase(environment.databaseUrl),
    ...elsewhere.flat(),
  ]);
}

function refused(problem: string): CommandResult {
  return { exitCode: 78, stderr: `vertebral-cds ${problem}` };
}

function configured({ configFile }: Environment, { clients }: ServerConfiguration): Verdict {
  const subject = 'CONFIG_FILE';
  if (configFile === undefined) {
    return {
      verdict: 'warning',
      subject,
      text: 'is not set: everything has its default, no client is registered',
    };
  }
  const names = clients.map(({ id }) => id).join(', ');
  return {
    verdict: 'ok',
    subject,
    text: `${configFile} is valid; clients: ${names === '' ? 'none' : names}`,
  };
}

function warned({ subject, text }: Warning): Verdict {
  return { verdict: 'warning', subject, text };
}

function fhirServersOf({ clients, fhirServers = [] }: ServerConfiguration) {
  const all: (readonly [string, RegisteredServer])[] = fhirServers.map((base, index) => [
    `fhirServers[${index}]`,
    base,
  ]);
  clients.forEach((client, at) => {
    client.fhirServers.forEach((base, index) => all.push([`clients[${at}].fhirServers[${index}]`, base]));
  });
  return all;
}

/** Asks the server as a start would, without keeping the answers; then about each shipped code of the sets. */
async function checkTerminology(
  terminology: TerminologyConfiguration | undefined,
  wanted: readonly ExpansionRequest[],
  outbound: Outbound,
): Promise<readonly Verdict[]> {
  if (terminology === undefined || wanted.length === 0) return [];
  const asked = createTerminologyServer(terminology.server, outbound);
  const { reports } = await extendValueSets(wanted, {
    serverUrl: terminology.server.url,
    server: asked,
    cache: { ...openExpansionCache(terminology.cacheFile), save: () => true },
    freshMs: 0,
    signal: AbortSignal.timeout(terminology.timeoutMs),
    now: new Date(),
  });
  const signal = AbortSignal.timeout(codesMs);
  const codes = wanted.map(({ valueSet, shipped }, index) =>
    shippedCodesVerdict(`valueSetExtensions[${index}]`, valueSet, shipped, (code) =>
      asked.validateCode(code, signal),
    ),
  );
  return [...extensionVerdicts(reports), ...(await Promise.all(codes))];
}

function fetchThrough(outbound: Outbound): Fetch {
  return (server, url, accept) =>
    outbound.fetch(url, {
      network: server.network,
      headers: { accept },
      signal: AbortSignal.timeout(fetchMs),
      maxBytes: answerBytes,
    });
}

const marks = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;

function report(verdicts: readonly Verdict[]): CommandResult {
  const problems = verdicts.filter(({ verdict }) => verdict === 'problem').length;
  const lines = verdicts.map(({ verdict, subject, text }) => `${marks[verdict]}  ${subject}: ${text}`);
  const sum = problems === 0 ? 'The service would work.' : `${problems} would fail.`;
  return { exitCode: problems === 0 ? 0 : 1, stdout: [...lines, '', sum].join('\n') };
}
