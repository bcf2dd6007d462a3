/** Amounts and grades without their noun, doubts that are of something else, and vertebrae that are counted or not named. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';
import { fracturesTold as told } from '../../../../support/fractures-told.js';

describe('height loss told without its noun', () => {
  test.each([
    [
      'osteoporotic collapse of l1 and l 3. l1 about 60 percent, l3 about 35 percent.',
      'L1 present 60-60, L3 present 35-35',
    ],
    ['Compression fractures of T12 and L1. 30% at T12, 50% at L1.', 'T12 present 30-30, L1 present 50-50'],
    ['L1 burst fracture. Approximately 40%.', 'L1 present 40-40'],
    ['T12 and L1 wedge fractures. L1 is the worse of the two at 45%.', 'T12 present, L1 present 45-45'],
    ['Known T8 fracture. T8 is unchanged at 25%.', 'T8 present 25-25'],
    [
      'Wedging of T11 and T12 vertebral bodies, mild at T11, moderate at T12.',
      'T11 present 20-25, T12 present 25-40',
    ],
    ['Mild anterior wedging at T12 and moderate at L1.', 'T12 present 20-25, L1 present 25-40'],
    [
      'Height loss is half at T12 and minimal at L1. Fractures of T12 and L1.',
      'T12 present 50-50, L1 present 0-25',
    ],
    ['Wedge fractures of T8 and T11, both of these are moderate.', 'T8 present 25-40, T11 present 25-40'],
    ['Pathologic collapse of T2 of less than 50%, tumor extending into the pedicle.', 'T2 present 0-50'],
  ])('is of the fractures before: %s', (text, expected) => {
    expect(told(text, 'heightLossPercent')).toBe(expected);
  });

  test.each([
    ['L1 burst fracture. Canal stenosis. L1 40%.', 'L1 present'],
    ['Fractures of T12 and L1. Canal narrowing T12 30%, L1 50%.', 'T12 present, L1 present'],
    ['Fractures of T12 and L1. Cement fill: T12 30%, L1 50%.', 'T12 present, L1 present'],
    ['T12 fracture. DXA: L1 80%, L2 90% of young adult.', 'T12 present'],
    ['Metastases T12, L1. T12 30%, L1 50%.', ''],
    ['Fracture of L1 with oedema, moderate at L1 disc level.', 'L1 present'],
  ])('is none where it may be of something else: %s', (text, expected) => {
    expect(told(text, 'heightLossPercent')).toBe(expected);
  });

  test.each([
    ['L1 fracture, anterior height reduced to 2/3 of normal.', 'L1 present 33-33'],
    ['L1 fracture with preservation of 70% of its height.', 'L1 present 30-30'],
    ['L2 has been crushed to a third of its height.', 'L2 present 67-67'],
    ['Compression of T12 with anterior height two thirds that of the posterior.', 'T12 present 33-33'],
    ['L1 wedge fracture, anterior height 15 against 25 mm posteriorly.', 'L1 present 40-40'],
    ['L1 wedge fracture, AVH 14 mm, PVH 28 mm.', 'L1 present 50-50'],
    ['Anterior height of T12 is 14 mm compared with 24 mm for posterior.', 'T12 present 42-42'],
  ])('may be told as what remains or in millimetres: %s', (text, expected) => {
    expect(told(text, 'heightLossPercent')).toBe(expected);
  });
});

describe('a doubt', () => {
  test.each([
    ['The previously suspected T10 fracture is confirmed.', 'T10 present'],
    ['CT confirms the suspected L2 fracture.', 'L2 present'],
    ['Suspected T8 fracture on radiograph, now confirmed.', 'T8 present'],
    ['The suspected L1 fracture cannot be confirmed.', 'L1 possible'],
    ['Suspected L1 fracture, to be confirmed by MRI.', 'L1 possible'],
  ])('is over once it is confirmed: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['Wedge deformity T12 is likely chronic.', 'T12 present'],
    ['The wedge deformity of T12 is probably old.', 'T12 present'],
    ['The wedge deformity of T12 is likely an artefact.', 'T12 possible'],
    ['The signal change at T12 is likely an old fracture.', 'T12 possible'],
  ])('of the age is none of the fracture: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['D4 TO D6 MILD WEDGING S/O OLD OSTEOPOROTIC FRACTURES.', 'T4 present, T5 present, T6 present'],
    ['STIR hyperintensity in L3 s/o fracture.', 'L3 possible'],
    ['Altered marrow signal in D10 s/o fracture.', 'T10 possible'],
  ])('"s/o" behind a shape that is seen doubts nothing: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test('behind a comma is none of what is denied before it', () => {
    expect(told('No retropulsion, possible fracture of T8.')).toBe('T8 possible');
  });
});

describe('a vertebra', () => {
  test.each([
    ['Compression fracture of T11 or T12, numbering uncertain.', 'none present'],
    ['Wedge fracture at T7 or T8, exact level cannot be determined.', 'none present'],
    ['Compression fracture T12 or L1, depending on how the vertebrae are counted.', 'none present'],
    ['Fracture of T11 or T12.', 'T11 possible, T12 possible'],
    ['No fracture at T11 or T12, numbering from the sacrum.', 'T11 absent, T12 absent'],
  ])('is not named where the two could not be counted: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['There is wedging of a mid thoracic vertebral body.', 'none present'],
    ['Compression of one of the lower dorsal vertebrae.', 'none present'],
    ['Wedging of the mid thoracic vertebrae.', ''],
  ])('of a region may be all that is known: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    [
      'Compression fractures of the first, second and third lumbar vertebrae.',
      'L1 present, L2 present, L3 present',
    ],
    ['11th and 12th thoracic vertebral body fractures.', 'T11 present, T12 present'],
    ['T6/7/8 wedge fractures.', 'T6 present, T7 present, T8 present'],
    ['#L2 #L3 both old.', 'L2 present, L3 present'],
    ['T12 superior and L1 inferior endplate fractures.', 'T12 present, L1 present'],
    ['no fracture seen discs l3 4 and l4 5 narrowed', ''],
  ])('may share its region or its noun with the next: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['No vertebral fracture demonstrated from T10 to L1.', 'T10 absent, T11 absent, T12 absent, L1 absent'],
    ['T8 and T9 are infiltrated, neither is fractured.', 'T8 absent, T9 absent'],
    ['The fractures at T12 and L2 were not present on the CT of last June.', 'T12 present, L2 present'],
  ])('is denied a fracture of today only: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

describe('a cause behind the fracture', () => {
  test.each([
    ['Near-complete loss of height of T10 from a plasmacytoma.', 'T10 present malignant'],
    ['T9 has collapsed by 70% from tumour.', 'T9 present malignant'],
    ['Vertebra plana of T6 secondary to multiple myeloma.', 'T6 present malignant'],
    [
      'Biconcave fractures of L2 and L3 in keeping with osteoporosis.',
      'L2 present osteoporotic, L3 present osteoporotic',
    ],
    ['Chance fracture through L1 following seat belt trauma.', 'L1 present traumatic'],
    ['Fracture through the anterior corner of L3, acute, traumatic.', 'L3 present traumatic'],
    ['L1 fracture with epidural extension from lymphoma.', 'L1 present'],
    ['L1 fracture, possibly from metastasis.', 'L1 present'],
    ['Fracture of L1, no trauma recalled.', 'L1 present'],
  ])('is its cause where nothing else stands between: %s', (text, expected) => {
    expect(told(text, 'aetiology')).toBe(expected);
  });

  test.each([
    ['Bones are osteoporotic.', true],
    ['The patient is osteoporotic with a T score of minus 3.4.', true],
    ['The bones are not osteoporotic.', undefined],
    ['Below the threshold used for osteoporosis screening.', undefined],
  ])('osteoporosis is of the bones: %s', (text, expected) => {
    expect(readReport(text).patientFindings.osteoporosis?.value).toBe(expected);
  });

  test.each([
    ['Discitis at L4/5 with psoas abscess.', true],
    ['Sequelae of treated discitis at L4/5.', undefined],
    ['Discitis at L4/5 has not been excluded.', undefined],
  ])('an infection that is over is not active: %s', (text, expected) => {
    expect(readReport(text).patientFindings.activeInfection?.value).toBe(expected);
  });
});
