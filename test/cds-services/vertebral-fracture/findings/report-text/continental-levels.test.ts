/** How Scandinavia, the Netherlands and Germany write a vertebra: "Th8", "TH 12", "LWK 1". */
import { describe, expect, it } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

const levelsOf = (text: string) => readReport(text).fractures.map(({ level }) => level);

describe('the continental abbreviations of a vertebra', () => {
  it.each([
    ['Acute fracture of Th8.', ['T8']],
    ['Compression fracture of Th 8 with oedema.', ['T8']],
    ['TH12 burst fracture.', ['T12']],
    ['fracture of th12 and th 11', ['T11', 'T12']],
    ['Compression fractures Th7-Th9.', ['T7', 'T8', 'T9']],
    ['Fractures of Th11 and Th12.', ['T11', 'T12']],
    ['Fractures of Th8, 9 and 11.', ['T8', 'T9', 'T11']],
    ['Th11-12 compression fractures.', ['T11', 'T12']],
    ['Compression fractures of Th12/L1.', ['T12', 'L1']],
    ['Disc bulge at Th12/L1. Fracture of L1.', ['L1']],
    ['Compression fracture of Th. 8. No retropulsion.', ['T8']],
    ['Wedging of the vertebral body Th-12.', ['T12']],
    ['Mild wedge fracture of Th XII.', ['T12']],
    ['Thoracic fractures from th7 through th9.', ['T7', 'T8', 'T9']],
    ['LWK 1 compression fracture, acute.', ['L1']],
    ['BWK12 old compression fracture.', ['T12']],
  ])('are read: %s', (text, levels) => {
    expect(levelsOf(text)).toEqual(levels);
  });

  it('name the vertebra of a denial', () => {
    expect(readReport('No fracture of Th12 or L1.').fractures).toMatchObject([
      { level: 'T12', status: 'absent' },
      { level: 'L1', status: 'absent' },
    ]);
  });

  it.each([
    ['The fracture of the 8th thoracic vertebra is old.', ['T8']],
    ['Seen on the 5th. 3 mm retropulsion of the L1 fracture.', ['L1']],
    ['In the thigh no fracture. The fracture of L2 is old.', ['L2']],
    ['The 12 ribs are intact. Fracture of L1.', ['L1']],
  ])('are not seen in other words: %s', (text, levels) => {
    expect(levelsOf(text)).toEqual(levels);
  });
});
