/**
 * Which addresses a connection may be made to, once a name has been resolved.
 */
import ipaddr from 'ipaddr.js';
import type { Network } from './network.js';

const neverInTrials: ReadonlySet<string> = new Set(['linkLocal', 'unspecified', 'multicast', 'broadcast']);

/** `address`: an IPv4 or IPv6 literal, with or without brackets. Whatever is no address may not be connected to. */
export function mayConnect(address: string, network: Network): boolean {
  const literal = address.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(literal)) return false;
  // IPv4 in the clothes of IPv6 is judged as what it is.
  const range = ipaddr.process(literal).range();
  switch (network) {
    case 'public':
      return range === 'unicast';
    case 'internal':
      return true;
    case 'trial':
      return !neverInTrials.has(range);
    default:
      return network satisfies never;
  }
}
