/** What order-select has worked out is there for the next order and for order-sign, as long as the data is the same and it is recent. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import type { Assessment } from '../../../cds-services/vertebral-fracture/decision/assess.js';
import { createRunAhead, WORTH_MS } from '../../../cds-services/vertebral-fracture/run-ahead.js';
import type { Hook } from '../../../src/cds-hooks/service.js';

const record: readonly FhirResource[] = [{ resourceType: 'Patient', id: 'p1' }];
const start = Date.parse('2026-11-23T10:00:00Z');

/** Asks in turn and tells which of them were worked out anew. */
function asking() {
  const runAhead = createRunAhead();
  let made = 0;
  return (
    hook: Hook,
    more: {
      readonly after?: number;
      readonly record?: readonly FhirResource[];
      readonly patientId?: string;
    } = {},
  ) => {
    const before = made;
    const data = {
      patientId: more.patientId ?? 'p1',
      fhirServer: undefined,
      record: more.record ?? record,
      asOf: new Date(start + (more.after ?? 0)),
    };
    runAhead.assessment(hook, data, () => {
      made += 1;
      return {} as Assessment;
    });
    return made > before ? 'made' : 'reused';
  };
}

describe('order-sign', () => {
  test('reuses what order-select has worked out on the same data', () => {
    const ask = asking();
    expect([ask('order-select'), ask('order-sign', { after: WORTH_MS })]).toEqual(['made', 'reused']);
  });

  test.each<[string, Parameters<ReturnType<typeof asking>>[1]]>([
    ['a moment too late', { after: WORTH_MS + 1 }],
    ['a clock that went back', { after: -1 }],
    ['other data', { record: [...record, { resourceType: 'Basic', id: 'b', code: {} }] }],
    ['another patient', { patientId: 'p2' }],
    ['another day', { after: 24 * 3_600_000 }],
  ])('works it out anew after %s', (_, more) => {
    const ask = asking();
    ask('order-select');
    expect(ask('order-sign', more)).toBe('made');
  });

  test('keeps nothing of its own, and patient-view neither gives nor takes', () => {
    const ask = asking();
    expect([ask('order-sign'), ask('order-sign'), ask('patient-view'), ask('order-sign')]).toEqual(
      Array(4).fill('made'),
    );
  });
});
