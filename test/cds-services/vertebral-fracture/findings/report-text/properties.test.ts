/** Whatever the text: nothing is thrown, every quote is the text at its offsets, and the answer is always the same. */
import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { readReport, type ReadReport } from '../../../../../cds-services/index.js';
import { corpus } from '../../../../support/report-corpus.js';

function* quotesOf({ fractures, patientFindings, numberingUncertain }: ReadReport) {
  yield* numberingUncertain;
  for (const { evidence, findings } of fractures) {
    yield* evidence;
    for (const found of Object.values(findings)) yield* found.evidence;
  }
  for (const found of Object.values(patientFindings)) yield* found.evidence;
}

function expectHonest(text: string): void {
  const report = readReport(text);
  for (const { start, end, quote } of quotesOf(report)) {
    if (text.slice(start, end) !== quote || quote === '')
      throw new Error(`${start}-${end} is not "${quote}"`);
  }
  for (const { level, findings, status } of report.fractures) {
    for (const found of Object.values(findings)) {
      if (found.evidence.length === 0) throw new Error(`${level ?? 'no level'}: a value without words`);
    }
    if (status === 'absent') expect(findings).toEqual({});
  }
  expect(readReport(text)).toEqual(report);
}

const words = fc.constantFrom(
  'L1',
  'T12',
  'D11',
  'fracture',
  'no',
  'not',
  'without',
  'retropulsion',
  'edema',
  '40%',
  'loss of height',
  ',',
  '.',
  ';',
  ':',
  'and',
  'or',
  'respectively',
  'both',
  'the former',
  'the latter',
  'possible',
  'acute',
  'chronic',
  'posterior wall',
  'intact',
  'canal',
  'FINDINGS:',
  'IMPRESSION:',
  'ADDENDUM:',
  '\n',
  '\n\n',
  '1.',
  '-',
  '(',
  ')',
  '?',
  'mild',
  'STIR',
  'T1',
  'L1-L2',
  'disc',
  'through',
  'except',
  'is',
  'burst',
  'cement',
  'L6',
  'from',
  'to',
  '12 mm',
  'kyphosis of 20 degrees',
);

test('any Unicode text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), expectHonest), { numRuns: 300 });
});

test('any row of words radiologists use', () => {
  const texts = fc.array(words, { maxLength: 60 }).map((row) => row.join(' '));
  fc.assert(fc.property(texts, expectHonest), { numRuns: 1500 });
});

test('reports with any piece cut out or doubled', () => {
  const reports = corpus('development').map(({ text }) => text);
  const cut = fc
    .tuple(fc.constantFrom(...reports), fc.nat(), fc.nat(200), fc.boolean())
    .map(([text, at, length, doubled]) => {
      const from = at % (text.length + 1);
      const piece = text.slice(from, from + length);
      return text.slice(0, from) + (doubled ? piece + piece : '') + text.slice(from + length);
    });
  fc.assert(fc.property(cut, expectHonest), { numRuns: 500 });
});
