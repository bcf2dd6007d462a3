/**
 * Every request that leaves the service: kept-alive connections, checked addresses, bounded answers, no redirects.
 */
import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { mayConnect } from './address.js';
import type { Network, RegisteredServer } from './network.js';
import { refuseEncodings } from './refuse-encodings.js';

export interface Outbound {
  /** Connects to addresses of this network alone. */
  readonly dispatcher: (network: Network) => Dispatcher;
  /** One GET; never throws. */
  readonly get: (server: RegisteredServer, url: string, request: OutboundRequest) => Promise<OutboundAnswer>;
  readonly close: () => Promise<void>;
}

export interface OutboundRequest {
  readonly accept: string;
  readonly signal: AbortSignal;
  /** Bytes of the answer at most. */
  readonly maxBytes: number;
}

export type OutboundAnswer =
  | { readonly ok: true; readonly status: number; readonly text: string }
  /** Why there is no answer, in words that hold nothing of the address or of the answer. */
  | { readonly ok: false; readonly why: string };

export interface OutboundOptions {
  /** Resolves a name to all its addresses; the system's resolver unless given. */
  readonly lookup?: Lookup;
}
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Bytes of one answer at most: a page of a search is far below it. */
const answerBytes = 5_000_000;

export function createOutbound({ lookup = systemLookup }: OutboundOptions = {}): Outbound {
  const agents: Readonly<Record<Network, Dispatcher>> = {
    public: agentFor('public', lookup),
    internal: agentFor('internal', lookup),
    trial: agentFor('trial', lookup),
  };
  return {
    dispatcher: (network) => agents[network],
    get: (server, url, request) => get(agents[server.network], url, request),
    close: async () => {
      await Promise.all(Object.values(agents).map((agent) => agent.destroy()));
    },
  };
}

function agentFor(network: Network, lookup: Lookup): Dispatcher {
  const connect = buildConnector({
    timeout: 5000,
    lookup: (hostname, options, callback) => {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        const refused = error ?? refusalOf(addresses, network);
        if (refused !== undefined) callback(refused, '', 0);
        else if (options.all === true) callback(null, addresses);
        else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 0);
      });
    },
  });
  return new Agent({
    connect: (options, callback) => {
      // A literal address is never looked up.
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !mayConnect(host, network)) callback(notAllowed(), null);
      else connect(options, callback);
    },
    connections: 64,
    maxResponseSize: answerBytes,
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
    keepAliveTimeout: 30_000,
  }).compose(refuseEncodings);
}

/** One bad address among good ones is enough: which of them is tried first is not ours to say. */
function refusalOf(addresses: readonly LookupAddress[], network: Network): Error | undefined {
  const areAllowed = addresses.length > 0 && addresses.every(({ address }) => mayConnect(address, network));
  return areAllowed ? undefined : notAllowed();
}

export const addressNotAllowed = 'VERTEBRAL_CDS_ADDRESS';

function notAllowed(): NodeJS.ErrnoException {
  return Object.assign(new Error('the address is not in the network the server is registered for'), {
    code: addressNotAllowed,
  });
}

async function get(
  dispatcher: Dispatcher,
  url: string,
  { accept, signal, maxBytes }: OutboundRequest,
): Promise<OutboundAnswer> {
  try {
    const { statusCode, body } = await request(url, { dispatcher, signal, headers: { accept } });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) return { ok: false, why: `the answer is larger than ${maxBytes} bytes` };
      chunks.push(chunk);
    }
    return { ok: true, status: statusCode, text: Buffer.concat(chunks, size).toString('utf8') };
  } catch (error) {
    return { ok: false, why: signal.aborted ? 'no answer in time' : reasonOf(error) };
  }
}

/** In our words: the message of the error holds the address. */
function reasonOf(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name is not known to the DNS';
    case 'ECONNREFUSED':
      return 'the connection was refused';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'the connection broke off';
    case addressNotAllowed:
      return 'its address is not a public one: register it with "internal": true if that is meant';
    default:
      return code !== undefined && /^(ERR_TLS|CERT|DEPTH|SELF|UNABLE|ERR_SSL)/.test(code)
        ? `the TLS certificate is not accepted (${code})`
        : `the connection failed (${code ?? 'unknown error'})`;
  }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code !== 'UND_ERR_ABORTED')
    return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
