/** A denial is read only where it is certain: each text here looks like one, or is one. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

/** Every denial in a text: "L1 absent", "L1 retropulsion", "cordCompression". */
function denialsIn(text: string): readonly string[] {
  const { fractures, patientFindings } = readReport(text);
  const ofFractures = fractures.flatMap(({ level, status, findings }) => [
    ...(status === 'absent' ? [`${level ?? 'none'} absent`] : []),
    ...Object.entries(findings)
      .filter(([, { value }]) => value === false || value === 'stable')
      .map(([name]) => `${level ?? 'none'} ${name}`),
  ]);
  const ofPatient = Object.entries(patientFindings).flatMap(([sign, { value }]) => (value ? [] : [sign]));
  return [...ofFractures, ...ofPatient];
}

function status(text: string, level: string): string | undefined {
  return readReport(text).fractures.find((fracture) => fracture.level === level)?.status;
}

describe('a fracture that is named is not denied with something else', () => {
  test.each([
    'No union of the T12 fracture after eight months.',
    'None of the three compression fractures (T6, T7, T9) shows stability.',
    'No fewer than four osteoporotic fractures, at T6, T8, T9 and L1.',
    'Neither the T8 nor the T9 compression fracture can be dated.',
    'Cement should not be offered for the T12 compression fracture.',
    'His pain does not fit the old L2 compression fracture.',
    'No fracture healing at T12.',
    'No cement was injected into the L1 fracture.',
    'No sign that the L1 fracture is pathologic.',
    'No L1 compression fracture retropulsion.',
    'This is not a pathologic fracture of L3.',
    'L3: not a recent fracture.',
    'No burst fracture of L1.',
    'No old fracture of T12.',
    'T12 has not collapsed any more than before.',
    'L1 has not completely collapsed.',
    'Non-displaced fracture of L2.',
    'The wedge fracture of L1 has settled a little.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });

  test('where the sign stands nearer to the denial, the fracture is there', () => {
    const text = 'At the L2 compression fracture retropulsion is absent.';
    expect(status(text, 'L2')).toBe('present');
    expect(denialsIn(text)).toEqual(['L2 retropulsion']);
  });

  test('of a group the sign is denied, and each fracture is there', () => {
    const text = 'None of the three compression fractures (T6, T7, T9) shows marrow edema.';
    expect(denialsIn(text)).toEqual(['T6 marrowOedema', 'T7 marrowOedema', 'T9 marrowOedema']);
    expect(status(text, 'T7')).toBe('present');
  });
});

describe('an exception, a condition, a report of others and another date deny nothing', () => {
  test.each([
    'Except for L1, no fracture.',
    'No fracture except at L1.',
    'No fracture at any level but L3.',
    'No fracture besides that of L1.',
    'T9: no fracture is excluded.',
    'There is no fracture at L1 that was not there before.',
    'There is no fracture at L1 which needs treatment.',
    'According to the referrer there is no fracture of L1.',
    'It was thought that there was no fracture of L1.',
    'The original report states "no fracture of L1, no oedema".',
    'Initial CT negative for fracture of L1; MRI positive.',
    'The L1 fracture is not seen on the radiograph but obvious on CT.',
    'Compression fracture of L1. There was no retropulsion in January.',
    'L1 compression fracture. No oedema was present on admission, but today there is.',
    'Burst fracture of L1; the posterior wall was intact on the first CT of 2021.',
    'L1 fracture. If the posterior wall is intact, kyphoplasty is possible.',
    'L1 fracture. In the absence of retropulsion a brace suffices.',
    'L1 fracture. Absence of retropulsion on a radiograph does not mean that the wall is intact.',
    'I cannot agree that there is no retropulsion at the L1 fracture.',
    'The sentence "no retropulsion at the L1 fracture" was dictated in error.',
    'L1 fracture. Retropulsion cannot be seen on this film.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });
});

describe('an amount, a part, a direction deny less than the whole', () => {
  test.each([
    'L1 fracture. No retropulsion greater than 3 mm.',
    'L1 fracture. No retropulsion exceeding 3 mm.',
    'L1 fracture. No oedema outside the fracture line.',
    'Not all of the fractures T11, T12 and L1 show oedema.',
    'L1 fracture. The posterior wall is intact in its upper half.',
    'L1 fracture. The posterior wall is only just intact.',
    'L1 fracture. The posterior wall is intact apart from a small cortical step.',
    'L1 fracture. Posterior wall alignment is maintained.',
    'L1 fracture. The posterior wall height is preserved.',
    'The L1 burst fracture has not spared the posterior wall.',
    'L1 fracture. I would not call the posterior wall intact.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });
});

describe('what has not changed has to be the fracture', () => {
  test.each([
    'L1 fracture: no change in management.',
    'There is no change in my opinion that L2 is fractured.',
    'The T10 wedge fracture has lost no more than 20% of its height.',
    'Previously described retropulsion of the L2 fracture has not increased.',
    'L1 fracture. No progression of the kyphosis.',
    'L1 fracture, alignment unchanged.',
    'Stable alignment at the L1 fracture.',
    'The L2 fracture is stable only if the ligaments are intact.',
    'The L1 fracture is stable.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });
});

describe('signs of the patient are denied of all of it', () => {
  test.each([
    'No metastasis in the liver.',
    'No brain metastases.',
    'No metastases elsewhere.',
    'No further bone metastases.',
    'No metastasis at this level.',
    'Neither epidural abscess nor metastasis can be excluded.',
    'Had there been no metastasis I would have left it at that.',
    'The disc bulges, not indenting the cord.',
    'Epidural tumour abutting the cord at D7. Thoracic cord normal in signal intensity.',
    'There is no cord compression that cannot be decompressed.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });
});

describe('a plain denial is read', () => {
  test.each([
    ['No fracture of L1.', ['L1 absent']],
    ['No evidence of acute compression fracture at L3 or L4.', ['L3 absent', 'L4 absent']],
    ['L2 is not fractured.', ['L2 absent']],
    ['Neither T5 nor T7 is fractured despite extensive infiltration.', ['T5 absent', 'T7 absent']],
    ['L1 fracture with neither oedema nor retropulsion.', ['L1 marrowOedema', 'L1 retropulsion']],
    ['L1 fracture. Retropulsion: nil. Oedema: none.', ['L1 marrowOedema', 'L1 retropulsion']],
    [
      'L1 fracture, posterior wall intact, without retropulsed fragments.',
      ['L1 posteriorWallDisrupted', 'L1 retropulsion'],
    ],
    ['Mechanically stable burst fracture of L2 with less than 20% height loss.', ['L2 stability']],
    ['T12 compression fracture, unchanged since May 2022.', ['T12 progression']],
    [
      'L1 fracture. No cord compression. Cauda equina roots are not compressed.',
      ['cordCompression', 'caudaEquinaCompression'],
    ],
    ['No evidence of osseous metastasis.', ['metastaticDisease']],
  ])('%s', (text, expected) => {
    expect([...denialsIn(text)].sort()).toEqual([...expected].sort());
  });
});
