/** `GET /fhir/…`: the published definitions, one by one or searched, for whoever wants to read or load them. */
import type { Request } from 'express';
import type { Document, Publication } from '../published/publication.js';
import { readSearch } from '../published/search-parameters.js';
import type { Answer } from './answer.js';
import type { Route } from './exchange.js';

const fhirJson = 'application/fhir+json';
const jsonTypes = [fhirJson, 'application/json', 'text/json'];
/** What `_format` may say; it outranks the Accept header. */
const formats: ReadonlySet<string> = new Set(['json', ...jsonTypes]);

export function metadataRoute(publication: Publication): Route {
  return ({ request }) => given(request, () => documentAnswer(request, publication.metadata));
}

/** `/fhir/:type/:definition` */
export function readRoute(publication: Publication): Route {
  return ({ request }) =>
    given(request, () => {
      const type = nameIn(request, 'type');
      if (!publication.types.has(type)) return { failure: 'unknown-type' };
      const document = publication.read(type, nameIn(request, 'definition'));
      return document === undefined ? { failure: 'unknown-definition' } : documentAnswer(request, document);
    });
}

/** `/fhir/:type?url=&version=&name=&status=` */
export function searchRoute(publication: Publication): Route {
  return ({ request }) =>
    given(request, () => {
      const type = nameIn(request, 'type');
      if (!publication.types.has(type)) return { failure: 'unknown-type' };
      const reading = readSearch(queryOf(request), isStrict(request));
      if (!reading.ok) return { failure: 'invalid-address', problems: reading.problems };
      return documentAnswer(request, publication.search(type, reading.search));
    });
}

/** Only JSON is given. */
function given(request: Request, answer: () => Answer): Answer {
  const format = queryOf(request).get('_format');
  // A plus sign in a query is a blank; few who write `_format=application/fhir+json` remember that.
  const isJson =
    format === null ? request.accepts(jsonTypes) !== false : formats.has(format.replaceAll(' ', '+'));
  return isJson ? answer() : { failure: 'no-such-format' };
}

function documentAnswer(request: Request, { text, etag }: Document): Answer {
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=300', Vary: 'Accept' };
  const contentType = `${fhirJson}; charset=utf-8`;
  return isKnown(request.get('if-none-match'), etag)
    ? { text: '', contentType, status: 304, headers }
    : { text, contentType, headers };
}

function isKnown(condition: string | undefined, etag: string): boolean {
  if (condition === undefined) return false;
  const tags = condition.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function nameIn(request: Request, parameter: 'type' | 'definition'): string {
  const value = request.params[parameter];
  return typeof value === 'string' ? value : '';
}

function queryOf({ originalUrl }: Request): URLSearchParams {
  const at = originalUrl.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : originalUrl.slice(at + 1));
}

function isStrict(request: Request): boolean {
  return /\bhandling=strict\b/.test(request.get('prefer') ?? '');
}
