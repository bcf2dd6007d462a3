/** Which definitions a search asks for: FHIR search by address, version, name, title, status and id. */
import type { Problem } from '../cds-hooks/problem.js';
import type { Definition } from './definition.js';

type Matches = (definition: Definition, value: string) => boolean;

/** By name and, after a colon, modifier. */
const parameters: Readonly<Record<string, Matches>> = {
  url: ({ url, version }, value) => value === url || value === `${url}|${version}`,
  _id: ({ id }, value) => value === id,
  version: ({ version }, value) => token(value) === version,
  status: ({ status }, value) => token(value, 'http://hl7.org/fhir/publication-status') === status,
  ...words('name', ({ name }) => name),
  ...words('title', ({ title }) => title),
};

/** Names of the parameters that searches may use, without modifiers. */
export const searchParameters = [
  { name: 'url', type: 'uri' },
  { name: 'version', type: 'token' },
  { name: 'name', type: 'string' },
  { name: 'title', type: 'string' },
  { name: 'status', type: 'token' },
  { name: '_id', type: 'token' },
] as const;

/** FHIR strings: from the beginning, without regard to case, unless a modifier says otherwise. */
function words(name: string, textOf: (definition: Definition) => string): Readonly<Record<string, Matches>> {
  return {
    [name]: (definition, value) => fold(textOf(definition)).startsWith(fold(value)),
    [`${name}:contains`]: (definition, value) => fold(textOf(definition)).includes(fold(value)),
    [`${name}:exact`]: (definition, value) => textOf(definition) === value,
  };
}

function fold(text: string): string {
  return text.normalize('NFKD').toLowerCase();
}

/** `code`, `|code` and `system|code`; another system matches nothing. */
function token(value: string, system = ''): string | undefined {
  const at = value.indexOf('|');
  if (at === -1) return value;
  const given = value.slice(0, at);
  return given === '' || given === system ? value.slice(at + 1) : undefined;
}

export interface Search {
  /** One entry a parameter of the query, all of which a definition has to match. */
  readonly criteria: readonly { readonly matches: Matches; readonly values: readonly string[] }[];
  /** What of the query was used, in its order, for the link that names the search. */
  readonly used: readonly (readonly [string, string])[];
  /** Entries of a page at most. */
  readonly count: number | undefined;
  readonly offset: number;
  readonly countOnly: boolean;
}

export type SearchReading =
  | { readonly ok: true; readonly search: Search }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Say how the answer is given; they choose nothing. */
const presentation: ReadonlySet<string> = new Set(['_format', '_pretty']);

/**
 * Reads the query of a search. Unknown parameters are passed over, as FHIR wants it, unless `strict`; a modifier that
 * is not known is always an error, since passing it over would change the meaning.
 */
export function readSearch(query: URLSearchParams, strict: boolean): SearchReading {
  const problems: Problem[] = [];
  const criteria: Search['criteria'][number][] = [];
  const used: (readonly [string, string])[] = [];
  const numbers = { _count: undefined as number | undefined, _offset: 0 };
  let countOnly = false;
  for (const [name, value] of query) {
    const matches = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === '' || presentation.has(name)) continue;
    if (matches !== undefined) {
      criteria.push({ matches, values: alternatives(value) });
      used.push([name, value]);
    } else if (name === '_count' || name === '_offset') {
      if (/^\d{1,6}$/.test(value)) numbers[name] = Number(value);
      else problems.push({ path: name, message: 'must be a whole number' });
    } else if (name === '_summary' && value === 'count') {
      countOnly = true;
      used.push([name, value]);
    } else if (Object.hasOwn(parameters, name.split(':')[0] ?? '')) {
      problems.push({ path: name, message: 'has a modifier that is not supported' });
    } else if (strict) {
      problems.push({ path: name, message: 'is not a parameter that definitions are searched by' });
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const { _count: count, _offset: offset } = numbers;
  return { ok: true, search: { criteria, used, count, offset, countOnly: countOnly || count === 0 } };
}

/** Commas separate alternatives; `\,` is a comma. */
function alternatives(value: string): readonly string[] {
  return (value.match(/(?:\\.|[^\\,])+/g) ?? []).map((part) => part.replace(/\\([\\,|$])/g, '$1'));
}

/** Whether every parameter matches with one of its values. */
export function isFound(definition: Definition, { criteria }: Search): boolean {
  return criteria.every(({ matches, values }) => values.some((value) => matches(definition, value)));
}
