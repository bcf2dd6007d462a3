/**
 * What a check of the installation has found: one line for people.
 */
import type { OutboundAnswer, OutboundFailure } from '../outbound/fetch-text.js';
import type { RegisteredServer } from '../outbound/network.js';

export interface Verdict {
  readonly verdict: 'ok' | 'warning' | 'problem';
  /** What was looked at: a variable or a path in the site configuration. */
  readonly subject: string;
  /** What was seen and, unless it is fine, what to do. */
  readonly text: string;
}

/** GETs a URL of a registered server; an answer of any status is an answer. */
export type Fetch = (server: RegisteredServer, url: string, accept: string) => Promise<OutboundAnswer>;

/** Why there was no answer, in plain words with what to do. */
export function inWords(reason: OutboundFailure): string {
  switch (reason) {
    case 'address':
      return 'its address is not a public one: register it with "internal": true if that is meant';
    case 'certificate':
      return 'its TLS certificate is not accepted: NODE_EXTRA_CA_CERTS names further authorities to trust';
    case 'unreachable':
      return 'nobody answers there, or the connection broke off';
    case 'unknown-name':
      return 'the name is not known to the DNS';
    case 'timeout':
      return 'no answer in time';
    case 'too-large':
      return 'the answer is too large';
    case 'encoded':
      return 'the answer is compressed, which nobody asked for';
    case 'invalid-url':
      return 'the URL is not one of http or https';
    default:
      return reason satisfies never;
  }
}

/** The value of a JSON text, undefined for anything else. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
