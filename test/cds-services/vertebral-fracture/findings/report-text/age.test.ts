/** How old a fracture is said to be. */
import { expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

function ageOf(text: string, level: string): unknown {
  return readReport(text).fractures.find((fracture) => fracture.level === level)?.findings.acuity?.value;
}

test.each([
  ['T11: mild biconcave fracture without oedema on STIR, old.', 'T11', 'chronic'],
  ['The L1 compression fracture lacks edema and is old.', 'L1', 'chronic'],
  ['Wedging of T8 from a pathologic fracture, now healed.', 'T8', 'healed'],
  ['Insufficiency fracture L5 with STIR hyperintensity, subacute.', 'L5', 'subacute'],
  ['Severe compression of D12 and mild compression of D10, both long-standing.', 'T12', 'chronic'],
  ['Compression fractures T11-L1, all of them chronic.', 'T12', 'chronic'],
  ['L2 compression fracture. Stable since 2022.', 'L2', 'chronic'],
  ['Old fracture of L1 with new oedema: acute-on-chronic fracture.', 'L1', 'acute-on-chronic'],
  ['The old fracture of L2 is soundly healed.', 'L2', 'healed'],
  ['Suspicious for an acute compression fracture of L2.', 'L2', 'acute'],
])('the age stands behind the fracture: %s', (text, level, age) => {
  expect(ageOf(text, level)).toBe(age);
});

test.each([
  ['Wedge deformity of T12, likely chronic.', 'T12'],
  ['T9 wedge fracture, new since the prior study.', 'T9'],
  ['New since that examination is a wedge fracture of L1.', 'L1'],
  ['Comparison: CT two weeks ago. The L1 burst fracture is unchanged.', 'L1'],
  ['Unchanged augmented T12 fracture.', 'T12'],
  ['Whether the T12 fracture is an old fracture cannot be decided.', 'T12'],
  ['L1 fracture: no change in management.', 'L1'],
])('no age is said as a fact: %s', (text, level) => {
  expect(ageOf(text, level)).toBeUndefined();
});
