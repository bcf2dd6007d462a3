/**
 * The fields of a request's line and the shape of each. What has another name or another shape stays out of the log:
 * spread objects and casts can smuggle past a type, but not past this.
 */
import type { RequestLine } from './request-line.js';

type Shape = (value: unknown) => boolean;

const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

/** Ids of requests, clients and services, codes of ours: no blanks, no marks of a language, no line breaks. */
const isWord = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const isTraceId = matching(/^[0-9a-f]{32}$/);
const isNumber: Shape = (value) => typeof value === 'number' && Number.isFinite(value);

const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);

const recordOf =
  (shape: Shape): Shape =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([key, member]) => isWord(key) && shape(member));

const shapes: Readonly<Record<keyof RequestLine, Shape>> = {
  requestId: isWord,
  traceId: isTraceId,
  route: isWord,
  status: isNumber,
  ms: isNumber,
  failure: isWord,
  client: isWord,
  refusal: isWord,
  service: isWord,
  hook: isWord,
  cards: isNumber,
  outcomes: listOf(isWord),
  rules: listOf(isWord),
  indicators: listOf(isWord),
  prefetch: recordOf(isNumber),
  gaps: recordOf(isWord),
  otherPatients: isNumber,
  mode: isWord,
  silent: recordOf(isNumber),
  feedback: isNumber,
  accepted: isNumber,
};
const fields = Object.entries(shapes) as readonly (readonly [keyof RequestLine, Shape])[];

/** A copy with the known fields alone; a value that has not the shape of its field is replaced by `unfit`. */
export function allowed(line: RequestLine): object {
  const copy: Partial<Record<keyof RequestLine, unknown>> = {};
  for (const [field, hasShape] of fields) {
    const value = line[field];
    if (value !== undefined) copy[field] = hasShape(value) ? value : 'unfit';
  }
  return copy;
}
