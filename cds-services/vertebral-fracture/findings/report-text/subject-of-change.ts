/** Of what a change, or the lack of one, is said: of a fracture and its height, or of something else. */
import type { Cue } from './phrases.js';
import { type Concept, cuesOf, cuesOfAny, distance, type ReadSentence, sameOwner } from './sentence.js';
import { isOther, isSaidOfAnother, SUBJECTS } from './change-of-another.js';
import { beforeItsCompany } from './company.js';
import { words } from './word-set.js';

const LONGEST_ATTRIBUTE = 8;
const LONGEST_PREDICATE = 25;

/** True when the nearest thing that may be meant is a fracture, its height, or the vertebra itself. */
export function isOfAFracture(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (cue.concept === 'progressed')
    return (
      isLossOfAVertebra(sentence, cue) ||
      (isSaidOfAVertebra(sentence, cue) && endsThere(sentence, cue)) ||
      (isNearAFracture(sentence, cue) && (!isVague(sentence, cue) || isPredicate(sentence, cue)))
    );
  if (cue.concept === 'noneChanged' && sentence.mentions.length === 0) return isFirstToBeNamed(sentence, cue);
  if (isComparedWithAnAmount(sentence, cue) || isSaidOfAnother(sentence, cue)) return false;
  if (isOnlyOfThen(sentence, cue) || isOfTheSpine(sentence, cue) || isKeptByCement(sentence, cue))
    return false;
  return (
    isAttribute(sentence, cue) ||
    (endsThere(sentence, cue) && (isPredicate(sentence, cue) || isAlone(sentence, cue)))
  );
}

/** That something has grown worse is believed more easily than that it has not. */
function isNearAFracture(sentence: ReadSentence, cue: Cue): boolean {
  return cuesOf(sentence, ...SUBJECTS, 'augmentation').some(
    (other) => sameOwner(sentence, other, cue) && distance(other, cue) <= LONGEST_PREDICATE,
  );
}

const OF_A_VERTEBRA = words(`
  height collapse collapsed wedging wedged
`);

/** "Further loss of height at T12 and L1", "progressive collapse of L3" */
function isLossOfAVertebra(sentence: ReadSentence, { from, to }: Cue): boolean {
  const place = PLACES.has(sentence.wordAt(to)) ? to + 1 : to;
  const noun = sentence.wordAt(place) === 'the' ? place + 1 : place;
  const isNamed = sentence.mentions.some((mention) => mention.from === noun && mention.kind === 'vertebrae');
  if (!isNamed) return false;
  for (let at = from; at < to; at += 1) if (OF_A_VERTEBRA.has(sentence.wordAt(at))) return true;
  return false;
}

const VAGUE = words(`
  worse more deteriorated
`);

/** "The stenosis at the fracture is worse than in 2020" is of the stenosis. */
function isVague(sentence: ReadSentence, { from }: Cue): boolean {
  return VAGUE.has(sentence.wordAt(from)) || VAGUE.has(sentence.wordAt(from + 1));
}

/** "has lost no more than 20 %" */
function isComparedWithAnAmount(sentence: ReadSentence, cue: Cue): boolean {
  return sentence.wordAt(cue.to) === 'than' && sentence.wordAt(cue.to - 1) === 'more';
}

const STOPS = words(`
  ; . but and with without ,
`);

/** "unchanged mild wedging", "stable appearance of the T10 fracture" */
function isAttribute(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  const subject = cuesOfAny(sentence, SUBJECTS).find(({ from }) => from >= cue.to);
  if (subject === undefined || distance(cue, subject) > LONGEST_ATTRIBUTE) return false;
  for (let at = cue.to; at < subject.from; at += 1)
    if (STOPS.has(sentence.wordAt(at)) || isOther(sentence, at)) return false;
  return true;
}

const MAY_FOLLOW = words(`
  . , ; : ( ) - -- / and but or with without since from compared comparing when at in on for as is are over to of
  against relative by while whilst whereas although though however which that than between during after
  vs versus again also both all each now today there here
`);

const LEADS_TO_A_COMPARISON = words(`
  in from since compared to with than as on over when did was were had for previous prior last earlier
`);

/** "T9 fracture, unchanged cardiomegaly", "has not changed the alignment": what follows is what it is said of. */
function endsThere(sentence: ReadSentence, { to }: Cue): boolean {
  const next = sentence.wordAt(to);
  if (next === '' || MAY_FOLLOW.has(next) || LEADS_TO_A_COMPARISON.has(sentence.wordAt(to - 1))) return true;
  return sentence.tokens[to]?.kind === 'number' || sentence.mentions.some(({ from }) => from === to);
}

const THEIR = words(`
  their both these the of
`);

const KEPT = words(`
  kept held maintained retained
`);

/** "Both augmented vertebrae have kept their height since the procedure": the cement holds. */
function isKeptByCement(sentence: ReadSentence, { from }: Cue): boolean {
  return KEPT.has(sentence.wordAt(from)) && cuesOf(sentence, 'augmentation').length > 0;
}

/** "Vertebral body heights are maintained since 2020." is said of the spine. */
function isOfTheSpine(sentence: ReadSentence, { to }: Cue): boolean {
  if (sentence.mentions.length > 0 || THEIR.has(sentence.wordAt(sentence.from))) return false;
  return sentence.tokens.slice(sentence.from, to).some(({ word, plural }) => plural && word === 'height');
}

const OF_THEN = words(`
  previously formerly initially originally until till
`);

/** "previously stable", "was unchanged until March", "had been stable but has collapsed" */
function isOnlyOfThen(sentence: ReadSentence, { from, to }: Cue): boolean {
  if (OF_THEN.has(sentence.wordAt(from - 1)) || OF_THEN.has(sentence.wordAt(to))) return true;
  return sentence.wordAt(from - 1) === 'been' && sentence.wordAt(from - 2) === 'had';
}

/** "the T12 fracture, 20 %, is unchanged"; in "alignment at the fracture is unchanged" the alignment is. */
function isPredicate(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  if (holdsItsSubject(sentence, cue))
    return cue.concept === 'notProgressed' || isNearAFracture(sentence, cue);
  if (isSaidOfAVertebra(sentence, cue)) return true;
  let isOfAGroup = false;
  for (
    let at = (beforeItsCompany(sentence, cue) ?? cue.from) - 1;
    at >= Math.max(sentence.from, cue.from - LONGEST_PREDICATE);
    at -= 1
  ) {
    const word = sentence.wordAt(at);
    isOfAGroup ||= word === 'both' || word === 'all';
    if (word === ';' && !isOfAGroup) return false;
    if (isOther(sentence, at) && !isDeniedOedema(sentence, at)) return false;
    const subject = cuesOfAny(sentence, SUBJECTS).find(({ from, to }) => at >= from && at < to);
    if (subject !== undefined) {
      return sameOwner(sentence, subject, cue) && !isPlaceOfAnother(sentence, subject);
    }
    if (cuesOf(sentence, 'others', 'someOf').some(({ from, to }) => at >= from && at < to)) return true;
    const mention = sentence.mentions.find(({ from, to }) => at >= from && at < to);
    if (mention?.from === sentence.from) return mention.kind === 'vertebrae';
  }
  return false;
}

const COPULAS = words(`
  is are has have remains appears
`);
const BEFORE_A_SUBJECT = words(`
  , ; and but while whilst whereas ago the
`);
const YEAR = /^(19|20)\d\d$/;

/** "Compared with 2019 T6 has not changed": the vertebra itself is the subject. */
function isSaidOfAVertebra(sentence: ReadSentence, { from }: Cue): boolean {
  let to = from;
  while (COPULAS.has(sentence.wordAt(to - 1))) to -= 1;
  const mention = sentence.mentions.find((one) => one.to === to && one.kind === 'vertebrae');
  if (mention === undefined) return false;
  const before = sentence.wordAt(mention.from - 1);
  return before === '' || BEFORE_A_SUBJECT.has(before) || YEAR.test(before);
}

/** "Old fracture, no oedema, unchanged."; "compression of L3 with no uptake, unchanged" */
function isDeniedOedema(sentence: ReadSentence, at: number): boolean {
  if (sentence.contextAt(at).denied !== 'yes') return false;
  return cuesOf(sentence, 'oedema', 'oedemaSignal', 'uptake').some(({ from, to }) => at >= from && at < to);
}

/** "Both were there a year ago and neither has changed." */
function isFirstToBeNamed(sentence: ReadSentence, { from }: Cue): boolean {
  for (let at = sentence.from; at < from; at += 1) if (isOther(sentence, at)) return false;
  return true;
}

const HOLDS_ITS_SUBJECT = words(`
  height collapse collapsed wedging wedged compression compressed
`);

/** "no further loss of height" names what has not changed itself. */
function holdsItsSubject(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  for (let at = cue.from; at < cue.to; at += 1) if (HOLDS_ITS_SUBJECT.has(sentence.wordAt(at))) return true;
  return false;
}

/** "retropulsion of the L2 fracture has not increased" */
function isPlaceOfAnother(sentence: ReadSentence, subject: Cue): boolean {
  for (let at = subject.from - 1; at > subject.from - 6 && at > sentence.from; at -= 1) {
    const word = sentence.wordAt(at);
    if (STOPS.has(word) || word === 'is' || word === 'has' || word === 'shows') return false;
    if (PLACES.has(word)) return isOther(sentence, at - 1) || isOther(sentence, at - 2);
  }
  return false;
}

const PLACES = words(`
  of at in from around behind for
`);

/** "Stable since 2022." says it of what the text spoke of before. */
function isAlone(sentence: ReadSentence, cue: Cue): boolean {
  const next = sentence.wordAt(cue.to);
  const last = sentence.wordAt(cue.to - 1);
  return isFirst(sentence, cue) && [next, last].some((word) => ['since', 'compared', 'from'].includes(word));
}

const ALL_OF_THEM = words(`
  both all are is remain remains of them these three four
`);

/** "Both stable since 2021." */
function isFirst(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = sentence.from; at < cue.from; at += 1)
    if (!ALL_OF_THEM.has(sentence.wordAt(at))) return false;
  return true;
}
