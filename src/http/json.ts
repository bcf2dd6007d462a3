/**
 * From the bytes of a body to a JSON value that is safe to walk.
 */
import { isUtf8 } from 'node:buffer';
import { parse } from 'secure-json-parse';
import type { Failure } from './failure.js';
import { beyondLimits, type JsonLimits } from '../json/json-limits.js';

export type Json = { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & Failure);

export function parseJson(bytes: Buffer, limits: JsonLimits): Json {
  if (bytes.length === 0) return { ok: false, failure: 'no-body' };
  if (!isUtf8(bytes)) return { ok: false, failure: 'malformed-json' };
  let value: unknown;
  try {
    value = parse(bytes.toString('utf8'), { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    return { ok: false, ...unparsed(error) };
  }
  const beyond = beyondLimits(value, limits);
  if (beyond === undefined) return { ok: true, value };
  return { ok: false, failure: beyond, problems: [{ path: '', message: boundary(beyond, limits) }] };
}

/** The parser's own message quotes the text around the mistake; only the position is passed on. */
function unparsed(error: unknown): Failure {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('forbidden prototype property')) return { failure: 'forbidden-key' };
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return { failure: 'malformed-json' };
  return {
    failure: 'malformed-json',
    problems: [{ path: '', message: `stops being JSON at character ${position}` }],
  };
}

function boundary(beyond: 'too-deep' | 'too-many-values', { depth, values }: JsonLimits): string {
  switch (beyond) {
    case 'too-deep':
      return `may be nested ${depth} levels deep at most`;
    case 'too-many-values':
      return `may hold ${values} objects and arrays at most`;
    default:
      return beyond satisfies never;
  }
}
