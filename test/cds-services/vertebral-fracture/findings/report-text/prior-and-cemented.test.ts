/** Prior fractures that have not changed, cemented vertebrae that keep their height, and causes told of several at once. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/vertebral-fracture/findings/report-text/read-report.js';

/** Status, acuity, progression and cause of each fracture, a dash for none: "T8 present/chronic/false/-". */
function told(text: string): string {
  return readReport(text)
    .fractures.map(({ level, status, findings }) => {
      const values = [findings.acuity?.value, findings.progression?.value, findings.aetiology?.value];
      return [`${String(level)} ${status}`, ...values.map((value) => String(value ?? '-'))].join('/');
    })
    .join(', ');
}

describe('a prior fracture that is compared is there', () => {
  test.each([
    [
      'Prior compression fractures at T12 and L2 stable.',
      'T12 present/chronic/false/-, L2 present/chronic/false/-',
    ],
    [
      'Previous compression fractures at T12 and L2 are unchanged.',
      'T12 present/chronic/false/-, L2 present/chronic/false/-',
    ],
    ['Prior L1 compression fracture, stable.', 'L1 present/chronic/false/-'],
    ['Previous wedge fracture of T8, no interval change.', 'T8 present/chronic/false/-'],
    ['Prior vertebroplasty of L2, stable.', 'L2 historical/-/-/-'],
    ['History of L1 fracture. Stable alignment.', 'L1 historical/-/-/-'],
    ['Prior L1 fracture, possibly unchanged.', 'L1 present/-/-/-'],
    ['Status post kyphoplasty at T12.', 'T12 historical/-/-/-'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('the height of a cemented vertebra', () => {
  test.each([
    ['Kyphoplasty cement in L1 with unchanged mild loss of height.', 'L1 present/chronic/false/-'],
    ['Cement at L2 from previous vertebroplasty with stable height.', 'L2 historical/-/false/-'],
    ['The L2 vertebroplasty is unchanged in appearance.', 'L2 historical/-/-/-'],
    ['Cement in L1, unchanged.', 'L1 historical/-/-/-'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('a change told of the vertebra itself', () => {
  test.each([
    [
      'Known fractures of T8 and T9. T9 has lost more height since December.',
      'T8 present/-/-/-, T9 present/-/true/-',
    ],
    [
      'Fractures of T9 and L2. Compared with August 2023 T9 has worsened.',
      'T9 present/-/true/-, L2 present/-/-/-',
    ],
    ['Compression fracture of T9. The stenosis at T9 has worsened.', 'T9 present/-/-/-'],
    ['Moderate compression of L3 with no uptake, unchanged.', 'L3 present/chronic/false/-'],
    ['L1 compression fracture with marrow oedema. Height loss unchanged at 30 %.', 'L1 present/-/false/-'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('an age in a row, or of a doubtful fracture', () => {
  test.each([
    ['Acute fractures of L1, 20%, and L3, 10%.', 'L1 present/acute/-/-, L3 present/acute/-/-'],
    ['Acute fracture of L1, 20%, and L3, 10%, old.', 'L1 present/acute/-/-, L3 present/chronic/-/-'],
    ['Probable old fracture of D9, film rotated.', 'T9 possible/chronic/-/-'],
    ['Fracture of D9, probably old.', 'T9 present/-/-/-'],
    ['Suspected acute wedge fracture of L1.', 'L1 possible/acute/-/-'],
    ['L1 fracture, possibly acute.', 'L1 present/-/-/-'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('a cause of several', () => {
  test.each([
    [
      'Biconcave deformities of T12 and L1, moderate, in keeping with osteoporosis.',
      'T12 present/-/-/osteoporotic, L1 present/-/-/osteoporotic',
    ],
    [
      'T5 compression fracture 20%, T6 compression fracture 40%, both malignant and with epidural tumour.',
      'T5 present/-/-/malignant, T6 present/-/-/malignant',
    ],
    [
      'T5 and T6: old fractures. T8: recent fracture. All osteoporotic type.',
      'T5 present/chronic/-/osteoporotic, T6 present/chronic/-/osteoporotic, T8 present/acute/-/osteoporotic',
    ],
    ['Fractures of T5 and T6. All discs are degenerate.', 'T5 present/-/-/-, T6 present/-/-/-'],
    ['Fractures of T5 and T6. Not all osteoporotic.', 'T5 present/-/-/-, T6 present/-/-/-'],
  ])('%s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

test.each([
  ['Insufficiency fractures of both sacral alae.', true],
  ['Insufficiency fracture of the left sacral ala.', true],
  ['Compression of L3. Osteoporotic bones.', true],
  ['No insufficiency fracture of the sacral alae.', undefined],
  ['Possible insufficiency fracture of the left sacral ala.', undefined],
  ['Traumatic fracture of the left sacral ala.', undefined],
])('osteoporosis of the patient: %s', (text, expected) => {
  expect(readReport(text).patientFindings.osteoporosis?.value).toBe(expected);
});
