/** Kyphosis at a fracture: named at it, measured over the vertebrae around it, or only called local. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/vertebral-fracture/findings/report-text/read-report.js';

function degreesOf(text: string): Readonly<Record<string, number | undefined>> {
  return Object.fromEntries(
    readReport(text)
      .fractures.filter(({ findings }) => findings.kyphosis?.value === true)
      .map(({ level, findings }) => [level ?? 'unnamed', findings.kyphosisDegrees?.value.min]),
  );
}

describe('a kyphosis measured from the vertebra above to the one below', () => {
  test.each([
    ['Burst fracture of L1. Kyphosis T12-L2 measured by Cobb 12 degrees (was 11).', { L1: 12 }],
    ['Burst fracture of L1. Local kyphosis T12-L2 is 14 degrees.', { L1: 14 }],
    ['Burst fracture of L1. Cobb angle between T12 and L2 is 14 degrees.', { L1: 14 }],
    ['Burst fracture of L1. Kyphosis from T12 to L2 measures 14 degrees.', { L1: 14 }],
    ['Burst fracture of L1. T12-L2 kyphosis 17 degrees.', { L1: 17 }],
    ['Burst fracture of L1. Kyphosis across T12-L2 now 22 degrees, was 14.', { L1: 22 }],
    ['The fracture of L2 has consolidated. Segmental kyphosis L1-L3 of 9°.', { L2: 9 }],
    ['D12 burst fracture. Kyphotic angle D11 to L1 12 degrees (previously 11 degrees).', { T12: 12 }],
    ['Fractures of T8 and L1. Local kyphosis T12-L2 15 degrees.', { L1: 15 }],
    ['Fracture of T6. Thoracic kyphosis T4-T12 is 52 degrees.', {}],
    ['Fractures of T12, L1 and L2 with kyphosis of 20 degrees.', {}],
    ['Burst fracture of L1. No kyphosis at T12-L2.', {}],
    ['L1 is not fractured. Kyphosis T12-L2 of 8 degrees.', {}],
  ])('%s', (text, degrees) => {
    expect(degreesOf(text)).toEqual(degrees);
  });
});

describe('a kyphosis at the disc beside the fracture', () => {
  test.each([
    ['Burst fracture of L1. Kyphotic angulation at D12-L1 measuring 22 degrees.', { L1: 22 }],
    ['Wedge fracture of T12 with 20 degrees of kyphosis at T12/L1.', { T12: 20 }],
    ['Flexion distraction injury of T5 with 18 degrees of focal kyphosis at T5/6.', { T5: 18 }],
    ['Wedge fracture of T7. Kyphosis of 12 degrees at L1-L2.', {}],
  ])('%s', (text, degrees) => {
    expect(degreesOf(text)).toEqual(degrees);
  });
});

describe('a local kyphosis told after other vertebrae', () => {
  test.each([
    ['Burst fracture of L1. No fracture of L4 or L5. Local kyphosis measures 14 degrees.', { L1: 14 }],
    ['Burst fracture of L1.\n\nT12 and L2 are not fractured. Focal kyphosis is 11 degrees.', { L1: 11 }],
    ['Fractures of T7 and L1.\n\nLocal kyphosis measures 14 degrees.', {}],
    ['Burst fracture of L1. No further loss of height, no increase in kyphosis.', {}],
    ['Burst fracture of L1.\n\nNormal thoracic kyphosis.', {}],
  ])('%s', (text, degrees) => {
    expect(degreesOf(text)).toEqual(degrees);
  });
});
