/**
 * From the bytes of a body to a JSON value that is safe to walk, and that means the same to everybody.
 */
import { isUtf8 } from 'node:buffer';
import { parse } from 'secure-json-parse';
import { duplicateKey } from '../json/duplicate-keys.js';
import { keyLength, measure, stringLength, type Beyond, type JsonLimits } from '../json/json-limits.js';
import { isWellFormed } from '../json/well-formed.js';
import type { Failure, FailureCode } from './failure.js';

export type Json = { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & Failure);

export function parseJson(bytes: Buffer, limits: JsonLimits): Json {
  if (bytes.length === 0) return { ok: false, failure: 'no-body' };
  if (!isUtf8(bytes)) return { ok: false, failure: 'malformed-json' };
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = parse(text, { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    return { ok: false, ...unparsed(error) };
  }
  const measured = measure(value, limits);
  if (!measured.ok) return refused(measured.beyond, boundary(measured.beyond, limits));
  const duplicate = duplicateKey(text, measured.keys);
  if (duplicate !== undefined) return refused('duplicate-key', `repeats a key at character ${duplicate}`);
  return isWellFormed(text, value) ? { ok: true, value } : { ok: false, failure: 'broken-character' };
}

function refused(failure: FailureCode, message: string): Json {
  return { ok: false, failure, problems: [{ path: '', message }] };
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

function boundary(beyond: Beyond, { depth, values }: JsonLimits): string {
  switch (beyond) {
    case 'too-deep':
      return `may be nested ${depth} levels deep at most`;
    case 'too-many-values':
      return `may hold ${values} objects and arrays at most`;
    case 'too-long':
      return `may have keys of ${keyLength} characters and, attachments aside, strings of ${stringLength} characters at most`;
    default:
      return beyond satisfies never;
  }
}
