/** A vertebra named by mistake and put right in the same report: what was told of it goes along, and is denied of no other. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/vertebral-fracture/findings/report-text/read-report.js';

function signsOf(text: string): Record<string, readonly boolean[]> {
  return Object.fromEntries(
    readReport(text).fractures.map(({ level, findings }) => [
      String(level),
      [findings.marrowOedema, findings.retropulsion, findings.posteriorWallDisrupted].flatMap(
        (found) => found?.value ?? [],
      ),
    ]),
  );
}

describe('a level taken back takes what was told of it along', () => {
  test.each([
    ['There is a wedge fracture of T12, posterior wall intact. Correction: this is L1.', 'L1'],
    ['Superior endplate fracture of L3. No marrow edema. Should read L4.', 'L4'],
    ['L2 compression fracture, no retropulsion. Correction, make that L1.', 'L1'],
    ['Compression fracture of T8. No oedema. On review of the coronal images this is actually T9.', 'T9'],
    ['T11 fracture with intact posterior cortex. Scratch that, T12.', 'T12'],
    ['A compression fracture of L1 is seen. No retropulsion. I mean L2.', 'L2'],
    ['T11 fracture. No retropulsion. Erratum: for T11 read T12.', 'T12'],
    ['Fracture of L1, 20%. No retropulsion. Note: I now count this as L2.', 'L2'],
  ])('%s', (text, level) => {
    expect(signsOf(text)).toEqual({ [level]: [false] });
  });

  test('nothing is denied of a vertebra an addendum tells more of', () => {
    const text =
      'L1 fracture. Posterior wall intact. Addendum: the fracture is at T12, the wall at that level is breached.';
    expect(signsOf(text)).toEqual({ L1: [], T12: [] });
  });

  test.each([
    ['Fractures of L1 and L3. No retropulsion at L3.', { L1: [], L3: [false] }],
    ['L1 fracture, no retropulsion. L3 was actually treated in 2019.', { L1: [false] }],
  ])('a vertebra that is only named next takes nothing: %s', (text, signs) => {
    expect(signsOf(text)).toEqual(signs);
  });
});

describe('what is denied of something that is no fracture is denied of no fracture', () => {
  test.each([
    'L2 inferior endplate is deformed by a Schmorl node, chronic, without oedema. No compression fracture.',
    "Acute fracture of T12. L2 has a superior endplate depression, Schmorl's node, no oedema.",
    'T6 and T7 wedging is Scheuermann. No oedema. T12 has a real fracture.',
    'Fracture T12, the disc below shows no oedema.',
  ])('%s', (text) => {
    expect(Object.values(signsOf(text)).flat()).toEqual([]);
  });

  test('a fracture through a node is a fracture', () => {
    expect(signsOf('Fracture of L1 through a Schmorl node, no oedema.')).toEqual({ L1: [false] });
  });
});

describe('a dictation without stops begins anew where a structure has its own predicate', () => {
  test.each([
    'l1 fracture acute no retropulsion canal is patent',
    't12 compression fracture no retropulsion no canal stenosis',
    'compression fracture l4 no retropulsion please correlate',
  ])('%s', (text) => {
    expect(readReport(text).fractures[0]?.findings.retropulsion?.value).toBe(false);
  });
});

describe('the cord', () => {
  test.each([
    ['T8 fracture. The cord is displaced but not compressed.', false],
    ['T9 fracture. The cord is contacted but not compressed.', false],
    ['T8 fracture. The cord is displaced posteriorly without compression.', false],
    ['T9 fracture. Spinal cord: No compression.', false],
    ['no evidence of compression fracture spinal cord is normal in signal and caliber', false],
    ['T12 burst fracture with oedema of the conus.', true],
    ['T8 fracture. The cord is displaced by the fragment.', true],
    ['T8 fracture. No abnormal cord signal.', undefined],
    ['T8 fracture. The cord may be displaced but not compressed.', undefined],
  ])('%s', (text, isCompressed) => {
    expect(readReport(text).patientFindings.cordCompression?.value).toBe(isCompressed);
  });

  test('a cord that is displaced backwards is no fragment', () => {
    const { fractures } = readReport('T8 fracture. The cord is displaced posteriorly without compression.');
    expect(fractures[0]?.findings.retropulsion).toBeUndefined();
  });
});

describe('what is gone, and what a PET shows, is no oedema', () => {
  test.each([
    ['Height of L1 retained, MRI oedema resolved. The L1 fracture has healed.', false],
    ['PET-CT: L1 compression fracture with mild FDG uptake.', undefined],
    ['Bone scan: increased uptake in the L1 fracture.', true],
  ])('%s', (text, isOedema) => {
    expect(readReport(text).fractures[0]?.findings.marrowOedema?.value).toBe(isOedema);
  });
});
