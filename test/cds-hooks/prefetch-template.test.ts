import { expect, test } from '@jest/globals';
import { fillTemplate, queryKind } from '../../src/cds-hooks/prefetch-template.js';

const context = { hook: 'patient-view', patientId: 'p.1', userId: 'Practitioner/u1' } as const;

const templates: readonly [string, string | undefined][] = [
  ['Patient/{{context.patientId}}', 'Patient/p.1'],
  ['{{context.userId}}', 'Practitioner/u1'],
  ['Condition?patient={{ context.patientId }}&_count=50', 'Condition?patient=p.1&_count=50'],
  ['Encounter/{{context.encounterId}}', undefined],
  ['Observation?date=ge{{today()}}', undefined],
  ['X?y={{context.hook}}', undefined],
  ['X?y={{context.constructor}}', undefined],
];
test.each(templates)('the template %s becomes %s', (template, query) => {
  expect(fillTemplate(template, context)).toBe(query);
});

test('values are encoded into the query', () => {
  expect(fillTemplate('A?b={{context.patientId}}', { ...context, patientId: 'a&b=c d' })).toBe(
    'A?b=a%26b%3Dc%20d',
  );
});

test('a query without parameters that names an instance is a read, everything else a search', () => {
  expect(queryKind('Patient/{{context.patientId}}')).toEqual({ kind: 'instance', resourceType: 'Patient' });
  expect(queryKind('Condition?patient=1')).toEqual({ kind: 'search', resourceType: 'Condition' });
  expect(queryKind('Condition')).toEqual({ kind: 'search', resourceType: 'Condition' });
});
