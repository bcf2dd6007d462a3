/**
 * The one way out: every request that leaves the service goes through here. No redirect is followed, no forbidden
 * address connected to, no answer read without a limit.
 */
import { Agent, type Dispatcher } from 'undici';
import { withinLimits, type AnswerLimits } from './answer-limits.js';
import { guardedConnector, type NameLookup } from './connector.js';
import { fetchText, type OutboundAnswer, type OutboundRequest } from './fetch-text.js';
import type { Network } from './network.js';

export interface Outbound {
  /** The dispatcher for requests to servers of a network, for any fetch; whoever uses it must not follow redirects. */
  readonly dispatcher: (network: Network, limits?: AnswerLimits) => Dispatcher;
  /** One GET or POST of a small text, such as a JWKS or a token. Never throws; ends as soon as its signal is aborted. */
  readonly fetch: (url: string, request: OutboundRequest) => Promise<OutboundAnswer>;
  /** Cuts what is under way and closes idle connections. */
  readonly close: () => Promise<void>;
}

export interface OutboundOptions {
  readonly lookup?: NameLookup;
  /** Bytes of one answer; 5 MB unless set. */
  readonly answerBytes?: number;
  readonly connectTimeoutMs?: number;
  readonly connectionsPerOrigin?: number;
}

/** Idle time in an answer at most; whoever reads has a deadline of its own, this is for the case that it has none. */
const idleMs = 60_000;

/** Opens no connection yet; each network has connections of its own, kept alive. */
export function createOutbound({
  lookup,
  answerBytes = 5_000_000,
  connectTimeoutMs = 5_000,
  connectionsPerOrigin = 64,
}: OutboundOptions = {}): Outbound {
  const agents = { public: agent('public'), internal: agent('internal'), trial: agent('trial') };

  function agent(network: Network): Agent {
    return new Agent({
      connect: guardedConnector(network, connectTimeoutMs, lookup),
      connections: connectionsPerOrigin,
      pipelining: 1,
      headersTimeout: idleMs,
      bodyTimeout: idleMs,
      maxHeaderSize: 16_384,
    });
  }
  return {
    dispatcher: (network, limits = {}) => agents[network].compose(withinLimits(answerBytes, limits)),
    fetch: (url, request) =>
      fetchText(url, request, agents[request.network].compose(withinLimits(request.maxBytes, {}))),
    close: async () => {
      await Promise.all(Object.values(agents).map((one) => one.destroy()));
    },
  };
}
