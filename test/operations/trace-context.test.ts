import { describe, expect, test } from '@jest/globals';
import { traceOf } from '../../src/operations/trace-context.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';

test('a trace that the caller names goes on, with a step of our own', () => {
  const trace = traceOf(`00-${traceId}-${parentId}-01`);
  expect(trace.traceId).toBe(traceId);
  expect(trace.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  expect(trace.traceparent).not.toContain(parentId);
});

test.each([
  ['00', '00'],
  ['01', '01'],
  ['03', '01'],
  ['fe', '00'],
])('of the flags %s only the sampled one goes on: %s', (flags, sentOn) => {
  expect(traceOf(`00-${traceId}-${parentId}-${flags}`).traceparent.slice(-2)).toBe(sentOn);
});

describe('a new trace begins where the caller names none that is valid:', () => {
  test.each([
    [undefined],
    [''],
    ['canary'],
    [`00-${traceId.toUpperCase()}-${parentId}-01`],
    [`00-${'0'.repeat(32)}-${parentId}-01`],
    [`00-${traceId}-${'0'.repeat(16)}-01`],
    [`01-${traceId}-${parentId}-01`],
    [`ff-${traceId}-${parentId}-01`],
    [`00-${traceId}-${parentId}`],
    [`00-${traceId.slice(1)}-${parentId}-01`],
    [` 00-${traceId}-${parentId}-01`],
    [`00-${traceId}-${parentId}-01, 00-${traceId}-${parentId}-01`],
    [`00-${traceId}-${parentId}-01-more`],
    [`00-${traceId}-${parentId}-01\ncanary`],
    [[`00-${traceId}-${parentId}-01`]],
  ])('%j', (header) => {
    const { traceparent, traceId: id } = traceOf(header);
    expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(id).not.toBe(traceId);
    expect(traceOf(header).traceId).not.toBe(id);
  });
});
