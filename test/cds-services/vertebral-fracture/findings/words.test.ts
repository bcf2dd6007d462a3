/** The finder of phrases says what a look at every rule would say. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, matches, phraseFinder } from '../../../../cds-services/vertebral-fracture/findings/words.js';
import { lexicon } from '../../../../cds-services/vertebral-fracture/knowledge.js';

const words = [
  ...new Set(
    lexicon.observations
      .flatMap(({ phrases, unless = [] }) => [...phrases, ...unless])
      .flatMap((phrase) => phrase.split(' ')),
  ),
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom('haemoglobin', 'of', 'L1', '40%')), {
    maxLength: 12,
  })
  .map((some) => some.join(' '));

test('for any text of the words it knows', () => {
  const finder = phraseFinder(lexicon.observations);
  fc.assert(
    fc.property(text, (some) => {
      const folded = fold(some);
      expect(finder.find(folded)).toBe(lexicon.observations.find((rule) => matches(folded, rule)));
    }),
    { numRuns: 2000 },
  );
});

test('for each phrase itself', () => {
  const finder = phraseFinder(lexicon.observations);
  for (const { phrases } of lexicon.observations)
    for (const phrase of phrases) {
      const folded = fold(phrase);
      expect(finder.find(folded)).toBe(lexicon.observations.find((rule) => matches(folded, rule)));
    }
});
