/** The lexicon's phrases are found in a text, whatever choices they hold, as if each wording were written out. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  cuesIn,
  phraseTable,
} from '../../../../../cds-services/vertebral-fracture/findings/report-text/phrases.js';
import type { Token } from '../../../../../cds-services/vertebral-fracture/findings/report-text/tokens.js';

const tokensOf = (words: readonly string[]) => words.map((word) => ({ word }) as Token);
const found = (text: string, concepts: Readonly<Record<string, readonly string[]>>) => {
  const words = text.split(' ');
  return cuesIn(tokensOf(words), 0, words.length, phraseTable(concepts)).map(
    ({ concept, from, to }) => `${concept}: ${words.slice(from, to).join(' ')}`,
  );
};

describe('a phrase of the lexicon', () => {
  const concepts = {
    oedema: ['[marrow] (edema|high signal)'],
    softTissue: ['edema (in|of) [the] (psoas|[posterior] muscle)', 'soft tissue edema'],
  };

  test.each([
    ['edema', ['oedema: edema']],
    ['marrow high signal', ['oedema: marrow high signal']],
    ['high marrow signal', []],
    ['edema of the posterior muscle', ['softTissue: edema of the posterior muscle']],
    ['edema of psoas', ['softTissue: edema of psoas']],
    ['edema of the vertebra', ['oedema: edema']],
    ['soft tissue edema', ['softTissue: soft tissue edema']],
    ['soft edema edema', ['oedema: edema', 'oedema: edema']],
  ])('%j holds %j', (text, cues) => {
    expect(found(text, concepts)).toEqual(cues);
  });

  test('given to two concepts belongs to the first', () => {
    expect(
      found('burst fracture', { morphology: ['burst fracture'], other: ['burst (fracture|type)'] }),
    ).toEqual(['morphology: burst fracture']);
  });

  test.each(['', '[]', '(a|b', 'a)'])('%j is refused when the table is built', (phrase) => {
    expect(() => phraseTable({ x: [phrase] })).toThrow();
  });
});

type Element = string | { readonly optional: boolean; readonly rows: readonly (readonly Element[])[] };
type Row = readonly Element[];

const word = fc.constantFrom('p', 'q', 'r');
const rowOf = (element: fc.Arbitrary<Element>) => fc.array(element, { minLength: 1, maxLength: 3 });
const leaf = word as fc.Arbitrary<Element>;
const choice = (element: fc.Arbitrary<Element>): fc.Arbitrary<Element> =>
  fc.oneof(
    leaf,
    fc.record({ optional: fc.boolean(), rows: fc.array(rowOf(element), { minLength: 1, maxLength: 3 }) }),
  );
const phrase: fc.Arbitrary<Row> = rowOf(choice(choice(leaf)));

const written = (row: Row): string =>
  row
    .map((element) => {
      if (typeof element === 'string') return element;
      const rows = element.rows.map(written).join('|');
      return element.optional ? `[${rows}]` : `(${rows})`;
    })
    .join(' ');

function wordings(row: Row): readonly string[] {
  return row.reduce<readonly string[]>(
    (before, element) => {
      const options =
        typeof element === 'string'
          ? [element]
          : [...element.rows.flatMap(wordings), ...(element.optional ? [''] : [])];
      return before.flatMap((start) => options.map((option) => `${start} ${option}`.trim()));
    },
    [''],
  );
}

test('phrases are found exactly where one of their wordings stands, the longest first', () => {
  fc.assert(
    fc.property(
      fc.array(phrase, { minLength: 1, maxLength: 3 }),
      fc.array(word, { minLength: 1, maxLength: 8 }),
      (phrases, text) => {
        const all = phrases.map((one) => wordings(one).filter((wording) => wording !== ''));
        fc.pre(all.every((some) => some.length > 0));
        const concepts = Object.fromEntries(phrases.map((one, index) => [`c${index}`, [written(one)]]));
        const cues = cuesIn(tokensOf(text), 0, text.length, phraseTable(concepts));
        const expected = [];
        for (let from = 0; from < text.length;) {
          let to = text.length;
          const conceptAt = () => all.findIndex((some) => some.includes(text.slice(from, to).join(' ')));
          while (to > from && conceptAt() === -1) to -= 1;
          if (to === from) from += 1;
          else {
            expected.push({ concept: `c${conceptAt()}`, from, to });
            from = to;
          }
        }
        expect(cues).toEqual(expected);
      },
    ),
    { numRuns: 1000 },
  );
});
