/**
 * Reads the body of a request as bytes, never more than a limit.
 */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Failure } from './failure.js';

export type Body = { readonly ok: true; readonly bytes: Buffer } | ({ readonly ok: false } & Failure);

/** Reads a JSON body, or a form where one is asked for; `limit` in bytes holds before and after unpacking. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  kind: 'json' | 'form' = 'json',
): Promise<Body> {
  if (!isOfType(request.headers['content-type'], TYPES[kind])) return refused('wrong-media-type');
  if (Number(request.headers['content-length'] ?? 0) > limit) return tooLarge(limit);
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  switch (encoding) {
    case 'identity':
      return collect(request, request, limit);
    case 'gzip':
      return collect(request, request.pipe(createGunzip()), limit);
    default:
      return refused('wrong-media-type');
  }
}

const TYPES = {
  json: ['application/json', 'application/fhir+json'],
  form: ['application/x-www-form-urlencoded'],
} as const;

function isOfType(contentType = '', types: readonly string[]): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  const isUtf8 = charset === undefined || /^"?(utf-?8|us-ascii)"?$/.test(charset);
  return types.includes(type) && isUtf8;
}

function collect(request: IncomingMessage, stream: Readable, limit: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limit) finish(tooLarge(limit));
    };
    const onEnd = () => finish({ ok: true, bytes: Buffer.concat(chunks, size) });
    const onBroken = () => finish(refused('broken-body'));
    const onClose = () => {
      if (!request.complete) onBroken();
    };
    const finish = (body: Body) => {
      stream.off('data', onData).off('end', onEnd);
      if (!body.ok) letPass(request, stream);
      resolve(body);
    };
    stream.on('data', onData).on('end', onEnd).on('error', onBroken);
    request.on('error', onBroken).on('close', onClose);
  });
}

/** The rest is read and thrown away: a client that is still sending would not see the answer otherwise. */
function letPass(request: IncomingMessage, stream: Readable): void {
  if (stream !== request) {
    request.unpipe();
    stream.destroy();
  }
  request.resume();
}

function tooLarge(limit: number): Body {
  return {
    ok: false,
    failure: 'too-large',
    problems: [{ path: '', message: `may have ${limit} bytes at most` }],
  };
}

function refused(failure: 'wrong-media-type' | 'broken-body'): Body {
  return { ok: false, failure };
}
