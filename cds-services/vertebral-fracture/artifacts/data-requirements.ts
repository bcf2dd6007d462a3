/** The prefetch templates as FHIR DataRequirements: the same query, in the field's own element. */
import type { CodeableConcept, Coding, DataRequirement, Extension } from 'fhir/r4.js';
import { queryKind } from '../../../src/cds-hooks/prefetch-template.js';
import type { PrefetchTemplate } from '../../../src/cds-hooks/service.js';

const QUERY_PATTERN = 'http://hl7.org/fhir/StructureDefinition/cqf-fhirQueryPattern';

/** The patient of the hook; a DataRequirement speaks of its subject by itself. */
const ABOUT_THE_SUBJECT: ReadonlySet<string> = new Set(['patient']);

/**
 * One requirement for each template, in their order. `id` is the prefetch key, the extension the template itself, and
 * every search parameter but the patient is a codeFilter.
 */
export function dataRequirements(
  templates: Readonly<Record<string, PrefetchTemplate>>,
): readonly DataRequirement[] {
  return Object.entries(templates).map(([key, { query }]) => {
    const filters = codeFilters(query);
    const pattern: Extension = { url: QUERY_PATTERN, valueString: query };
    return {
      id: key,
      extension: [pattern],
      type: queryKind(query).resourceType as DataRequirement['type'],
      subjectCodeableConcept: PATIENT,
      ...(filters.length > 0 && { codeFilter: filters }),
    };
  });
}

const PATIENT: CodeableConcept = {
  coding: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Patient' }],
};

/** The values of each search parameter; `system|code` becomes a coding with a system. */
function codeFilters(query: string) {
  const [, search = ''] = query.split('?', 2);
  return search
    .split('&')
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    })
    .filter(([name]) => name !== '' && !ABOUT_THE_SUBJECT.has(name))
    .map(([searchParam, values]) => ({ searchParam, code: values.split(',').map(codingOf) }));
}

function codingOf(value: string): Coding {
  const [first, ...rest] = value.split('|');
  return rest.length === 0 ? { code: value } : { system: first ?? '', code: rest.join('|') };
}
