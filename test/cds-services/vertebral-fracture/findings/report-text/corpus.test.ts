/** The reader against the annotated reports: figures it must not fall below (`npm run measure:reader` prints them all). */
import { expect, test } from '@jest/globals';
import { corpus, f1, measure, precision, type Tally } from '../../../../support/report-corpus.js';

const NONE: Tally = { agreed: 0, onlyRead: 0, onlyAnnotated: 0 };

test('the development half has its reports and sentences', () => {
  const texts = corpus('development');
  expect(texts.filter(({ kind }) => kind === 'report').length).toBeGreaterThanOrEqual(150);
  expect(texts.filter(({ kind }) => kind === 'sentence').length).toBeGreaterThanOrEqual(500);
});

test('on the development half the reader finds the fractures and their findings', () => {
  const { byFinding, falseDenials } = measure(corpus('development'));
  expect(falseDenials).toBe(0);
  const figures = (name: string) => byFinding.get(name) ?? NONE;
  expect(f1(figures('fracture'))).toBeGreaterThan(0.97);
  expect(precision(figures('fracture'))).toBeGreaterThan(0.97);
  expect(f1(figures('heightLossPercent'))).toBeGreaterThan(0.94);
  expect(f1(figures('acuity'))).toBeGreaterThan(0.94);
});
