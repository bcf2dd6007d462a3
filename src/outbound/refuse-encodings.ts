/**
 * Refuses compressed answers: a limit on the bytes that arrive is no limit on what they unpack to, and none was asked for.
 */
import type { Dispatcher } from 'undici';

export const refuseEncodings: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (controller, ...upgrade) => handler.onRequestUpgrade?.(controller, ...upgrade),
    onResponseStart: (controller, status, headers, message) => {
      const encoding = headers['content-encoding'] ?? 'identity';
      if (encoding === 'identity') handler.onResponseStart?.(controller, status, headers, message);
      else controller.abort(new Error('the answer is compressed'));
    },
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  });
