/** At start: the codes a site's terminology server adds to value sets, from the server, from the cache, or none. */
import type { ExpansionCache, ExpansionKey } from './expansion-cache.js';
import type { Code, TerminologyFailure, TerminologyServer } from './terminology-server.js';

/** What a service wants to have expanded. */
export interface WantedExpansion {
  readonly valueSet: string;
  readonly url: string;
}

/** What became of one extension. */
export interface ExtensionReport {
  readonly valueSet: string;
  readonly url: string;
  /** `shipped`: neither server nor cache; the set is as shipped. */
  readonly from: 'server' | 'cache' | 'shipped';
  readonly codes: number;
  /** When the server gave them. */
  readonly fetchedAt?: Date;
  /** Why the server's answer could not be had; absent where it was not asked. */
  readonly reason?: TerminologyFailure;
}

export interface Extended {
  /** Codes that join the shipped ones, by value set. */
  readonly extensions: ReadonlyMap<string, readonly Code[]>;
  readonly reports: readonly ExtensionReport[];
  /** False when the cache could not be written. */
  readonly isCacheSaved: boolean;
}

export interface ExtensionParts {
  /** Base URL of the server, the name of its answers in the cache. */
  readonly serverUrl: string;
  readonly server: TerminologyServer;
  readonly cache: ExpansionCache;
  /** Of the cache that makes asking unnecessary, milliseconds. */
  readonly freshMs: number;
  /** For all expansions together. */
  readonly signal: AbortSignal;
  readonly now: Date;
}

/** Never fails: a server that is down costs what it would have added, and the report says so. */
export async function extendValueSets(
  wanted: readonly WantedExpansion[],
  parts: ExtensionParts,
): Promise<Extended> {
  const found = await Promise.all(wanted.map((one) => expansionOf(one, parts)));
  const extensions = new Map<string, readonly Code[]>();
  for (const { report, codes } of found) {
    extensions.set(report.valueSet, [...(extensions.get(report.valueSet) ?? []), ...codes]);
  }
  const reports = found.map(({ report }) => report);
  const isNew = reports.some(({ from }) => from === 'server');
  const keys = wanted.map((one) => keyOf(one, parts));
  return { extensions, reports, isCacheSaved: isNew ? parts.cache.save(keys) : true };
}

interface Found {
  readonly report: ExtensionReport;
  readonly codes: readonly Code[];
}

async function expansionOf(wanted: WantedExpansion, parts: ExtensionParts): Promise<Found> {
  const { server, cache, now, freshMs, signal } = parts;
  const key = keyOf(wanted, parts);
  const cached = cache.get(key);
  const age = cached === undefined ? Infinity : now.getTime() - cached.fetchedAt.getTime();
  const told = (
    from: ExtensionReport['from'],
    codes: readonly Code[],
    rest: Partial<ExtensionReport>,
  ): Found => ({
    report: { valueSet: wanted.valueSet, url: wanted.url, from, codes: codes.length, ...rest },
    codes,
  });
  if (cached !== undefined && age >= 0 && age < freshMs)
    return told('cache', cached.codes, { fetchedAt: cached.fetchedAt });
  const expansion = await server.expand(wanted.url, signal);
  if (expansion.ok) {
    cache.put(key, { fetchedAt: now, codes: expansion.codes });
    return told('server', expansion.codes, { fetchedAt: now });
  }
  const { reason } = expansion;
  if (cached === undefined) return told('shipped', [], { reason });
  return told('cache', cached.codes, { fetchedAt: cached.fetchedAt, reason });
}

function keyOf({ valueSet, url }: WantedExpansion, { serverUrl }: ExtensionParts): ExpansionKey {
  return { server: serverUrl, valueSet, url };
}
