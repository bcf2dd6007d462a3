/**
 * The search of the FHIR test double: tokens, dates and the patient, as strict as real servers were seen to be.
 */
import type { FhirResource } from 'fhir/r4.js';
import { dateTest, spanOfElement } from './fhir-dates.js';
import { loadedAt, parametersOf, type SearchParameter } from './fhir-search-parameters.js';

type Json = Readonly<Record<string, unknown>>;

export type SearchResult =
  | { readonly ok: true; readonly matches: readonly FhirResource[] }
  | { readonly ok: false; readonly diagnostics: string };

type Matcher = (resource: FhirResource) => boolean;

/** Finds the resources of a type that match all parameters; paging parameters are left to the caller. */
export function search(
  resources: readonly FhirResource[],
  type: string,
  query: URLSearchParams,
): SearchResult {
  const parameters = parametersOf(type);
  if (parameters === undefined) return { ok: false, diagnostics: `Unknown resource type "${type}"` };
  let matches = resources.filter(({ resourceType }) => resourceType === type);
  for (const [name, value] of query) {
    if (name === '_count' || name === '_offset') {
      if (!/^\d{1,6}$/.test(value)) return { ok: false, diagnostics: `Invalid ${name}` };
      continue;
    }
    if (name === '_sort') {
      const keys = value.split(',').map((key) => parameters[key.replace(/^-/, '')]);
      if (keys.some((key) => key === undefined)) return { ok: false, diagnostics: 'Unknown sort parameter' };
      matches = matches.toSorted(ordering(keys as readonly SearchParameter[], value.split(',')));
      continue;
    }
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      return { ok: false, diagnostics: `Unknown search parameter "${name}" for resource type "${type}"` };
    }
    const matcher = matcherOf(parameter, value);
    if (matcher === undefined) return { ok: false, diagnostics: `Invalid value for "${name}"` };
    matches = matches.filter(matcher);
  }
  return { ok: true, matches };
}

function matcherOf(parameter: SearchParameter, value: string): Matcher | undefined {
  const wanted = value.split(',');
  if (wanted.includes('')) return undefined;
  switch (parameter.kind) {
    case 'patient':
      return (resource) =>
        found(resource, parameter).some((reference) => wanted.some((patient) => isAbout(reference, patient)));
    case 'token':
      return (resource) =>
        found(resource, parameter).some((element) => wanted.some((one) => hasToken(element, one)));
    case 'date': {
      const tests = wanted.map(dateTest);
      if (tests.includes(undefined)) return undefined;
      return (resource) =>
        found(resource, parameter).some((element) => {
          const span = spanOfElement(element);
          return span !== undefined && tests.some((test) => test?.(span));
        });
    }
  }
}

function found(resource: FhirResource, { elements }: SearchParameter): readonly unknown[] {
  const values = elements.flatMap((path) => valuesAt(resource, path.split('.')));
  return values.length === 0 && elements.includes('meta.lastUpdated') ? [loadedAt] : values;
}

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((one) => valuesAt(one, name === undefined ? [] : [name, ...rest]));
  if (name !== undefined) return valuesAt(member(value, name), rest);
  return value === undefined ? [] : [value];
}

function isAbout(reference: unknown, patient: string): boolean {
  const id = patient.replace(/^Patient\//, '');
  const text = member(reference, 'reference');
  return typeof text === 'string' && (text === `Patient/${id}` || text.endsWith(`/Patient/${id}`));
}

/** `code`, `system|code`, `|code` (without a system), `system|` (any code of it). */
function hasToken(element: unknown, token: string): boolean {
  const [first = '', second] = token.split('|');
  const [system, code] = second === undefined ? [undefined, first] : [first, second];
  if (typeof element === 'string') return element === code;
  const coding = member(element, 'coding');
  if (Array.isArray(coding)) return coding.some((one) => hasToken(one, token));
  const hasCode = code === '' || member(element, 'code') === code;
  return hasCode && (system === undefined || (member(element, 'system') ?? '') === system);
}

function ordering(keys: readonly SearchParameter[], names: readonly string[]) {
  const valueOf = (resource: FhirResource, key: SearchParameter): string => {
    const [element] = found(resource, key);
    const text = key.kind === 'date' && typeof element === 'object' ? member(element, 'start') : element;
    return typeof text === 'string' ? text : '';
  };
  return (a: FhirResource, b: FhirResource): number => {
    for (const [index, key] of keys.entries()) {
      const order = valueOf(a, key).localeCompare(valueOf(b, key));
      if (order !== 0) return names[index]?.startsWith('-') === true ? -order : order;
    }
    return 0;
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
}
