/** How far the canal is narrowed at a fracture, in per cent or in words, or that it is not. */
import type { Span } from './context.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { cuesOf, distance, isBetween, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const NARROWED = words(`
  narrowing narrowed stenosis compromise encroachment effaced effacement impingement compressed compression
`);

/** @returns what a sentence says of the canal; degenerative narrowing is left out */
export function canal(sentence: ReadSentence): readonly Said[] {
  const narrowed = [
    ...cuesOf(sentence, 'canalNarrowed').map((cue) => ({ cue, word: cue })),
    ...narrowedLater(sentence),
  ];
  const said = narrowed.flatMap(({ cue, word }): readonly Said[] => {
    const polarity = polarityOf(sentence, word, { throughAnd: true });
    if (polarity === 'open' || isDegenerative(sentence)) return [];
    const owner = sentence.ownerAt(cue.from);
    if (polarity === 'denied') {
      return [
        value(
          'canalCompromisePercent',
          { min: 0, max: 0 },
          { quote: quoteOf(sentence, cue), owner },
          { near: true, firmness: 'graded' },
        ),
      ];
    }
    return [
      value(
        'canalCompromisePercent',
        { min: 1, max: 100 },
        { quote: quoteOf(sentence, cue), owner },
        { near: true, firmness: 'implied' },
      ),
    ];
  });
  const normal = cuesOf(sentence, 'canalNormal').flatMap((cue): readonly Said[] => {
    if (polarityOf(sentence, cue) !== 'stated') return [];
    return [
      value(
        'canalCompromisePercent',
        { min: 0, max: 0 },
        { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
        { near: true, firmness: 'graded' },
      ),
    ];
  });
  return [...said, ...normal, ...canalPercents(sentence)];
}

/** "the canal is moderately narrowed" */
function narrowedLater(sentence: ReadSentence): readonly { cue: Cue; word: Span }[] {
  return cuesOf(sentence, 'canal').flatMap((cue) => {
    for (let at = cue.to; at < Math.min(sentence.to, cue.to + 5); at += 1) {
      const word = sentence.wordAt(at);
      if (word === ',' || word === 'and' || word === ';' || word === 'with') return [];
      if (NARROWED.has(word)) return [{ cue: { ...cue, to: at + 1 }, word: { from: at, to: at + 1 } }];
    }
    return [];
  });
}

/** Stenosis by discs, facets and ligaments is not the fracture's doing. */
function isDegenerative(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const word = sentence.wordAt(at);
    if (
      word === 'degenerative' ||
      word === 'bulge' ||
      word === 'protrusion' ||
      word === 'extrusion' ||
      word === 'hypertrophy' ||
      word === 'arthropathy' ||
      word === 'osteophyte'
    )
      return true;
  }
  return false;
}

function canalPercents(sentence: ReadSentence): readonly Said[] {
  const nouns = cuesOf(sentence, 'canal', 'canalNarrowed');
  if (nouns.length === 0 || isDegenerative(sentence)) return [];
  const heights = cuesOf(sentence, 'heightLoss', 'height', 'compressedBody', 'wedge');
  return sentence.quantities
    .filter(({ unit }) => unit === 'percent')
    .flatMap((quantity): readonly Said[] => {
      const cost = (cue: Cue) =>
        distance(cue, quantity) +
        (cue.from >= quantity.to ? 0 : 1) +
        (isBetween(sentence, cue, quantity, COMMAS) ? 4 : 0);
      const noun = [...nouns].sort((a, b) => cost(a) - cost(b))[0];
      const nearer = heights.some((height) => noun !== undefined && cost(height) < cost(noun));
      if (noun === undefined || nearer || cost(noun) > 12 || polarityOf(sentence, quantity) !== 'stated')
        return [];
      if (polarityOf(sentence, noun) !== 'stated') return [];
      const { min, max } = quantity;
      return [
        value(
          'canalCompromisePercent',
          { min, max },
          {
            quote: { from: Math.min(noun.from, quantity.from), to: Math.max(noun.to, quantity.to) },
            owner: sentence.ownerAt(noun.from),
          },
        ),
      ];
    });
}

const COMMAS: ReadonlySet<string> = new Set([',', 'with', 'and', ';']);
