/**
 * The search of the FHIR test double: the few parameters that portable prefetch templates use.
 */
import type { FhirResource } from 'fhir/r4.js';

type Json = Readonly<Record<string, unknown>>;

export type SearchResult =
  | { readonly ok: true; readonly matches: readonly FhirResource[] }
  | { readonly ok: false; readonly diagnostics: string };

/** Search parameter to the elements it looks into; `patient` and `_`-parameters have rules of their own. */
const tokenParameters: Readonly<Record<string, string>> = {
  _id: 'id',
  code: 'code',
  category: 'category',
  status: 'status',
  'clinical-status': 'clinicalStatus',
  'verification-status': 'verificationStatus',
  intent: 'intent',
  class: 'class',
  type: 'type',
  modality: 'modality',
};

const sortElements: Readonly<Record<string, readonly string[]>> = {
  date: ['effectiveDateTime', 'issued', 'performedDateTime', 'date', 'recordedDate'],
  started: ['started'],
  authoredon: ['authoredOn'],
  'onset-date': ['onsetDateTime'],
  'recorded-date': ['recordedDate'],
  _lastUpdated: ['lastUpdated'],
};

/** Finds the resources of a type that match all parameters; paging parameters are left to the caller. */
export function search(
  resources: readonly FhirResource[],
  type: string,
  query: URLSearchParams,
): SearchResult {
  let matches = resources.filter(({ resourceType }) => resourceType === type);
  for (const [parameter, value] of query) {
    if (parameter === '_count' || parameter === '_offset') continue;
    const element = tokenParameters[parameter];
    if (parameter === 'patient' || parameter === 'subject') {
      matches = matches.filter((resource) => isAbout(resource, value));
    } else if (parameter === '_sort') {
      const elements = sortElements[value.replace(/^-/, '')];
      if (elements === undefined) return { ok: false, diagnostics: `Unknown sort parameter in ${parameter}` };
      matches = sorted(matches, elements, value.startsWith('-'));
    } else if (element !== undefined) {
      const wanted = value.split(',');
      matches = matches.filter((resource) =>
        wanted.some((token) => hasToken(member(resource, element), token)),
      );
    } else {
      return {
        ok: false,
        diagnostics: `Unknown search parameter "${parameter}" for resource type "${type}"`,
      };
    }
  }
  return { ok: true, matches };
}

function isAbout(resource: FhirResource, patient: string): boolean {
  const id = patient.replace(/^Patient\//, '');
  const reference = ['subject', 'patient'].map((name) => member(member(resource, name), 'reference'));
  return reference.some(
    (text) => typeof text === 'string' && (text === `Patient/${id}` || text.endsWith(`/Patient/${id}`)),
  );
}

function hasToken(element: unknown, token: string): boolean {
  if (Array.isArray(element)) return element.some((one) => hasToken(one, token));
  const [first = '', second] = token.split('|');
  const [system, code] = second === undefined ? [undefined, first] : [first, second];
  if (typeof element === 'string') return element === code;
  const coding = member(element, 'coding');
  if (coding !== undefined) return hasToken(coding, token);
  const hasCode = code === '' || member(element, 'code') === code;
  return hasCode && (system === undefined || (member(element, 'system') ?? '') === system);
}

function sorted(
  matches: readonly FhirResource[],
  elements: readonly string[],
  descending: boolean,
): FhirResource[] {
  const key = (resource: FhirResource) => {
    const value = elements.map((element) => member(resource, element)).find((found) => found !== undefined);
    return typeof value === 'string' ? value : '';
  };
  const ascending = matches.toSorted((a, b) => key(a).localeCompare(key(b)));
  return descending ? ascending.toReversed() : ascending;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
}
