import { describe, expect, test } from '@jest/globals';
import { isFhirJson, resourceIn } from '../../src/fhir/answer.js';

const nested = (depth: number) =>
  JSON.parse(`${'{"x":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`) as Record<string, unknown>;

describe('an answer', () => {
  test('that is a resource is a copy of it', () => {
    const body = { resourceType: 'Patient', id: 'p1' };
    Object.defineProperty(body, '__request', { value: 'token', enumerable: false });
    const resource = resourceIn(body);
    expect(resource).toEqual({ resourceType: 'Patient', id: 'p1' });
    expect(Object.getOwnPropertyNames(resource)).toEqual(['resourceType', 'id']);
  });

  test('may be 64 levels deep and no more', () => {
    expect(resourceIn({ resourceType: 'Basic', ...nested(64) })).toBeDefined();
    expect(resourceIn({ resourceType: 'Basic', ...nested(65) })).toBeUndefined();
    expect(resourceIn({ resourceType: 'Basic', ...nested(100_000) })).toBeUndefined();
  });

  test.each([
    ['text', 'Patient'],
    ['null', null],
    ['an array', [{ resourceType: 'Patient' }]],
    ['an object without type', { id: 'p1' }],
    ['an object with an empty type', { resourceType: '' }],
    ['too many objects', { resourceType: 'Basic', x: Array.from({ length: 200_000 }, () => ({})) }],
    ['a prototype', JSON.parse('{"resourceType":"Basic","__proto__":{"x":1}}')],
    ['a prototype further down', JSON.parse('{"resourceType":"Basic","x":[{"__proto__":1}]}')],
    ['the prototype of a constructor', JSON.parse('{"resourceType":"Basic","constructor":{"prototype":{}}}')],
  ])('with %s is no resource', (_, body: unknown) => {
    expect(resourceIn(body)).toBeUndefined();
  });
});

test.each([
  ['application/fhir+json', true],
  ['application/fhir+json; charset=UTF-8', true],
  ['application/fhir+json; fhirVersion=4.0; charset="utf-8"', true],
  ['Application/JSON', true],
  ['application/json+fhir', true],
  ['application/json; charset=iso-8859-1', false],
  ['application/fhir+xml', false],
  ['text/html', false],
  ['text/json', false],
  ['', false],
  [null, false],
])('the content type %j is FHIR in JSON: %s', (type, expected) => {
  expect(isFhirJson(type)).toBe(expected);
});
