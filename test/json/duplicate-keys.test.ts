import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { duplicateKey } from '../../src/json/duplicate-keys.js';
import { measure } from '../../src/json/json-limits.js';

const limits = { depth: 1000, values: 1_000_000 };

function found(text: string): number | undefined {
  const measured = measure(JSON.parse(text), limits);
  return duplicateKey(text, measured.ok ? measured.keys : -1);
}

test.each([
  ['{"a":1,"a":2}', 7],
  ['{ "a" : 1 ,\n "a"\t: 2 }', 13],
  ['{"a":1,"\\u0061":2}', 7],
  ['[{"b":{"a":1,"a":2}}]', 13],
  ['{"a":{"a":1},"a":1}', 13],
])('%s has one at %i', (text, at) => {
  expect(found(text)).toBe(at);
});

test.each([
  '{"a":"b\\":c","b":":"}',
  '{"a":{"a":{"a":1}},"b":{"a":1}}',
  '[{"a":1},{"a":1}]',
  '{"a":["x","x"],"x":"a"}',
  '{"\\\\":1,"\\"":2,"":3}',
  '"a\\":"',
])('%s has none', (text) => {
  expect(found(text)).toBeUndefined();
});

test('no JSON that was made from a value has one', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(3), (value, indent) => {
      expect(found(JSON.stringify(value, undefined, indent))).toBeUndefined();
    }),
  );
});

test('a member that is written again is always found, wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
      fc.jsonValue(),
      (object, again) => {
        const text = JSON.stringify(object);
        const [key = ''] = Object.keys(object);
        const twice = `${text.slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(again)}}`;
        expect(found(`{"deep":[${twice}]}`)).toBeDefined();
      },
    ),
  );
});
