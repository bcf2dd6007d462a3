/**
 * Which of the servers that a site has registered a call means by its `fhirServer`.
 */
import type { RegisteredServer } from '../outbound/network.js';

/**
 * The server equal in scheme, host, port and path; a slash at the end does not matter. Anything else that a URL can
 * hold (user name, query, fragment) makes it another address.
 */
export function registeredServer(
  fhirServer: string,
  registered: readonly RegisteredServer[],
): RegisteredServer | undefined {
  const named = baseOf(fhirServer);
  return named === undefined ? undefined : registered.find(({ url }) => baseOf(url) === named);
}

function baseOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return isPlain ? `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}` : undefined;
}
