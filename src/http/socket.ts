/**
 * The listening socket: its time limits, its answer to what is no HTTP, and its orderly end.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as TcpServer, type AddressInfo, type Socket } from 'node:net';
import { outcomeOf, statusOf, type FailureCode } from './failure.js';

export interface ListeningSocket {
  /** Base URL, without a slash at the end. */
  readonly url: string;
  readonly onRequest: (listener: RequestListener) => void;
  /** Accepts nothing new; resolves when every request under way is answered, at the latest after some seconds. */
  readonly drain: () => Promise<void>;
}

/** A problem is one line that names the variable to change. */
export type Listening =
  { readonly ok: true; readonly socket: ListeningSocket } | { readonly ok: false; readonly problem: string };

/** Milliseconds for the headers, for the whole request, and between two requests on a connection. */
export interface SocketLimits {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
}

/** Load balancers keep idle connections for a minute: ours must not be the first to hang up. */
const usual: SocketLimits = { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 65_000 };
const headerBytes = 16_384;

/** Milliseconds until connections are cut although requests are under way, and idle ones although one may come. */
const graceMs = 8000;
const quietMs = 500;

/** `port` 0 takes any free port. */
export async function listen(host: string, port: number, limits = usual): Promise<Listening> {
  const connectionsCheckingInterval = Math.min(1000, limits.headersTimeout / 2);
  const server = createServer({ ...limits, maxHeaderSize: headerBytes, connectionsCheckingInterval });
  server.on('clientError', refuseBroken);
  const connections = new Set<Socket>();
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  const problem = await bind(server, host, port);
  if (problem !== undefined) return { ok: false, problem };
  return {
    ok: true,
    socket: {
      url: urlOf(server),
      onRequest: (listener) => server.on('request', listener),
      drain: () => drain(server, connections),
    },
  };
}

/** Resolves to a problem when the address can't be had. */
function bind(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(bindProblem(error.code, host, port));
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve(undefined);
    });
  });
}

function bindProblem(code: string | undefined, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} is in use on ${host}: stop what listens there or choose another`;
    case 'EACCES':
      return `PORT ${port} may not be opened by this user: choose one above 1023`;
    default:
      return `HOST ${host} cannot be listened on (${code ?? 'unknown error'})`;
  }
}

/** What is no HTTP never reaches the application; it is still answered as everything else is. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const failure = brokenBecause(error.code);
  const body = JSON.stringify(outcomeOf({ failure }));
  socket.end(
    [
      `HTTP/1.1 ${statusOf({ failure })} Refused`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function brokenBecause(code: string | undefined): FailureCode {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'too-slow';
    case 'HPE_HEADER_OVERFLOW':
      return 'headers-too-large';
    default:
      return 'malformed-http';
  }
}

/**
 * Ends in order. `server.close()` of HTTP cuts idle connections at once, and with them a request that was just sent on
 * one: here each gets one more answer, which carries `Connection: close`, and only what stays quiet is cut.
 */
async function drain(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    TcpServer.prototype.close.call(server, () => resolve());
  });
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    // HTTP counts those that have never said anything among the busy ones.
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
  }, quietMs);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
  // Also ends the timers that HTTP itself keeps; nothing is left to be cut.
  server.close();
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
