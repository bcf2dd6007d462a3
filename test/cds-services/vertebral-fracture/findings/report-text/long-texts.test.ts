/** A long text is read in one pass: no statement is copied again for each sentence. Times are for the benchmark; here, that it ends. */
import { expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/vertebral-fracture/findings/report-text/read-report.js';

test.each(['Acute L1 fracture. ', 'L1 fracture. No retropulsion. ', 'Correction: this is T10. '])(
  'twenty thousand times %j is read to its end',
  (piece) => {
    const { fractures } = readReport(piece.repeat(20_000));
    expect(fractures.length).toBeLessThanOrEqual(2);
  },
  20_000,
);
