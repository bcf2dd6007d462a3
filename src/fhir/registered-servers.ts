/**
 * Which FHIR servers a call may send us to: those the site has registered, by exact base.
 */
import type { RegisteredServer } from '../outbound/network.js';

/** `any`: in a trial, whatever a call names. */
export type AllowedServers = readonly RegisteredServer[] | 'any';

/** The server that a call's `fhirServer` names, if calls may name it. */
export function allowedServer(fhirServer: string, allowed: AllowedServers): RegisteredServer | undefined {
  return allowed === 'any' ? { url: fhirServer, network: 'trial' } : registeredServer(fhirServer, allowed);
}

/**
 * The registered server with the same scheme, host, port and path, once both are written in the same way; a slash at
 * the end does not matter. What comes out is what the site has written, never what the call said.
 */
export function registeredServer(
  fhirServer: string,
  registered: readonly RegisteredServer[],
): RegisteredServer | undefined {
  const wanted = normalised(fhirServer);
  return wanted === undefined ? undefined : registered.find(({ url }) => normalised(url) === wanted);
}

/** User name, query and fragment stay in: no registered URL has them, so that none with them is found. */
function normalised(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).href.replace(/\/$/, '') : undefined;
}
