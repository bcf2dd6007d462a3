/** Of what an age, a cause or a lack of change is said; losses of two days; and what says none of them. */
import { expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

/** Acuity, progression and cause of each fracture, a dash for none: "T8 chronic/false/-". */
function told(text: string): string {
  return readReport(text)
    .fractures.map(({ level, findings }) => {
      const values = [findings.acuity?.value, findings.progression?.value, findings.aetiology?.value];
      return `${String(level)} ${values.map((value) => String(value ?? '-')).join('/')}`;
    })
    .join(', ');
}

test.each([
  ['Wedge fracture of T11, unchanged alignment.', 'T11 -/-/-'],
  ['Fracture of T12, unchanged degenerative disc disease.', 'T12 -/-/-'],
  ['Compression fracture at T9, unchanged cardiomegaly.', 'T9 -/-/-'],
  ['T9 compression fracture, unchanged pleural effusion.', 'T9 -/-/-'],
  ['L1 fracture, no interval change in the AAA.', 'L1 -/-/-'],
  ['The L1 fracture has not changed the alignment.', 'L1 -/-/-'],
  ['The treatment plan for the L1 fracture is unchanged.', 'L1 -/-/-'],
  ['Cord compression at the T8 fracture with oedema is unchanged since 2020.', 'T8 -/-/-'],
  ['Retropulsion of the L1 fracture with canal narrowing is unchanged.', 'L1 -/-/-'],
  ['L1 compression fracture with retropulsion, which is unchanged.', 'L1 -/-/-'],
  ['There is a T12 fracture and the disc bulge at L4-5 with annular tear is unchanged.', 'T12 -/-/-'],
  ['L1 fracture, previously stable, now painful.', 'L1 -/-/-'],
  ['T12 fracture had been stable on serial films.', 'T12 -/-/-'],
  ['The fracture of T12 was unchanged until March.', 'T12 -/-/-'],
  ['Apart from the L2 fracture the spine is unchanged since 2021.', 'L2 -/-/-'],
])('of something else, of another day or in doubt, nothing is unchanged: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  ['Known T9 fracture, unchanged since Monday.', 'T9 -/false/-'],
  ["T12 compression fracture, no change from Tuesday's film.", 'T12 -/false/-'],
  ["T12 compression fracture unchanged from this morning's CT.", 'T12 -/false/-'],
  ['T12 fracture, unchanged on the overnight CT.', 'T12 -/false/-'],
  ['L1 fracture stable since the injury films.', 'L1 -/false/-'],
  ['L1 compression fracture, no change from the film 2/52 ago.', 'L1 -/false/-'],
  ['L1 compression fracture, no change from the film 3/12 ago.', 'L1 chronic/false/-'],
])('what has not changed for days is not old: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  [
    'Severe deformity of T12 with a 15 degree kyphotic angulation is unchanged since 2020.',
    'T12 chronic/false/-',
  ],
  ['The L2 burst fracture with mild canal narrowing is stable compared to 2019.', 'L2 chronic/false/-'],
  ['The T7 fracture, cemented in 2020, is stable.', 'T7 chronic/false/-'],
  ['There is a mild wedge deformity of T12. It has not changed in the meantime.', 'T12 -/false/-'],
  ['Moderate T12 wedge fracture with sclerosis is remote.', 'T12 chronic/-/-'],
  ['The T12 fracture with a vacuum cleft is subacute.', 'T12 subacute/-/-'],
])('what goes with a fracture does not part it from its verb: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  ['Further loss of height at T12 and L1 since the last film.', 'T12 -/true/-, L1 -/true/-'],
  ['Progressive collapse of L3 since the study 4 weeks ago.', 'L3 -/true/-'],
  ['Further collapse at T9.', 'T9 -/true/-'],
  ['Further compression of the cord at T8. T8 fracture.', 'T8 -/-/-'],
  ['Increasing collapse of the left lower lobe. T8 fracture.', 'T8 -/-/-'],
  ['L1 fracture. Previously 20%, now 40%.', 'L1 -/true/-'],
  ['Fracture of T11. Two weeks ago it was 20% and it is now 35%.', 'T11 -/true/-'],
  ['Fracture of T11. 35% now against 20% in May.', 'T11 -/true/-'],
  ['Fracture of T11. It was 35% in March and is now 35%.', 'T11 -/-/-'],
  ['Canal narrowing at the T11 fracture. It was 20% in March and is 35% now.', 'T11 -/-/-'],
  ['Fractures of T11 and L1. It was 20% in March and is 35% now.', 'T11 -/-/-, L1 -/-/-'],
])('a loss that has grown, in words or by its numbers: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  ['Remote L1, L3 fractures.', 'L1 chronic/-/-, L3 chronic/-/-'],
  ['Chronic T11, L2 and L4 compression deformities.', 'T11 chronic/-/-, L2 chronic/-/-, L4 chronic/-/-'],
  ['T5 and T7 fractures, both mild and both chronic.', 'T5 chronic/-/-, T7 chronic/-/-'],
  ['T8 and T9 fractures, both moderate and old.', 'T8 chronic/-/-, T9 chronic/-/-'],
  ['Compression l1 and l2 no edema in either so these are old', 'L1 chronic/-/-, L2 chronic/-/-'],
  ['Fractures of T8 and L1 as described, that at L1 being acute.', 'T8 -/-/-, L1 acute/-/-'],
  ['The L1 fracture is several years old.', 'L1 chronic/-/-'],
  ['Wedging of T12 has been there for years.', 'T12 chronic/-/-'],
  ['Biconcave deformities of T5 and T6, both present in 2020.', 'T5 chronic/-/-, T6 chronic/-/-'],
  ['L1 fracture with oedema present in the posterior elements.', 'L1 -/-/-'],
  ['L1 fracture in an old lady, 80 years old.', 'L1 -/-/-'],
])('ages of rows, of groups and in years: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  ['D8 compression fracture with retropulsion, s/o pathological fracture.', 'T8 -/-/-'],
  ['FDG avid collapse of L4 is suspicious for a pathologic fracture.', 'L4 -/-/-'],
  ['L1 compression fracture. The appearance is suspicious for pathologic fracture.', 'L1 -/-/-'],
  ['Possible pathologic fracture of L1.', 'L1 -/-/malignant'],
  ['Wedging of T6 s/o osteoporotic fracture.', 'T6 -/-/osteoporotic'],
  ['Wedge fracture of L1, osteoporotic in nature.', 'L1 -/-/osteoporotic'],
  ['Wedge fracture of L1 with an osteoporotic pattern.', 'L1 -/-/osteoporotic'],
  ['Fractures of T6 and T9. All are osteoporotic.', 'T6 -/-/osteoporotic, T9 -/-/osteoporotic'],
  ['Fractures of T6 and T9. Both are myelomatous.', 'T6 -/-/malignant, T9 -/-/malignant'],
  ['Fractures of T6 and T9. Both are not pathological.', 'T6 -/-/-, T9 -/-/-'],
  ['Fractures of T6 and T9. Both are probably osteoporotic.', 'T6 -/-/-, T9 -/-/-'],
  ['Fractures of T6 and T9. Both kidneys are malignant.', 'T6 -/-/-, T9 -/-/-'],
])(
  'a cause, of one or of all; a suspected one only where the fracture is suspected: %s',
  (text, expected) => {
    expect(told(text)).toBe(expected);
  },
);

test.each([
  ['Wedge fracture of L1 in a patient with known osteoporosis.', true],
  ['Wedge fracture of L1 in this lady with severe osteoporosis.', true],
  ['Codfish vertebrae at T10 and L2 due to osteoporosis.', true],
  ['Fracture of T12, fresh. Osteoporotic.', true],
  ['Wedge fracture of L1. The patient has no osteoporosis.', undefined],
  ['Wedge fracture of L1. Patient with ?osteoporosis.', undefined],
  ['INDICATION: patient with osteoporosis. FINDINGS: Wedge fracture of L1.', undefined],
])('osteoporosis of the patient: %s', (text, expected) => {
  expect(readReport(text).patientFindings.osteoporosis?.value).toBe(expected);
});

test.each([
  ['T8: wedge fracture.\nL1: wedge fracture.\nBoth are old.', 'T8 chronic/-/-, L1 chronic/-/-'],
  [
    'T8: wedge fracture.\nL1: wedge fracture.\nBoth unchanged since 2020.',
    'T8 chronic/false/-, L1 chronic/false/-',
  ],
  ['T8: wedge fracture.\nL1: wedge fracture.\nL3: wedge.\nBoth are old.', 'T8 -/-/-, L1 -/-/-, L3 -/-/-'],
  ['Fractures of T8 and L1. Disc bulges at L3-4 and L4-5. Both are old.', 'T8 -/-/-, L1 -/-/-'],
  ['T8 wedge fracture. Its height is maintained since 2020.', 'T8 chronic/false/-'],
  ['L3 fracture. That vertebra has kept its height since April.', 'L3 -/false/-'],
  ['L1 fracture; height maintained compared to the film of 2 weeks ago.', 'L1 -/false/-'],
  ['L1 height is preserved compared with the adjacent vertebrae. L1 fracture.', 'L1 -/-/-'],
])('both fractures told before, and heights kept since: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});
