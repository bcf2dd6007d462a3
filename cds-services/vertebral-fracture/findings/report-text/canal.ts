/** How far the canal is narrowed at a fracture, in per cent or in words, or that it is not. */
import type { Span } from './context.js';
import type { Cue } from './phrases.js';
import type { Quantity } from './quantities.js';
import { type Said, value } from './said.js';
import { cuesOf, distance, isBetween, polarityOf, quoteOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const NARROWED = words(`
  narrowing narrowed stenosis compromise encroachment effaced effacement impingement compressed compression obliterated
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
  const normal = [...cuesOf(sentence, 'canalNormal'), ...patentLater(sentence)].flatMap(
    (cue): readonly Said[] => {
      if (polarityOf(sentence, cue) !== 'stated') return [];
      return [
        value(
          'canalCompromisePercent',
          { min: 0, max: 0 },
          { quote: quoteOf(sentence, cue), owner: sentence.ownerAt(cue.from) },
          { near: true, firmness: 'graded' },
        ),
      ];
    },
  );
  return [...said, ...normal, ...canalPercents(sentence)];
}

/** Farthest behind the canal it is told how it is, in tokens. */
const FARTHEST_STATE = 8;
const PATENT = words(`
  patent capacious uncompromised unnarrowed
`);
const TO_PATENT = words(`
  at this that level itself is remains appears are here which , : widely well fully the of fracture and
`);

/** "the canal at L2 remains patent", "the canal, which is capacious" */
function patentLater(sentence: ReadSentence): readonly Cue[] {
  return cuesOf(sentence, 'canal').flatMap((cue): readonly Cue[] => {
    for (let at = cue.to; at < Math.min(sentence.to, cue.to + FARTHEST_STATE); at += 1) {
      if (PATENT.has(sentence.wordAt(at))) return [{ ...cue, to: at + 1 }];
      const isNamed = sentence.mentions.some(({ from, to }) => at >= from && at < to);
      if (!isNamed && !TO_PATENT.has(sentence.wordAt(at))) return [];
    }
    return [];
  });
}

/** "the canal is moderately narrowed", "the canal, which at this level is narrowed" */
function narrowedLater(sentence: ReadSentence): readonly { cue: Cue; word: Span }[] {
  return cuesOf(sentence, 'canal').flatMap((cue) => {
    for (let at = cue.to; at < Math.min(sentence.to, cue.to + FARTHEST_STATE); at += 1) {
      const word = sentence.wordAt(at);
      const isRelative = word === ',' && sentence.wordAt(at + 1) === 'which';
      if ((word === ',' && !isRelative) || word === 'and' || word === ';' || word === 'with') return [];
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
      (word === 'bulge' && !isOfTheWall(sentence)) ||
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

function isOfABulge({ from, to, wordAt }: ReadSentence): boolean {
  for (let at = from; at < to; at += 1) if (wordAt(at) === 'bulge') return true;
  return false;
}

const OCCUPIES = words(`
  occupying occupies filling fills taking obliterating
`);

/** "a fragment lies in the canal, occupying 40 %" */
function occupied(sentence: ReadSentence): readonly Cue[] {
  return cuesOf(sentence, 'retropulsion').filter(({ to }) => {
    const next = sentence.wordAt(to) === ',' ? to + 1 : to;
    return sentence.wordAt(to - 1) === 'canal' && OCCUPIES.has(sentence.wordAt(next));
  });
}

/** "posterior bulge of the posterior cortex" */
function isOfTheWall(sentence: ReadSentence): boolean {
  return (
    cuesOf(sentence, 'posteriorWall', 'retropulsion').length > 0 && cuesOf(sentence, 'discWord').length === 0
  );
}

function canalPercents(sentence: ReadSentence): readonly Said[] {
  const nouns = isOfABulge(sentence)
    ? cuesOf(sentence, 'canalNarrowed')
    : [...cuesOf(sentence, 'canal', 'canalNarrowed'), ...occupied(sentence)];
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
      const lost = lostOf(sentence, noun, quantity);
      if (lost === undefined) return [];
      return [
        value('canalCompromisePercent', lost, {
          quote: { from: Math.min(noun.from, quantity.from), to: Math.max(noun.to, quantity.to) },
          owner: sentence.ownerAt(noun.from),
        }),
      ];
    });
}

/** "narrowed to 60 % of its width", "residual canal 60 %": the number is what is left. */
function lostOf(
  { wordAt }: ReadSentence,
  noun: Cue,
  { from, to, min, max }: Quantity,
): { min: number; max: number } | undefined {
  const left = { min: 100 - max, max: 100 - min };
  if (noun.concept === 'canal' && RESIDUAL.has(wordAt(noun.from - 1))) return left;
  const before = wordAt(from - 1) === 'approximately' ? from - 2 : from - 1;
  if (wordAt(before) !== 'to' || !NARROWED_TO.has(wordAt(before - 1))) return { min, max };
  return wordAt(to) === 'of' ? left : undefined;
}

const RESIDUAL = words(`
  residual remaining
`);
const NARROWED_TO = words(`
  narrowed reduced narrowing compressed down
`);

const COMMAS: ReadonlySet<string> = new Set([',', 'with', 'and', ';']);
