/**
 * Where a request that leaves the service may go, once the name in its URL has been resolved to an address.
 */

/**
 * `public`: public addresses alone. `internal`: the site has registered this server as one of its own network, so any
 * address will do. `trial`: no client is registered; anything but link-local addresses, where clouds keep secrets.
 */
export type Network = 'public' | 'internal' | 'trial';

/** A server the site has registered: an exact base, and the network it may be found in. */
export interface RegisteredServer {
  /** http(s) URL without user name, query and fragment. */
  readonly url: string;
  readonly network: Network;
}
