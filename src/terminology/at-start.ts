/** Puts together server, cache and clock: the extensions a service is created with. */
import type { TerminologyConfiguration } from '../config/terminology-configuration.js';
import type { OperationsEvent } from '../operations/log.js';
import { createOutbound } from '../outbound/outbound.js';
import { openExpansionCache } from './expansion-cache.js';
import {
  type Extended,
  extendValueSets,
  type ExtensionReport,
  type WantedExpansion,
} from './extend-value-sets.js';
import { type Code, createTerminologyServer } from './terminology-server.js';

const nothing: Extended = { extensions: new Map(), reports: [], isCacheSaved: true };
const hourMs = 3_600_000;

/** Why the configuration can't be used, in the words of a start-up error; undefined when it can. */
export function terminologyProblem(
  wanted: readonly WantedExpansion[],
  terminology: TerminologyConfiguration | undefined,
): string | undefined {
  if (wanted.length === 0 || terminology !== undefined) return undefined;
  return 'CONFIG_FILE: valueSetExtensions needs a terminology server: add "terminology": {"server": {"url": …}}';
}

/**
 * Asks the server for what is not fresh in the cache, within `timeoutMs` of the configuration. Never fails.
 * @param now the moment of the start
 */
export async function extendedAtStart(
  wanted: readonly WantedExpansion[],
  terminology: TerminologyConfiguration | undefined,
  now: Date,
): Promise<Extended> {
  if (wanted.length === 0 || terminology === undefined) return nothing;
  const outbound = createOutbound();
  try {
    return await extendValueSets(wanted, {
      serverUrl: terminology.server.url,
      server: createTerminologyServer(terminology.server, outbound),
      cache: openExpansionCache(terminology.cacheFile),
      freshMs: terminology.freshHours * hourMs,
      signal: AbortSignal.timeout(terminology.timeoutMs),
      now,
    });
  } finally {
    await outbound.close();
  }
}

/** What the last start has left in the cache, for commands: no server is asked, whatever its age. */
export function extensionsInCache(
  wanted: readonly WantedExpansion[],
  terminology: TerminologyConfiguration | undefined,
): Extended['extensions'] {
  const extensions = new Map<string, readonly Code[]>();
  if (wanted.length === 0 || terminology === undefined) return extensions;
  const cache = openExpansionCache(terminology.cacheFile);
  for (const { valueSet, url } of wanted) {
    const codes = cache.get({ server: terminology.server.url, valueSet, url })?.codes ?? [];
    extensions.set(valueSet, [...(extensions.get(valueSet) ?? []), ...codes]);
  }
  return extensions;
}

/** An event of the log for each extension, and one when the cache could not be written. */
export function eventsOf({ reports, isCacheSaved }: Extended): readonly OperationsEvent[] {
  return [
    ...reports.map(eventOf),
    ...(isCacheSaved ? [] : [{ event: 'terminology-cache-not-written' as const }]),
  ];
}

function eventOf({ valueSet, codes, from, reason }: ExtensionReport): OperationsEvent {
  const withoutServer = from === 'cache' ? 'value-set-from-old-cache' : 'value-set-not-extended';
  const event = reason === undefined ? 'value-set-extended' : withoutServer;
  return { event, valueSet, codes, from, ...(reason !== undefined && { reason }) };
}
