/** The what-if runs the table that made the advice: nothing supposed changes nothing, and the record is never changed. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assessRecord } from '../../../../cds-services/index.js';
import {
  outcomeIf,
  type Suppositions,
  UNKNOWN,
} from '../../../../cds-services/vertebral-fracture/pages/review/in-browser/hypothesis.js';
import { catalogue } from '../../../../cds-services/vertebral-fracture/findings/catalogue.js';
import type { FindingName } from '../../../../cds-services/vertebral-fracture/findings/finding.js';
import { siteConfigurationSchema } from '../../../../cds-services/vertebral-fracture/site.js';
import { exampleNames, examplePatient } from '../../../../src/demo/synthetic-patients.js';
import type { RecordEntry } from '../../../../cds-services/index.js';

const site = siteConfigurationSchema.parse({});

function assessed(name: string) {
  const { id, asOf, resources } = examplePatient(name);
  const entries = resources.map((resource) => ({ resource })) as unknown as readonly RecordEntry[];
  return assessRecord(entries, id, Date.parse(asOf), site);
}

/** As the page sends it to the browser. */
const sent = (name: string) => {
  const { record, policy } = assessed(name);
  return JSON.parse(JSON.stringify({ record, policy })) as Parameters<typeof outcomeIf>[0];
};

test.each(exampleNames())('%s: with nothing supposed the browser says what the server says', (name) => {
  const server = assessed(name).fractures.map(({ outcome, rule, missing }) => ({ outcome, rule, missing }));
  const browser = server.map((_, index) => outcomeIf(sent(name), index, {}));
  expect(browser).toMatchObject(server);
});

test.each<[string, Suppositions, string, string]>([
  ['t6-l3-wedge-40-percent', { neurologicalDeficit: true }, 'surgical-referral', '0.1'],
  ['t6-l3-wedge-40-percent', { heightLossPercent: 85 }, 'vertebroplasty', 'T3'],
  ['t6-l3-wedge-40-percent', { marrowOedema: false }, 'medical-management', '1.4'],
  ['t6-l3-wedge-40-percent', { stability: UNKNOWN }, 'insufficient-data', '3.1'],
  ['3-1-not-examined', { neurologicalDeficit: false }, 'kyphoplasty', 'T6'],
])(
  '%s, supposing %j, is %s by row %s, and back again when it is taken back',
  (name, suppositions, outcome, rule) => {
    const data = sent(name);
    const before = outcomeIf(data, 0, {});
    expect(outcomeIf(data, 0, suppositions)).toMatchObject({ outcome, rule });
    expect(outcomeIf(data, 0, {})).toEqual(before);
  },
);

const anySupposition = fc
  .constantFrom(...(Object.keys(catalogue) as FindingName[]))
  .chain((name) => fc.tuple(fc.constant(name), valueOf(name)));

function valueOf(name: FindingName): fc.Arbitrary<string | number | boolean> {
  const { value } = catalogue[name];
  switch (value.kind) {
    case 'yes-no':
      return fc.oneof(fc.boolean(), fc.constant(UNKNOWN));
    case 'choice':
      return fc.constantFrom(...value.choices, UNKNOWN);
    case 'quantity':
      return fc.double({ min: value.least, max: value.most, noNaN: true });
  }
}

test('whatever is supposed, there is one outcome, and the record stays as it was', () => {
  const data = sent('t6-l3-wedge-40-percent');
  const before = JSON.stringify(data);
  fc.assert(
    fc.property(fc.array(anySupposition, { maxLength: 8 }), (suppositions) => {
      const found = outcomeIf(data, 0, Object.fromEntries(suppositions));
      expect(found?.outcome).toMatch(/^[a-z-]+$/);
      expect(JSON.stringify(data)).toBe(before);
    }),
  );
});
