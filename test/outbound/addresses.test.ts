import { describe, expect, test } from '@jest/globals';
import { isLoopback, mayConnect } from '../../src/outbound/addresses.js';

describe('an address may be connected to', () => {
  const rows: readonly [string, string, boolean, boolean][] = [
    // what it is, address, for a public server, in a trial
    ['public IPv4', '93.184.216.34', true, true],
    ['public IPv6', '2606:2800:220:1::1', true, true],
    ['public IPv4 in IPv6', '::ffff:93.184.216.34', true, true],
    ['loopback', '127.0.0.1', false, true],
    ['the rest of the loopback range', '127.8.9.1', false, true],
    ['IPv6 loopback', '::1', false, true],
    ['loopback in IPv6', '::ffff:127.0.0.1', false, true],
    ['loopback in IPv6, in hexadecimal', '::ffff:7f00:1', false, true],
    ['private 10/8', '10.1.2.3', false, true],
    ['private 172.16/12', '172.31.255.1', false, true],
    ['private 192.168/16', '192.168.0.1', false, true],
    ['carrier-grade NAT', '100.64.0.1', false, true],
    ['IPv6 unique local', 'fd12::1', false, true],
    ['IPv6 site local', 'fec0::1', false, true],
    ['documentation', '192.0.2.1', false, true],
    ['IPv6 not in use', '4000::1', false, true],
    ['the metadata address of clouds', '169.254.169.254', false, false],
    ['the metadata address in IPv6', '::ffff:a9fe:a9fe', false, false],
    ['the metadata address through NAT64', '64:ff9b::a9fe:a9fe', false, false],
    ['the metadata address through 6to4', '2002:a9fe:a9fe::1', false, false],
    ['the IPv6 metadata address of AWS', 'fd00:ec2::254', false, false],
    ['the metadata address of Alibaba', '100.100.100.200', false, false],
    ['IPv6 link-local', 'fe80::1', false, false],
    ['IPv6 link-local with a zone', 'fe80::1%eth0', false, false],
    ['unspecified', '0.0.0.0', false, false],
    ['IPv6 unspecified', '::', false, false],
    ['broadcast', '255.255.255.255', false, false],
    ['multicast', '224.0.0.1', false, false],
    ['IPv6 multicast', 'ff02::1', false, false],
    ['no address at all', 'localhost', false, false],
  ];
  test.each(rows)('%s, %s: public %s, trial %s', (_, address, isPublic, inTrial) => {
    expect([mayConnect(address, 'public'), mayConnect(address, 'trial')]).toEqual([isPublic, inTrial]);
    expect(mayConnect(address, 'internal')).toBe(true);
  });
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['192.168.1.5', false],
  ['ehr.example.org', false],
])('listening on %s is for this machine alone: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
