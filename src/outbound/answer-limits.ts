/**
 * Bounds on an answer while it arrives: not compressed, not too large, and within what its reader may still take.
 */
import type { Dispatcher } from 'undici';
import { OutboundRefusal, type RefusalCode } from './refusal.js';

/** Bytes that several answers share. */
export interface ByteAllowance {
  /** Takes bytes out; false when there were not enough left. */
  readonly take: (bytes: number) => boolean;
}

export interface AnswerLimits {
  readonly allowance?: ByteAllowance;
  /** Told when an answer is given up; the error that fetch rejects with may have lost the reason. */
  readonly onRefused?: () => void;
}

/**
 * Gives up an answer that is compressed, since a limit on compressed bytes is no limit, one of more than `answerBytes`
 * bytes, and one of more than the allowance has left.
 */
export function withinLimits(
  answerBytes: number,
  limits: AnswerLimits,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, limited(handler, answerBytes, limits));
}

function limited(
  handler: Dispatcher.DispatchHandler,
  answerBytes: number,
  { allowance, onRefused }: AnswerLimits,
): Dispatcher.DispatchHandler {
  let bytes = 0;
  const refuse = (controller: Dispatcher.DispatchController, code: RefusalCode) => {
    onRefused?.();
    controller.abort(new OutboundRefusal(code));
  };
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (...upgrade) => handler.onRequestUpgrade?.(...upgrade),
    onResponseStart: (controller, status, headers, message) => {
      if (isEncoded(headers['content-encoding'])) refuse(controller, 'encoded');
      else handler.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (controller, chunk) => {
      bytes += chunk.length;
      if (bytes > answerBytes || allowance?.take(chunk.length) === false) refuse(controller, 'too-large');
      else handler.onResponseData?.(controller, chunk);
    },
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => {
      // fetch never ends when it hears of an error in the same tick as of the headers: it is not listening yet.
      setImmediate(() => handler.onResponseError?.(controller, error));
    },
  };
}

function isEncoded(encoding: string | string[] | undefined): boolean {
  const name = String(encoding ?? '')
    .trim()
    .toLowerCase();
  return name !== '' && name !== 'identity';
}
