/**
 * Judges the body of an answer, before anything that recurses may touch it.
 */
import type { FhirResource } from 'fhir/r4.js';
import { scan } from 'secure-json-parse';
import { isResource } from '../cds-hooks/fhir-value.js';
import { measure } from '../json/json-limits.js';

const limits = { depth: 64, values: 200_000 };

/**
 * The resource in an answer, or undefined when it is none, is nested too deeply, holds too much, or has members that
 * would change a prototype. `body`: parsed JSON.
 */
export function resourceIn(body: unknown): FhirResource | undefined {
  if (!isResource(body) || !measure(body, limits).ok || isPolluted(body)) return undefined;
  // The client hides the request, token included, in a property of the answer: a copy leaves it behind.
  return { ...body };
}

function isPolluted(body: object): boolean {
  return scan(body, { protoAction: 'error', constructorAction: 'error', safe: true }) === null;
}

const fhirTypes: ReadonlySet<string> = new Set([
  'application/fhir+json',
  'application/json+fhir', // DSTU2's name, still sent by some
  'application/json',
]);

/** Whether a Content-Type promises FHIR in JSON and UTF-8. */
export function isFhirJson(contentType: string | null | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return fhirTypes.has(type) && (charset === undefined || /^"?(utf-?8|us-ascii)"?$/.test(charset));
}
