/** Cord, wall and marrow in the words of everyday dictation. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

function cordOf(text: string): boolean | undefined {
  return readReport(text).patientFindings.cordCompression?.value;
}

function findingOf(text: string, name: 'marrowOedema' | 'posteriorWallDisrupted'): boolean | undefined {
  return readReport(text).fractures[0]?.findings[name]?.value;
}

describe('a cord that is free', () => {
  test.each([
    'T8 fracture. Cord clear.',
    'T8 fracture. Cord fine.',
    'T8 fracture. The cord is free.',
    'T8 fracture. Cord looks ok.',
    'T8 fracture. Cord shows no compression.',
    'T8 fracture. Cord free of compression.',
    'T8 fracture. The cord is not touched.',
    'T8 fracture. No cord or cauda equina compression.',
    'Sclerotic metastases T2 to L3 without cord or cauda equina compression.',
  ])('%s', (text) => {
    expect(cordOf(text)).toBe(false);
  });

  test.each([
    'T8 fracture. Cord fine on the previous MRI.',
    'T8 fracture. Is the cord clear?',
    'T8 fracture. To ensure the cord is clear MRI is advised.',
    'Fractures of T12 and L1. Cord clear at L1, but squashed at T12.',
    'T8 fracture. No cord or cauda equina compression is excluded on CT.',
  ])('%s', (text) => {
    expect(cordOf(text)).not.toBe(false);
  });

  test.each([
    'T6 fracture. The cord is squashed.',
    'T6 wedge fracture with high signal in the cord at T6.',
    'T8 fracture with cord and conus compression.',
  ])('%s', (text) => {
    expect(cordOf(text)).toBe(true);
  });
});

describe('the posterior wall', () => {
  test.each([
    ['Comminuted L4 burst. Posterior wall blown out.', true],
    ['L2 fracture with shattered posterior wall.', true],
    ['L2 fracture. Break in the posterior cortex.', true],
    ['L2 fracture. Fracture line exits through the posterior wall.', true],
    ['L2 fracture. Posterior wall holds.', false],
    ['L2 fracture. The posterior wall looks fine.', false],
    ['L1 compression fracture, posterior wall and posterior elements intact.', false],
    ['L2 fracture. Posterior wall, pedicles and facets are intact.', undefined],
    ['T12 fracture. Posterior wall looks fine on this radiograph but CT is needed.', undefined],
    ['T12 fracture. Posterior wall and elements were intact in May.', undefined],
    ['T12 fracture. Posterior wall breached and pedicles intact.', true],
    ['T12 fracture. Posterior wall probably and pedicles intact.', undefined],
  ])('%s', (text, isDisrupted) => {
    expect(findingOf(text, 'posteriorWallDisrupted')).toBe(isDisrupted);
  });
});

describe('marrow that is quiet', () => {
  test.each([
    ['L2 fracture. No marrow signal change.', false],
    ['L2 fracture without marrow signal abnormality.', false],
    ['Intense tracer uptake at L1. The old T8 fracture is not avid.', false],
    ['Degenerative uptake only. Healed fracture L2 is cold.', false],
    ['Old T8 fracture. FDG PET. It is not avid. No uptake.', undefined],
    ['PSMA PET/CT. Old L2 fracture is cold, no tracer uptake.', undefined],
    ['T12 fracture. No marrow signal change suspicious for metastasis.', undefined],
    ['T12 fracture. No new marrow signal abnormality.', undefined],
    ['T12 fracture. No significant marrow signal abnormality.', undefined],
    ['T12 fracture. No marrow signal abnormality elsewhere.', undefined],
    ['L2 fracture, edema gone.', undefined],
    ['L2 fracture. Marrow signal change at the fracture.', undefined],
  ])('%s', (text, isThere) => {
    expect(findingOf(text, 'marrowOedema')).toBe(isThere);
  });
});
