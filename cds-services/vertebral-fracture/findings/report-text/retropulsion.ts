/** A fragment, or the posterior wall, that is pushed back into the canal. */
import type { Span } from './context.js';
import { noneAt } from './none-at.js';
import { OEDEMAS } from './oedema.js';
import { type Said, value } from './said.js';
import {
  type Concept,
  cuesOf,
  distance,
  polarityOf,
  quoteOf,
  type ReadSentence,
  sameOwner,
  speaksOf,
} from './sentence.js';
import { isUnanswered } from './unanswered.js';
import { words } from './word-set.js';

const OF_A_FRAGMENT: ReadonlySet<Concept> = new Set<Concept>(['retropulsion', 'canal', 'canalNarrowed']);

/** @returns whether a fragment is pushed back, and how far */
export function retropulsion(sentence: ReadSentence): readonly Said[] {
  if (sentence.quantities.length === 0 && !speaksOf(sentence, OF_A_FRAGMENT)) return [];
  const cues = [
    ...cuesOf(sentence, 'retropulsion').filter((cue) => !isOfAnotherFragment(sentence, cue)),
    ...encroaching(sentence),
    ...lyingInside(sentence),
    ...displaced(sentence),
  ];
  return cues.flatMap((cue): readonly Said[] => {
    const polarity = polarityOf(sentence, cue, { throughAnd: true });
    const owner = sentence.ownerAt(cue.from);
    if (polarity === 'open' || isUnanswered(sentence, cue)) return [];
    const length = polarity === 'stated' ? lengthOf(sentence, cue) : undefined;
    if (length?.max === 0) return [];
    const said: Said[] = [
      value('retropulsion', polarity === 'stated', { quote: quoteOf(sentence, cue, length), owner }),
    ];
    if (length !== undefined) {
      const { min, max } = length;
      said.push(
        value('retropulsionMillimetres', { min, max }, { quote: quoteOf(sentence, cue, length), owner }),
      );
    }
    if (polarity === 'stated') said.push(...noneElsewhere(sentence, cue));
    return said;
  });
}

function noneElsewhere(sentence: ReadSentence, cue: Span): readonly Said[] {
  const signs = cuesOf(sentence, 'retropulsion', ...OEDEMAS);
  return noneAt(sentence, cue, signs).map((where) => value('retropulsion', false, where));
}

/** Farthest a fragment is pushed back, in millimetres; longer lengths are something else. */
const LONGEST_RETROPULSION = 25;

function lengthOf(sentence: ReadSentence, cue: Span) {
  return sentence.quantities
    .filter(({ unit, max }) => unit === 'mm' && max <= LONGEST_RETROPULSION)
    .filter((quantity) => distance(quantity, cue) <= 6 && sameOwner(sentence, quantity, cue))
    .sort((a, b) => distance(a, cue) - distance(b, cue))[0];
}

const LONGEST_FRAGMENT = 6;
const OTHER_FRAGMENTS = words(`
  disc cement metal bullet
`);

/** "a sequestered disc fragment lies in the canal", "the cord is displaced backwards" */
function isOfAnotherFragment({ wordAt }: ReadSentence, { from }: Span): boolean {
  const subject = wordAt(from - 1) === 'is' ? wordAt(from - 2) : wordAt(from - 1);
  if (MOVED.has(wordAt(from)) && (subject === 'cord' || subject === 'sac')) return true;
  return wordAt(from) === 'fragment' && OTHER_FRAGMENTS.has(wordAt(from - 1));
}

/** "the fragment at T12 encroaches on the canal by 50 %" */
function encroaching(sentence: ReadSentence): readonly Span[] {
  return cuesOf(sentence, 'canalNarrowed').flatMap((cue): readonly Span[] => {
    if (!ENCROACHES.has(sentence.wordAt(cue.from))) return [];
    for (let at = cue.from - 1; at >= cue.from - LONGEST_FRAGMENT; at -= 1) {
      const word = sentence.wordAt(at);
      if (word === ',' || word === ';' || word === '') return [];
      if (word === 'fragment')
        return OTHER_FRAGMENTS.has(sentence.wordAt(at - 1)) ? [] : [{ from: at, to: cue.to }];
    }
    return [];
  });
}

const LIES = words(`
  lies lying sits seen located protrudes protruding projects projecting extends extending present
`);

/** "a fragment of the posterosuperior corner lies in the canal" */
function lyingInside(sentence: ReadSentence): readonly Span[] {
  return cuesOf(sentence, 'canal').flatMap((canal): readonly Span[] => {
    const preposition = sentence.wordAt(canal.from - 1) === 'the' ? canal.from - 2 : canal.from - 1;
    const isInside = ['in', 'within', 'into'].includes(sentence.wordAt(preposition));
    if (!isInside || !LIES.has(sentence.wordAt(preposition - 1))) return [];
    for (let at = preposition - 2; at >= preposition - 2 - LONGEST_FRAGMENT; at -= 1) {
      const word = sentence.wordAt(at);
      if (word === ',' || word === ';' || word === '' || word === 'and') return [];
      if (word === 'fragment')
        return OTHER_FRAGMENTS.has(sentence.wordAt(at - 1)) ? [] : [{ from: at, to: canal.to }];
    }
    return [];
  });
}

const ENCROACHES = words(`
  encroachment narrowed narrowing compromise compromising effaced effacing impingement reduces reducing
`);
const MOVED = words(`
  displaced pushed driven projects projecting protrudes protruding bulges bulging bulge bulged
`);
const BACKWARDS = words(`
  back backward backwards posterior
`);

/** "displaced 5 mm into the canal", "bulges by 3 mm backwards" */
function displaced(sentence: ReadSentence): readonly Span[] {
  return sentence.quantities
    .filter(({ unit }) => unit === 'mm')
    .flatMap(({ from, to }): readonly Span[] => {
      const verb = sentence.wordAt(from - 1) === 'by' ? from - 2 : from - 1;
      if (!MOVED.has(sentence.wordAt(verb)) || !isOfBone(sentence, verb) || isOfADisc(sentence)) return [];
      if (BACKWARDS.has(sentence.wordAt(to))) return [{ from: verb, to: to + 1 }];
      const canal = cuesOf(sentence, 'canal').find((cue) => cue.from > to && cue.from - to <= 2);
      const isInto = ['into', 'in'].includes(sentence.wordAt(to));
      return canal === undefined || !isInto ? [] : [{ from: verb, to: canal.to }];
    });
}

const BONE = words(`
  fragment wall cortex corner margin border
`);

/** "the posterosuperior corner is displaced": what moves is part of the body. */
function isOfBone({ wordAt }: ReadSentence, verb: number): boolean {
  for (let at = verb - 1; at >= verb - LONGEST_FRAGMENT && wordAt(at) !== ','; at -= 1)
    if (BONE.has(wordAt(at))) return true;
  return false;
}

function isOfADisc(sentence: ReadSentence): boolean {
  return cuesOf(sentence, 'discWord').length > 0 || sentence.mentions.some(({ kind }) => kind === 'disc');
}
