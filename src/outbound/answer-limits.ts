/**
 * Bounds on an answer while it arrives: not compressed, and within what its reader may still take.
 */
import type { Dispatcher } from 'undici';
import { OutboundRefusal } from './refusal.js';

/** Bytes that several answers share. */
export interface ByteAllowance {
  /** Takes bytes out; false when there were not enough left. */
  readonly take: (bytes: number) => boolean;
}

/**
 * Gives up an answer that is compressed, since a limit on compressed bytes is no limit, or that is more than the
 * allowance has left.
 */
export function withinLimits(allowance?: ByteAllowance): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, limited(handler, allowance));
}

function limited(
  handler: Dispatcher.DispatchHandler,
  allowance: ByteAllowance | undefined,
): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (...upgrade) => handler.onRequestUpgrade?.(...upgrade),
    onResponseStart: (controller, status, headers, message) => {
      if (isEncoded(headers['content-encoding'])) controller.abort(new OutboundRefusal('encoded'));
      else handler.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (controller, chunk) => {
      if (allowance?.take(chunk.length) === false) controller.abort(new OutboundRefusal('too-large'));
      else handler.onResponseData?.(controller, chunk);
    },
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  };
}

function isEncoded(encoding: string | string[] | undefined): boolean {
  return encoding !== undefined && !/^\s*(identity)?\s*$/i.test(String(encoding));
}
