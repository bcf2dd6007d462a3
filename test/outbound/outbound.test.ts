import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createOutbound, type Outbound, type OutboundOptions } from '../../src/outbound/outbound.js';
import type { Network } from '../../src/outbound/network.js';

const never = new AbortController().signal;
const servers: Server[] = [];
const outbounds: Outbound[] = [];
afterEach(async () => {
  await Promise.all(outbounds.splice(0).map((outbound) => outbound.close()));
  await Promise.all(servers.splice(0).map((server) => stop(server)));
});

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface Place {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly IncomingMessage[];
}

async function place(answer: RequestListener): Promise<Place> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/keys`, port, requests };
}

function open(options: OutboundOptions = {}): Outbound {
  const outbound = createOutbound(options);
  outbounds.push(outbound);
  return outbound;
}

/** A DNS that answers every name with these addresses. */
function dns(...addresses: readonly string[]): Pick<OutboundOptions, 'lookup'> {
  return {
    lookup: (_, __, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
  };
}

const read = (outbound: Outbound, url: string, network: Network = 'trial', maxBytes = 1000) =>
  outbound.fetch(url, { network, signal: never, maxBytes });

describe('an answer', () => {
  test('is status, type and text; it is asked for uncompressed', async () => {
    const { url, requests } = await place((_, response) =>
      response.writeHead(203, { 'content-type': 'application/json' }).end('{}'),
    );
    const outbound = open();
    expect(await read(outbound, url)).toEqual({
      ok: true,
      status: 203,
      contentType: 'application/json',
      text: '{}',
    });
    expect(requests[0]?.headers).toMatchObject({ 'accept-encoding': 'identity' });
  });

  test('that redirects is not followed', async () => {
    const decoy = await place((_, response) => response.end('secret'));
    const { url } = await place((_, response) => response.writeHead(302, { location: decoy.url }).end());
    expect(await read(open(), url)).toMatchObject({ ok: true, status: 302, text: '' });
    expect(decoy.requests).toEqual([]);
  });

  test.each([
    ['is compressed', 'encoded', { 'content-encoding': 'gzip' }, gzipSync('x'.repeat(100_000))],
    ['is compressed in an unknown way', 'encoded', { 'content-encoding': 'x' }, Buffer.from('x')],
    ['says that it is too large', 'too-large', { 'content-length': '2000' }, Buffer.alloc(2000)],
    ['is too large', 'too-large', { 'transfer-encoding': 'chunked' }, Buffer.alloc(2000)],
  ])('that %s is refused as %s', async (_, reason, headers, body) => {
    const { url } = await place((__, response) => response.writeHead(200, headers).end(body));
    expect(await read(open(), url)).toEqual({ ok: false, reason });
  });

  test('without end is refused', async () => {
    const { url } = await place((_, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(16_384)));
      };
      response.writeHead(200).on('drain', pour);
      pour();
    });
    expect(await read(open(), url, 'trial', 100_000)).toEqual({ ok: false, reason: 'too-large' });
  });

  test('that does not come in time is given up', async () => {
    const { url } = await place(() => undefined);
    const answer = open().fetch(url, { network: 'trial', signal: AbortSignal.timeout(30), maxBytes: 1000 });
    expect(await answer).toEqual({ ok: false, reason: 'timeout' });
  });

  test('that breaks off is unreachable, and so is a port where nobody listens', async () => {
    const { url } = await place((request) => request.socket.destroy());
    const outbound = open();
    expect(await read(outbound, url)).toEqual({ ok: false, reason: 'unreachable' });
    expect(await read(outbound, 'http://127.0.0.1:1/')).toEqual({ ok: false, reason: 'unreachable' });
  });

  test.each(['ftp://example.org/', 'http://user@127.0.0.1/', 'keys.json', 'http://'])(
    'is not asked for at %s',
    async (url) => {
      expect(await read(open(), url)).toEqual({ ok: false, reason: 'invalid-url' });
    },
  );
});

describe('an answer to any fetch', () => {
  const through = (url: string, outbound: Outbound, limits: Parameters<Outbound['dispatcher']>[1] = {}) => {
    const options: object = { dispatcher: outbound.dispatcher('trial', limits), redirect: 'error' };
    return fetch(url, options).then((answer) => answer.text());
  };
  const ok: RequestListener = (_, response) => response.end('x'.repeat(1000));

  test('comes through', async () => {
    const { url } = await place(ok);
    expect(await through(url, open())).toHaveLength(1000);
  });

  test('that is too large is given up, at once', async () => {
    const { url } = await place(ok);
    let refused = 0;
    const answer = through(url, open({ answerBytes: 999 }), { onRefused: () => (refused += 1) });
    await expect(answer).rejects.toThrow();
    expect(refused).toBe(1);
  });

  test('shares its allowance with others', async () => {
    const { url } = await place(ok);
    const outbound = open();
    let left = 2500;
    const allowance = { take: (bytes: number) => (left -= bytes) >= 0 };
    await through(url, outbound, { allowance });
    await through(url, outbound, { allowance });
    await expect(through(url, outbound, { allowance })).rejects.toThrow();
  });

  test('that breaks the protocol right behind its headers is given up, at once', async () => {
    const server = createSocketServer((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n')),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(through(`http://127.0.0.1:${port}/`, open())).rejects.toThrow();
    server.close();
  });
});

describe('a server that is not where it may be', () => {
  const addresses: readonly [string, Network, readonly string[]][] = [
    ['loopback', 'public', ['127.0.0.1']],
    ['IPv6 loopback', 'public', ['::1']],
    ['one private address among public ones', 'public', ['93.184.216.34', '10.0.0.1']],
    ['the metadata address', 'public', ['169.254.169.254']],
    ['the metadata address, in a trial', 'trial', ['169.254.169.254']],
    ['no address', 'public', []],
  ];
  test.each(addresses)('is not connected to when its name resolves to %s', async (_, network, answers) => {
    const { port, requests } = await place((__, response) => response.end());
    const outbound = open(dns(...answers));
    expect(await read(outbound, `http://ehr.example:${port}/`, network)).toEqual({
      ok: false,
      reason: 'address',
    });
    expect(requests).toEqual([]);
  });

  test.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'https://127.0.0.1',
  ])('is not connected to when it is named by its address: %s', async (origin) => {
    const { port, requests } = await place((_, response) => response.end());
    const outbound = open();
    expect(await read(outbound, `${origin}:${port}/`, 'public')).toEqual({ ok: false, reason: 'address' });
    expect(requests).toEqual([]);
  });

  test('is connected to when it is registered as internal', async () => {
    const { port } = await place((_, response) => response.end('here'));
    const outbound = open(dns('127.0.0.1'));
    const url = `http://ehr.example:${port}/`;
    expect(await read(outbound, url, 'internal')).toMatchObject({ ok: true, text: 'here' });
    // The connection that is open now belongs to the internal network and is not used for others.
    expect(await read(outbound, url, 'public')).toEqual({ ok: false, reason: 'address' });
  });

  test('says so when DNS does not know it', async () => {
    const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const outbound = open({ lookup: (_, __, callback) => callback(notFound, []) });
    expect(await read(outbound, 'http://ehr.example/', 'public')).toEqual({
      ok: false,
      reason: 'unknown-name',
    });
  });
});

test('connections are kept alive and limited in number', async () => {
  const sockets = new Set<unknown>();
  const { url } = await place((request, response) => {
    sockets.add(request.socket);
    response.end();
  });
  const outbound = open({ connectionsPerOrigin: 2 });
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(Array.from({ length: 5 }, () => read(outbound, url)));
  }
  expect(sockets.size).toBe(2);
});
