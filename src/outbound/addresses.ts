/**
 * Which addresses a request may reach, by the network of the server it is for.
 * Denied by default: a range that is not known to be public is not public.
 */
import ipaddr from 'ipaddr.js';
import type { Network } from './network.js';

/** IPv6 addresses in public use so far; ipaddr.js calls everything it has no name for unicast. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** What no trial may reach: nobody in particular, and what only seems to be another address. */
const neverInTrials: ReadonlySet<string> = new Set([
  'linkLocal',
  'unspecified',
  'broadcast',
  'multicast',
  'rfc6052',
  'rfc6145',
  '6to4',
  'teredo',
]);

/** Where clouds keep the secrets of a machine outside of the link-local range: AWS, Alibaba, Oracle. */
const cloudMetadata: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192']);

/** Whether `address`, an IPv4 or IPv6 address as text, may be connected to. An IPv4 address in IPv6 clothes is IPv4. */
export function mayConnect(address: string, network: Network): boolean {
  if (network === 'internal') return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  switch (network) {
    case 'public':
      return range === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast));
    case 'trial':
      return !neverInTrials.has(range) && !cloudMetadata.has(parsed.toString());
    default:
      return network satisfies never;
  }
}

/** Whether a host to listen on is reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');
}
