/**
 * Opens connections, to allowed addresses only. The check stands between the resolved name and the socket: a name
 * that was harmless when it was registered may resolve to something else today.
 */
import { lookup as resolveName, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { mayConnect } from './addresses.js';
import type { Network } from './network.js';
import { OutboundRefusal } from './refusal.js';

/** Every address of a host name; `node:dns`'s lookup in the product. */
export type NameLookup = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** @param timeoutMs how long a connection may take, TLS included */
export function guardedConnector(
  network: Network,
  timeoutMs: number,
  lookup: NameLookup = resolveName,
): buildConnector.connector {
  // undici's options know net.connect's and tls.connect's, which take the lookup; its types leave it out for TLS.
  const options: buildConnector.BuildOptions & { readonly lookup: LookupFunction } = {
    timeout: timeoutMs,
    lookup: guardedLookup(network, lookup),
  };
  const connect = buildConnector(options);
  return (target, callback) => {
    // A host that is an address already is never looked up.
    if (isIP(target.hostname) !== 0 && !mayConnect(target.hostname, network)) {
      callback(new OutboundRefusal('address'), null);
      return;
    }
    connect(target, callback);
  };
}

/** One forbidden address among several is enough to refuse: which of them is taken is a matter of chance. */
function guardedLookup(network: Network, lookup: NameLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, [], 0);
        return;
      }
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => mayConnect(address, network))) {
        callback(new OutboundRefusal('address'), [], 0);
      } else if (options.all === true) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}
