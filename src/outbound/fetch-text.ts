/**
 * One GET or POST of a text, with every expected ending as a value.
 */
import { request, type Dispatcher } from 'undici';
import type { Network } from './network.js';
import { OutboundRefusal, type RefusalCode } from './refusal.js';

export interface OutboundRequest {
  readonly network: Network;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** A POST with this body; a GET without one. */
  readonly body?: string;
  /** Size of the answer at most. */
  readonly maxBytes: number;
}

export type OutboundAnswer =
  | {
      readonly ok: true;
      /** Any status; a redirect is an answer like others. */
      readonly status: number;
      readonly contentType?: string | undefined;
      readonly text: string;
    }
  | { readonly ok: false; readonly reason: OutboundFailure };

export type OutboundFailure =
  | RefusalCode // refused by our own rules
  | 'timeout' // the signal was aborted first
  | 'unknown-name' // DNS has no such host
  | 'certificate' // TLS failed
  | 'unreachable' // nobody listens, or the connection broke
  | 'invalid-url';

/** Never throws; error texts of the network stay behind. */
export async function fetchText(
  url: string,
  { signal, headers, body, maxBytes }: OutboundRequest,
  dispatcher: Dispatcher,
): Promise<OutboundAnswer> {
  if (!isHttpUrl(url)) return { ok: false, reason: 'invalid-url' };
  try {
    const answer = await request(url, {
      dispatcher,
      ...(body !== undefined && { method: 'POST', body }),
      signal,
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
    const { 'content-type': contentType, 'content-length': length } = answer.headers;
    if (Number(length ?? 0) > maxBytes) {
      answer.body.destroy();
      return { ok: false, reason: 'too-large' };
    }
    const text = await answer.body.text();
    const type = typeof contentType === 'string' ? contentType : undefined;
    return { ok: true, status: answer.statusCode, contentType: type, text };
  } catch (error) {
    return { ok: false, reason: signal.aborted ? 'timeout' : failureOf(error) };
  }
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

function failureOf(error: unknown): OutboundFailure {
  if (error instanceof OutboundRefusal) return error.code;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-name';
  if (/CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO_/.test(code)) return 'certificate';
  return 'unreachable';
}
